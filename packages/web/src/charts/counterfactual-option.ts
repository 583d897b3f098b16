import { tooltipFrame, tooltipOf } from "./chart-tooltip.ts";
import type { ChartOption } from "./engine.ts";
import type { Palette } from "./palette.ts";

export interface CounterfactualPoint {
  readonly day: string;
  readonly actual: number | null;
  readonly counterfactual: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export interface CounterfactualChart {
  readonly points: readonly CounterfactualPoint[];
  /** The first day that counts as after the change. */
  readonly changedOn: string;
  readonly dayTitle: (day: string, isNarrow: boolean) => string;
  readonly valueTitle: (value: number) => string;
  readonly axisTitle: (value: number) => string;
  readonly palette: Palette;
}

/** What was against what would have been, with the band that holds a single day in 95 of 100 cases. */
export const counterfactualOption = (chart: CounterfactualChart): ChartOption => {
  const { palette, points } = chart;
  const changed = points.findIndex(({ day }) => day >= chart.changedOn);
  const band = { type: "line", stack: "band", stackStrategy: "all", symbol: "none", silent: true } as const;
  return {
    grid: { left: 4, right: 12, top: 26, bottom: 4, containLabel: true },
    textStyle: { fontFamily: palette.font },
    tooltip: {
      ...tooltipFrame,
      trigger: "axis",
      formatter: (hits: readonly { readonly dataIndex: number }[]) =>
        pointTooltip(chart, points[hits[0]?.dataIndex ?? 0]),
    },
    xAxis: {
      type: "category",
      data: points.map(({ day }) => chart.dayTitle(day, true)),
      boundaryGap: false,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.line } },
      axisLabel: { color: palette.ink3, fontSize: 11, hideOverlap: true },
    },
    yAxis: {
      type: "value",
      scale: true,
      splitNumber: 4,
      axisLabel: { color: palette.ink3, fontSize: 11, formatter: chart.axisTitle },
      splitLine: { lineStyle: { color: palette.line } },
    },
    series: [
      { ...band, lineStyle: { opacity: 0 }, data: points.map(({ low }) => low) },
      {
        ...band,
        lineStyle: { opacity: 0 },
        areaStyle: { color: palette.series[1], opacity: 0.16 },
        data: points.map(({ low, high }) => (low === null || high === null ? null : high - low)),
      },
      {
        name: "Would have been",
        type: "line",
        symbol: "none",
        data: points.map(({ counterfactual }) => counterfactual),
        color: palette.series[1],
        lineStyle: { width: 1.5, type: "dashed" },
      },
      {
        name: "Was",
        type: "line",
        symbolSize: 4,
        showSymbol: points.length < 40,
        data: points.map(({ actual }) => actual),
        color: palette.series[0],
        lineStyle: { width: 2 },
        ...(changed < 0 ? {} : { markLine: changeMark(changed, palette) }),
      },
    ],
  };
};

const changeMark = (at: number, palette: Palette) => ({
  silent: true,
  symbol: "none",
  data: [
    {
      xAxis: at,
      lineStyle: { color: palette.ink3, type: "solid" },
      label: { formatter: "changed", position: "end", color: palette.ink2, fontSize: 11 },
    },
  ],
});

const pointTooltip = (
  { palette, dayTitle, valueTitle }: CounterfactualChart,
  point: CounterfactualPoint | undefined,
): HTMLElement | string => {
  if (point === undefined) return "";
  const { day, actual, counterfactual, low, high } = point;
  const shown = (value: number | null) => (value === null ? "not known" : valueTitle(value));
  return tooltipOf(dayTitle(day, false), [
    { name: "Was", value: shown(actual), color: palette.series[0] ?? palette.accent },
    { name: "Would have been", value: shown(counterfactual), color: palette.series[1] ?? palette.accent },
    ...(low === null || high === null
      ? []
      : [{ name: "95 of 100 days", value: `${valueTitle(low)} – ${valueTitle(high)}` }]),
  ]);
};
