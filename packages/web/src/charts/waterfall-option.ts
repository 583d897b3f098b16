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
  const base = baseOf(chart, bars);
  // Up to this many, names stand on lines of their own; of more there is room for a part of each.
  const isCrowded = bars.length > 9;
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
        overflow: isCrowded ? "truncate" : "break",
        interval: 0,
        rotate: isCrowded ? 28 : 0,
      },
    },
    yAxis: {
      type: "value",
      min: base,
      ...(base > 0
        ? { name: "does not begin at 0", nameTextStyle: { color: palette.ink3, align: "left" } }
        : {}),
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
        data: bars.map(({ low }) => Math.max(low, base)),
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
          // neighbours of the same height would write over each other
          ...(bars.length > 6 ? { fontSize: 10 } : {}),
          formatter: ({ dataIndex }: { readonly dataIndex: number }) => bars[dataIndex]?.text ?? "",
        },
        data: bars.map(({ low, high, color }) => ({
          value: high - Math.max(low, base),
          itemStyle: { color, borderRadius: 3 },
        })),
      },
    ],
  };
};

/**
 * Where the axis begins: at zero, unless the steps would then be too small to see between two large totals; the axis
 * says so.
 */
const baseOf = ({ from, steps }: WaterfallChart, bars: readonly Bar[]): number => {
  const levels = [from.value];
  for (const { change } of steps) levels.push((levels.at(-1) ?? 0) + change);
  const [least, most] = [Math.min(...levels), Math.max(...levels)];
  const lowest = Math.min(...bars.map(({ low }) => low));
  if (lowest < 0) return lowest * 1.05;
  if (most - least > most * 0.35) return 0;
  const start = least - (most - least) * 0.8;
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, most - least))));
  return Math.max(0, Math.floor(start / unit) * unit);
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
