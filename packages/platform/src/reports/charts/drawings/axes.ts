import { position, sumTexts } from "../chart-data.ts";
import { type ChartLook, type ChartOption, isNarrow, isPaper, seriesColor, shorten } from "../chart-look.ts";
import { gridOf, legendHeight, legendOf, plainText, valueAxis } from "./furniture.ts";

export interface AxesSeries {
  readonly name: string;
  /** Decimal texts, one a bucket; null: unknown or nothing. */
  readonly cells: readonly (string | null)[];
  readonly isRest?: boolean;
}

export interface AxesChart {
  readonly type: "line" | "area" | "bar";
  /** False where the values can't be added up; areas are stacked anyway. */
  readonly isStacked: boolean;
  /** Bars that lie, with room for long names. */
  readonly isLying?: boolean;
  readonly hasLegend?: boolean;
  readonly buckets: readonly string[];
  readonly series: readonly AxesSeries[];
  /** Of a bucket, on the axis (short) and in the tooltip. */
  readonly bucketTitle: (bucket: string, isShort: boolean) => string;
  readonly valueTitle: (text: string) => string;
  readonly axisTitle: (value: number) => string;
  /** Index of the first bucket that is not complete; it and those after it are drawn paler. */
  readonly openFrom?: number | undefined;
}

const MOST_TOOLTIP_LINES = 11;

/** Lines, stacked areas, and bars side by side or on top of each other: over time, or name by name. */
export const axesOption = (chart: AxesChart, look: ChartLook): ChartOption => {
  const { buckets, series, type } = chart;
  const names = series.map(({ name }) => name);
  const hasLegend = chart.hasLegend === true && series.length > 1;
  const across = bucketAxis(chart, look);
  const up = valueAxis(look, chart.axisTitle);
  return {
    textStyle: { fontFamily: look.fontFamily },
    grid: gridOf({ top: hasLegend ? legendHeight(look, names) + 12 : 12, right: isPaper(look) ? 14 : 8 }),
    ...(hasLegend ? { legend: legendOf(look, names) } : {}),
    ...(look.tips === undefined
      ? {}
      : {
          tooltip: {
            ...look.tips.frame,
            trigger: "axis",
            axisPointer: { type: type === "bar" ? "shadow" : "line", lineStyle: { color: look.ink.muted } },
            formatter: (entries: readonly { readonly dataIndex: number }[]) =>
              bucketTip(chart, look, entries[0]?.dataIndex ?? 0),
          },
        }),
    ...(chart.isLying ? { xAxis: up, yAxis: across } : { xAxis: across, yAxis: up }),
    series: series.map((one, index) => {
      const color = seriesColor(look, index, one.isRest);
      return {
        name: one.name,
        color,
        data: one.cells.map((cell, at) => {
          const isOpen = type === "bar" && chart.openFrom !== undefined && at >= chart.openFrom;
          return isOpen ? { value: position(cell), itemStyle: { opacity: 0.5 } } : position(cell);
        }),
        ...(type === "bar" ? barLook(chart) : lineLook(chart, one, buckets.length)),
      };
    }),
  };
};

const bucketAxis = ({ buckets, bucketTitle, type, isLying = false }: AxesChart, look: ChartLook) => ({
  type: "category",
  data: buckets.map((bucket) => bucketTitle(bucket, true)),
  inverse: isLying,
  boundaryGap: type === "bar",
  axisTick: { show: false },
  axisLine: { lineStyle: { color: look.ink.line } },
  axisLabel: {
    ...plainText(look),
    hideOverlap: !isLying,
    formatter: (text: string) => shorten(text, isNarrow(look) ? 14 : 28),
  },
});

const barLook = ({ series, isStacked, isLying }: AxesChart) => ({
  type: "bar",
  ...(isStacked ? { stack: "all" } : {}),
  barMaxWidth: isLying ? 22 : 44,
  barCategoryGap: "28%",
  ...(isStacked && series.length > 1
    ? {}
    : { itemStyle: { borderRadius: isLying ? [0, 3, 3, 0] : [3, 3, 0, 0] } }),
  emphasis: { focus: "series" },
});

const lineLook = ({ type }: AxesChart, { cells, isRest }: AxesSeries, bucketCount: number) => ({
  type: "line",
  symbol: "circle",
  symbolSize: 5,
  // a point between two gaps would be no line at all
  showSymbol:
    bucketCount <= 14 || cells.some((cell, at) => cell !== null && !cells[at - 1] && !cells[at + 1]),
  lineStyle: { width: type === "line" ? 2 : 1, ...(isRest ? { type: "dashed" } : {}) },
  triggerLineEvent: true,
  emphasis: { focus: "series" },
  ...(type === "area" ? { stack: "all", areaStyle: { opacity: 0.75 } } : {}),
});

const bucketTip = (chart: AxesChart, look: ChartLook, index: number): object | string => {
  const lines = chart.series
    .map((one, at) => ({ ...one, cell: one.cells[index] ?? null, at }))
    .filter((line): line is typeof line & { cell: string } => line.cell !== null && Number(line.cell) !== 0)
    .toSorted((left, right) => Number(right.cell) - Number(left.cell));
  const title = chart.bucketTitle(chart.buckets[index] ?? "", false);
  const isOpen = chart.openFrom !== undefined && index >= chart.openFrom;
  const isSum = lines.length > 1 && (chart.type === "area" || (chart.type === "bar" && chart.isStacked));
  const total = isSum ? sumTexts(lines.map(({ cell }) => cell)) : null;
  return (
    look.tips?.content(isOpen ? `${title} · not complete` : title, [
      ...lines.slice(0, MOST_TOOLTIP_LINES).map(({ name, cell, at, isRest }) => ({
        name,
        value: chart.valueTitle(cell),
        color: seriesColor(look, at, isRest),
      })),
      ...(total === null ? [] : [{ name: "Total", value: chart.valueTitle(total), isStrong: true }]),
    ]) ?? ""
  );
};
