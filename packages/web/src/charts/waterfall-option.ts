import { tooltipFrame, tooltipOf } from "./chart-tooltip.ts";
import type { ChartOption } from "./engine.ts";
import type { Palette } from "./palette.ts";

export interface WaterfallStep {
  readonly name: string;
  readonly change: number;
}

export interface WaterfallChart {
  readonly from: { readonly name: string; readonly value: number };
  readonly to: { readonly name: string; readonly value: number };
  readonly steps: readonly WaterfallStep[];
  readonly valueTitle: (value: number) => string;
  readonly changeTitle: (value: number) => string;
  readonly axisTitle: (value: number) => string;
  readonly palette: Palette;
}

interface Bar {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly color: string;
  readonly text: string;
}

/** From one total to the next, each change as a step. */
export const waterfallOption = (chart: WaterfallChart): ChartOption => {
  const { palette } = chart;
  const bars = barsOf(chart);
  const least = Math.min(...bars.map(({ low }) => low), 0);
  return {
    textStyle: { fontFamily: palette.font },
    grid: { left: 4, right: 8, top: 24, bottom: 4, containLabel: true },
    tooltip: {
      ...tooltipFrame,
      trigger: "axis",
      axisPointer: { type: "shadow" },
      formatter: (hits: readonly { readonly dataIndex: number }[]) => {
        const bar = bars[hits[0]?.dataIndex ?? 0];
        return tooltipOf(bar?.name ?? "", [{ name: "", value: bar?.text ?? "", color: bar?.color ?? "" }]);
      },
    },
    xAxis: {
      type: "category",
      data: bars.map(({ name }) => name),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.line } },
      axisLabel: {
        color: palette.ink2,
        fontSize: 11,
        width: 92,
        overflow: "truncate",
        interval: 0,
        rotate: bars.length > 9 ? 28 : 0,
      },
    },
    yAxis: {
      type: "value",
      min: least < 0 ? undefined : 0,
      splitNumber: 4,
      axisLabel: { color: palette.ink3, fontSize: 11, formatter: chart.axisTitle },
      splitLine: { lineStyle: { color: palette.line } },
    },
    series: [
      {
        type: "bar",
        stack: "all",
        stackStrategy: "all",
        silent: true,
        itemStyle: { color: "transparent" },
        data: bars.map(({ low }) => low),
      },
      {
        type: "bar",
        stack: "all",
        // steps may cross zero
        stackStrategy: "all",
        barMaxWidth: 52,
        label: {
          show: true,
          position: "top",
          color: palette.ink2,
          fontSize: 11,
          formatter: ({ dataIndex }: { readonly dataIndex: number }) => bars[dataIndex]?.text ?? "",
        },
        data: bars.map(({ low, high, color }) => ({
          value: high - low,
          itemStyle: { color, borderRadius: 3 },
        })),
      },
    ],
  };
};

const barsOf = ({ from, to, steps, palette, valueTitle, changeTitle }: WaterfallChart): readonly Bar[] => {
  let level = from.value;
  const total = (name: string, value: number): Bar => ({
    name,
    low: Math.min(0, value),
    high: Math.max(0, value),
    color: palette.series[0] ?? palette.accent,
    text: valueTitle(value),
  });
  const between = steps.map(({ name, change }): Bar => {
    const start = level;
    level += change;
    return {
      name,
      low: Math.min(start, level),
      high: Math.max(start, level),
      color: change > 0 ? palette.up : palette.down,
      text: changeTitle(change),
    };
  });
  return [total(from.name, from.value), ...between, total(to.name, to.value)];
};
