import { position } from "../chart-data.ts";
import { type ChartLook, type ChartOption, isNarrow, isPaper, shorten } from "../chart-look.ts";
import { inkOn } from "../palette.ts";
import { gridOf, plainText } from "./furniture.ts";

export interface HeatCell {
  readonly column: number;
  readonly row: number;
  /** Decimal text; null: unknown. */
  readonly text: string | null;
}

export interface HeatmapChart {
  readonly columns: readonly string[];
  readonly rows: readonly string[];
  readonly cells: readonly HeatCell[];
  readonly columnTitle: (column: string, isShort: boolean) => string;
  readonly valueTitle: (text: string) => string;
  readonly shortTitle: (text: string) => string;
  /** The shades' scale below, and the amounts in cells that are wide enough. */
  readonly hasScale?: boolean;
}

/** Letters that can be read on a shade: black or white by the nearest of the ramp's colours. */
const lettersOn = ({ ink }: ChartLook, share: number): string =>
  inkOn(ink.ramp[Math.round(share * (ink.ramp.length - 1))] ?? ink.page);

/** One quantity over two dimensions: the stronger the colour, the more. */
export const heatmapOption = (chart: HeatmapChart, look: ChartLook): ChartOption => {
  const { columns, rows, cells } = chart;
  const values = cells.map(({ text }) => position(text) ?? 0);
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  const axis = { type: "category", axisTick: { show: false }, axisLine: { show: false } };
  const written = (text: string | null) => (text === null ? "unknown" : chart.valueTitle(text));
  return {
    textStyle: { fontFamily: look.fontFamily },
    grid: gridOf({ top: 8, bottom: chart.hasScale ? 40 : 4 }),
    ...(look.tips === undefined
      ? {}
      : {
          tooltip: {
            ...look.tips.frame,
            formatter: ({ dataIndex }: { readonly dataIndex: number }) => {
              const cell = cells[dataIndex];
              const name = chart.columnTitle(columns[cell?.column ?? 0] ?? "", false);
              return (
                look.tips?.content(rows[cell?.row ?? 0] ?? "", [
                  { name, value: written(cell?.text ?? null) },
                ]) ?? ""
              );
            },
          },
        }),
    visualMap: {
      show: chart.hasScale === true,
      min: least,
      max: most === least ? least + 1 : most,
      orient: "horizontal",
      left: "center",
      bottom: 0,
      itemHeight: 120,
      itemWidth: 10,
      inRange: { color: [...look.ink.ramp] },
      textStyle: plainText(look),
      text: [chart.shortTitle(String(most)), chart.shortTitle(String(least))],
    },
    xAxis: {
      ...axis,
      data: columns.map((column) => chart.columnTitle(column, true)),
      axisLabel: { ...plainText(look), hideOverlap: true, formatter: (text: string) => shorten(text, 16) },
    },
    yAxis: {
      ...axis,
      inverse: true,
      data: rows,
      axisLabel: {
        ...plainText(look),
        formatter: (text: string) => shorten(text, isNarrow(look) ? 14 : 26),
      },
    },
    series: [
      {
        type: "heatmap",
        data: cells.map(({ column, row, text }) => ({
          value: [column, row, position(text) ?? "-"],
          label: { color: lettersOn(look, ((position(text) ?? least) - least) / (most - least || 1)) },
        })),
        itemStyle: {
          borderColor: look.ink.page,
          borderWidth: 1,
          ...(isPaper(look) ? {} : { borderRadius: 2 }),
        },
        emphasis: { itemStyle: { borderColor: look.ink.text } },
        label: {
          show: chart.hasScale === true && look.width / Math.max(1, columns.length) >= 58,
          fontSize: 10,
          fontFamily: look.fontFamily,
          formatter: ({ dataIndex }: { readonly dataIndex: number }) => {
            const text = cells[dataIndex]?.text ?? null;
            return text === null ? "–" : chart.shortTitle(text);
          },
        },
      },
    ],
  };
};
