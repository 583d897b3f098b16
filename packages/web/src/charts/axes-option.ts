import { tooltipFrame, tooltipOf } from "./chart-tooltip.ts";
import type { ChartOption } from "./engine.ts";
import { type Palette, seriesColor } from "./palette.ts";

export interface AxesSeries {
  readonly name: string;
  /** One a bucket; null: unknown or nothing. */
  readonly values: readonly (number | null)[];
  readonly isRest?: boolean;
}

export interface AxesChart {
  readonly type: "line" | "area" | "bar";
  /** False where the values can't be added up; true unless given. */
  readonly isStacked?: boolean;
  readonly buckets: readonly string[];
  readonly series: readonly AxesSeries[];
  /** Of a bucket, on the axis and in the tooltip. */
  readonly bucketTitle: (bucket: string, isNarrow: boolean) => string;
  readonly valueTitle: (value: number) => string;
  readonly axisTitle: (value: number) => string;
  /** Index of the first bucket that is not complete; it and those after it are drawn paler. */
  readonly openFrom?: number | undefined;
  readonly palette: Palette;
}

interface AxisEntry {
  readonly dataIndex: number;
  readonly seriesIndex: number;
}

const mostTooltipLines = 11;

/** Lines, stacked areas or stacked bars over time. */
export const axesOption = (chart: AxesChart): ChartOption => {
  const { palette, buckets, series, openFrom } = chart;
  return {
    grid: { left: 4, right: 8, top: 12, bottom: 4, containLabel: true },
    textStyle: { fontFamily: palette.font },
    tooltip: {
      ...tooltipFrame,
      trigger: "axis",
      axisPointer: { type: chart.type === "bar" ? "shadow" : "line", lineStyle: { color: palette.ink3 } },
      formatter: (entries: readonly AxisEntry[]) => bucketTooltip(chart, entries[0]?.dataIndex ?? 0),
    },
    xAxis: {
      type: "category",
      data: buckets.map((bucket) => chart.bucketTitle(bucket, true)),
      boundaryGap: chart.type === "bar",
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.line } },
      axisLabel: { color: palette.ink3, fontSize: 11, hideOverlap: true },
    },
    yAxis: {
      type: "value",
      splitNumber: 4,
      axisLabel: { color: palette.ink3, fontSize: 11, formatter: chart.axisTitle },
      splitLine: { lineStyle: { color: palette.line } },
    },
    series: series.map((entry, index) => {
      const color = seriesColor(palette, index, entry.isRest);
      return {
        name: entry.name,
        data: entry.values.map((value, at) =>
          chart.type === "bar" && openFrom !== undefined && at >= openFrom
            ? { value, itemStyle: { opacity: 0.5 } }
            : value,
        ),
        color,
        ...(chart.type === "bar"
          ? barLook(series.length === 1, chart.isStacked ?? true)
          : lineLook(chart.type, buckets.length)),
      };
    }),
  };
};

const barLook = (isSingle: boolean, isStacked: boolean) => ({
  type: "bar",
  ...(isStacked ? { stack: "all" } : {}),
  barMaxWidth: 44,
  barCategoryGap: "28%",
  ...(isSingle ? { itemStyle: { borderRadius: [3, 3, 0, 0] } } : {}),
  emphasis: { focus: "series" },
});

const lineLook = (type: "line" | "area", bucketCount: number) => ({
  type: "line",
  symbol: "circle",
  symbolSize: 6,
  showSymbol: bucketCount <= 14,
  lineStyle: { width: type === "line" ? 2 : 1 },
  triggerLineEvent: true,
  emphasis: { focus: "series" },
  ...(type === "area" ? { stack: "all", areaStyle: { opacity: 0.75 } } : {}),
});

const bucketTooltip = (chart: AxesChart, index: number): HTMLElement => {
  const lines = chart.series
    .map((entry, at) => ({ entry, value: entry.values[index] ?? null, at }))
    .filter((line): line is typeof line & { value: number } => line.value !== null && line.value !== 0)
    .sort((left, right) => right.value - left.value);
  const total = lines.reduce((sum, { value }) => sum + value, 0);
  const title = chart.bucketTitle(chart.buckets[index] ?? "", false);
  const isOpen = chart.openFrom !== undefined && index >= chart.openFrom;
  return tooltipOf(isOpen ? `${title} · not complete` : title, [
    ...lines.slice(0, mostTooltipLines).map(({ entry, value, at }) => ({
      name: entry.name,
      value: chart.valueTitle(value),
      color: seriesColor(chart.palette, at, entry.isRest),
    })),
    ...(lines.length > 1 && chart.type !== "line" && chart.isStacked !== false
      ? [{ name: "Total", value: chart.valueTitle(total), isStrong: true }]
      : []),
  ]);
};
