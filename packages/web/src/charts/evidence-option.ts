import { tooltipFrame, tooltipOf } from "./chart-tooltip.ts";
import type { ChartOption } from "./engine.ts";
import type { Palette } from "./palette.ts";

export interface EvidenceChart {
  readonly name: string;
  readonly points: readonly (readonly [time: string, value: number])[];
  /** Lines across the plot. */
  readonly marks: readonly { readonly label: string; readonly value: number }[];
  readonly valueTitle: (value: number) => string;
  readonly timeTitle: (time: string) => string;
  readonly palette: Palette;
}

/** One series over time with its limits across. */
export const evidenceOption = (chart: EvidenceChart): ChartOption => {
  const { palette, points, marks } = chart;
  const highest = Math.max(...points.map(([, value]) => value), ...marks.map(({ value }) => value), 0);
  return {
    grid: { left: 4, right: 12, top: 18, bottom: 4, containLabel: true },
    textStyle: { fontFamily: palette.font },
    tooltip: {
      ...tooltipFrame,
      trigger: "axis",
      formatter: (entries: readonly { readonly dataIndex: number }[]) => {
        const point = points[entries[0]?.dataIndex ?? 0];
        if (point === undefined) return "";
        const [time, value] = point;
        return tooltipOf(chart.timeTitle(time), [
          { name: chart.name, value: chart.valueTitle(value), color: palette.series[0] ?? palette.accent },
        ]);
      },
    },
    xAxis: {
      type: "time",
      axisLine: { lineStyle: { color: palette.line } },
      axisLabel: { color: palette.ink3, fontSize: 11, hideOverlap: true },
    },
    yAxis: {
      type: "value",
      max: highest === 0 ? 1 : Number((highest * 1.08).toPrecision(3)),
      splitNumber: 4,
      axisLabel: { color: palette.ink3, fontSize: 11, formatter: chart.valueTitle },
      splitLine: { lineStyle: { color: palette.line } },
    },
    series: [
      {
        name: chart.name,
        type: "line",
        data: points.map(([time, value]) => [time, value]),
        color: palette.series[0],
        showSymbol: points.length < 30,
        symbolSize: 5,
        lineStyle: { width: 1.5 },
        markLine: {
          silent: true,
          symbol: "none",
          data: marks.map(({ label, value }, index) => ({
            yAxis: value,
            lineStyle: { color: palette.series[(index + 2) % palette.series.length], type: "dashed" },
            label: { formatter: label, position: "insideStartTop", color: palette.ink2, fontSize: 11 },
          })),
        },
      },
    ],
  };
};
