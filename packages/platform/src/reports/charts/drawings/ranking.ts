import { position } from "../chart-data.ts";
import { type ChartLook, type ChartOption, isNarrow, seriesColor, shorten } from "../chart-look.ts";
import { gridOf, plainText, valueAxis } from "./furniture.ts";

export interface RankingChart {
  readonly bars: readonly {
    readonly name: string;
    /** Decimal text; null: unknown. */
    readonly text: string | null;
    readonly isRest?: boolean;
  }[];
  readonly valueTitle: (text: string) => string;
  /** Behind a bar, where there is room for a few letters. */
  readonly shortTitle: (text: string) => string;
  readonly axisTitle: (value: number) => string;
}

/** Lying bars, the first at the top, with room for long names. */
export const rankingOption = (chart: RankingChart, look: ChartLook): ChartOption => {
  const { bars } = chart;
  const textAt = (index: number): string => bars[index]?.text ?? "0";
  return {
    textStyle: { fontFamily: look.fontFamily },
    grid: gridOf({ top: 4, right: 72 }),
    ...(look.tips === undefined
      ? {}
      : {
          tooltip: {
            ...look.tips.frame,
            trigger: "item",
            formatter: ({ name, dataIndex }: { readonly name: string; readonly dataIndex: number }) =>
              look.tips?.content(name, [{ name: "", value: chart.valueTitle(textAt(dataIndex)) }]) ?? "",
          },
        }),
    xAxis: { ...valueAxis(look, chart.axisTitle), splitNumber: isNarrow(look) ? 2 : 4 },
    yAxis: {
      type: "category",
      inverse: true,
      data: bars.map(({ name }) => name),
      axisTick: { show: false },
      axisLine: { show: false },
      axisLabel: {
        ...plainText(look),
        interval: 0,
        formatter: (text: string) => shorten(text, isNarrow(look) ? 16 : 28),
      },
    },
    series: [
      {
        type: "bar",
        barMaxWidth: 22,
        barCategoryGap: "30%",
        data: bars.map(({ text, isRest }) => ({
          value: position(text),
          itemStyle: { color: seriesColor(look, 0, isRest), borderRadius: 3 },
        })),
        label: {
          show: true,
          position: "right",
          ...plainText(look),
          formatter: ({ dataIndex }: { readonly dataIndex: number }) => chart.shortTitle(textAt(dataIndex)),
        },
      },
    ],
  };
};
