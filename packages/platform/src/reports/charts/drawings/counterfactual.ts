import { type ChartLook, type ChartOption, seriesColor, type TooltipLine } from "../chart-look.ts";
import { gridOf, plainText, valueAxis } from "./furniture.ts";

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
}

/** What was against what would have been, with the band that holds a single day in 95 of 100 cases. */
export const counterfactualOption = (chart: CounterfactualChart, look: ChartLook): ChartOption => {
  const { points } = chart;
  const changed = points.findIndex(({ day }) => day >= chart.changedOn);
  const band = { type: "line", stack: "band", stackStrategy: "all", symbol: "none", silent: true } as const;
  return {
    grid: gridOf({ top: 26, right: 12 }),
    textStyle: { fontFamily: look.fontFamily },
    ...(look.tips === undefined
      ? {}
      : {
          tooltip: {
            ...look.tips.frame,
            trigger: "axis",
            formatter: (hits: readonly { readonly dataIndex: number }[]) => {
              const point = points[hits[0]?.dataIndex ?? 0];
              if (point === undefined) return "";
              return (
                look.tips?.content(chart.dayTitle(point.day, false), pointLines(chart, point, look)) ?? ""
              );
            },
          },
        }),
    xAxis: {
      type: "category",
      data: points.map(({ day }) => chart.dayTitle(day, true)),
      boundaryGap: false,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: look.ink.line } },
      axisLabel: { ...plainText(look), hideOverlap: true },
    },
    yAxis: { ...valueAxis(look, chart.axisTitle), scale: true },
    series: [
      { ...band, lineStyle: { opacity: 0 }, data: points.map(({ low }) => low) },
      {
        ...band,
        lineStyle: { opacity: 0 },
        areaStyle: { color: seriesColor(look, 1), opacity: 0.16 },
        data: points.map(({ low, high }) => (low === null || high === null ? null : high - low)),
      },
      {
        name: "Would have been",
        type: "line",
        symbol: "none",
        data: points.map(({ counterfactual }) => counterfactual),
        color: seriesColor(look, 1),
        lineStyle: { width: 1.5, type: "dashed" },
      },
      {
        name: "Was",
        type: "line",
        symbolSize: 4,
        showSymbol: points.length < 40,
        data: points.map(({ actual }) => actual),
        color: seriesColor(look, 0),
        lineStyle: { width: 2 },
        ...(changed < 0 ? {} : { markLine: changeMark(changed, look) }),
      },
    ],
  };
};

const changeMark = (at: number, look: ChartLook) => ({
  silent: true,
  symbol: "none",
  data: [
    {
      xAxis: at,
      lineStyle: { color: look.ink.muted, type: "solid" },
      label: { formatter: "changed", position: "end", color: look.ink.text, fontSize: 11 },
    },
  ],
});

const pointLines = (
  { valueTitle }: CounterfactualChart,
  { actual, counterfactual, low, high }: CounterfactualPoint,
  look: ChartLook,
): readonly TooltipLine[] => {
  const shown = (value: number | null) => (value === null ? "not known" : valueTitle(value));
  return [
    { name: "Was", value: shown(actual), color: seriesColor(look, 0) },
    { name: "Would have been", value: shown(counterfactual), color: seriesColor(look, 1) },
    ...(low === null || high === null
      ? []
      : [{ name: "95 of 100 days", value: `${valueTitle(low)} – ${valueTitle(high)}` }]),
  ];
};
