import { type ChartLook, type ChartOption, seriesColor } from "../chart-look.ts";
import { gridOf, plainText, valueAxis } from "./furniture.ts";

export interface EvidenceChart {
  readonly name: string;
  readonly points: readonly (readonly [time: string, value: number])[];
  /** Lines across the plot. */
  readonly marks: readonly { readonly label: string; readonly value: number }[];
  readonly valueTitle: (value: number) => string;
  readonly timeTitle: (time: string) => string;
  /** Below the plot: a day, or an hour of one. In UTC. */
  readonly tickTitle: (time: string) => string;
}

/** One series over time with its limits across. */
export const evidenceOption = (chart: EvidenceChart, look: ChartLook): ChartOption => {
  const { points, marks } = chart;
  const highest = Math.max(...points.map(([, value]) => value), ...marks.map(({ value }) => value), 0);
  const axis = valueAxis(look, chart.valueTitle);
  return {
    useUTC: true,
    textStyle: { fontFamily: look.fontFamily },
    grid: gridOf({ top: 18, right: 12 }),
    ...(look.tips === undefined
      ? {}
      : {
          tooltip: {
            ...look.tips.frame,
            trigger: "axis",
            formatter: (entries: readonly { readonly dataIndex: number }[]) => {
              const point = points[entries[0]?.dataIndex ?? 0];
              if (point === undefined) return "";
              const [time, value] = point;
              const line = { name: chart.name, value: chart.valueTitle(value), color: seriesColor(look, 0) };
              return look.tips?.content(chart.timeTitle(time), [line]) ?? "";
            },
          },
        }),
    xAxis: {
      type: "time",
      axisLine: { lineStyle: { color: look.ink.line } },
      axisLabel: {
        ...plainText(look),
        hideOverlap: true,
        formatter: (ms: number) => chart.tickTitle(new Date(ms).toISOString()),
      },
    },
    yAxis: {
      ...axis,
      // it ends between two lines: its end would be written over the last of them
      axisLabel: { ...axis.axisLabel, showMaxLabel: false },
      max: highest === 0 ? 1 : Number((highest * 1.08).toPrecision(3)),
    },
    series: [
      {
        name: chart.name,
        type: "line",
        data: points.map(([time, value]) => [time, value]),
        color: seriesColor(look, 0),
        showSymbol: points.length < 30,
        symbolSize: 5,
        lineStyle: { width: 1.5 },
        markLine: {
          silent: true,
          symbol: "none",
          data: marks.map(({ label, value }, index) => ({
            yAxis: value,
            lineStyle: { color: seriesColor(look, index + 2), type: "dashed" },
            label: {
              ...{ formatter: label, position: "insideStartTop", ...plainText(look) },
              // The series goes on behind it.
              ...{
                color: look.ink.text,
                backgroundColor: look.ink.page,
                padding: [1, 4],
                borderRadius: 3,
              },
            },
          })),
        },
      },
    ],
  };
};
