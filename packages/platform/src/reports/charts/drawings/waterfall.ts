import { position, sumTexts } from "../chart-data.ts";
import { type ChartLook, type ChartOption, isNarrow, shorten } from "../chart-look.ts";
import { gridOf, plainText, valueAxis } from "./furniture.ts";

/** A total, or what changes it. */
export interface WaterfallStep {
  readonly name: string;
  /** Decimal text: what it adds; of a total, the total. */
  readonly text: string;
  readonly kind: "total" | "change";
}

export interface WaterfallChart {
  readonly steps: readonly WaterfallStep[];
  readonly valueTitle: (text: string) => string;
  readonly changeTitle: (text: string) => string;
  /** Above a bar, where there is room for a few letters. */
  readonly shortTitle: (step: WaterfallStep) => string;
  readonly axisTitle: (value: number) => string;
}

interface Bar extends WaterfallStep {
  readonly low: number;
  readonly high: number;
  readonly color: string;
}

/** From one total to the next, each change as a step. */
export const waterfallOption = (chart: WaterfallChart, look: ChartLook): ChartOption => {
  const bars = barsOf(chart.steps, look);
  const base = baseOf(bars);
  const written = ({ kind, text }: Bar) =>
    kind === "total" ? chart.valueTitle(text) : chart.changeTitle(text);
  return {
    textStyle: { fontFamily: look.fontFamily },
    grid: gridOf({ top: base > 0 ? 34 : 24 }),
    ...(look.tips === undefined
      ? {}
      : {
          tooltip: {
            ...look.tips.frame,
            trigger: "axis",
            axisPointer: { type: "shadow" },
            formatter: (hits: readonly { readonly dataIndex: number }[]) => {
              const bar = bars[hits[0]?.dataIndex ?? 0];
              if (bar === undefined) return "";
              return (
                look.tips?.content(bar.name, [{ name: "", value: written(bar), color: bar.color }]) ?? ""
              );
            },
          },
        }),
    xAxis: {
      type: "category",
      data: bars.map(({ name }) => name),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: look.ink.line } },
      axisLabel: {
        ...plainText(look),
        interval: 0,
        ...nameRoom(look.width / bars.length),
        formatter: (text: string) => shorten(text, isNarrow(look) ? 12 : 26),
      },
    },
    yAxis: {
      ...valueAxis(look, chart.axisTitle),
      min: base,
      ...(base > 0
        ? {
            name: "does not begin at 0",
            nameTextStyle: { ...plainText(look), align: "left" },
          }
        : {}),
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
          // neighbours of the same height would write over each other
          show: (look.width - AXIS_WIDTH) / bars.length >= 44,
          position: "top",
          ...plainText(look),
          ...(bars.length > 6 ? { fontSize: 10 } : {}),
          formatter: ({ dataIndex }: { readonly dataIndex: number }) => {
            const bar = bars[dataIndex];
            return bar === undefined ? "" : chart.shortTitle(bar);
          },
        },
        data: bars.map(({ low, high, color }) => ({
          value: high - Math.max(low, base),
          itemStyle: { color, borderRadius: 3 },
        })),
      },
    ],
  };
};

/** Of the amounts beside the bars, about. */
const AXIS_WIDTH = 48;

/** Names stand upright on lines of their own while a bar has room for a word, else aslant. */
const nameRoom = (width: number) =>
  width < 64
    ? { rotate: 32 }
    : {
        ...{ rotate: 0, width: width - 4, overflow: "break" as const, lineHeight: 13 },
        ...(width < 84 ? { fontSize: 10 } : {}),
      };

/** Levels are summed as decimals; only where a bar stands is floating-point. */
const barsOf = (steps: readonly WaterfallStep[], { ink }: ChartLook): readonly Bar[] => {
  let level = "0";
  return steps.map((step) => {
    const { kind, text } = step;
    const from = kind === "total" ? "0" : level;
    level = kind === "total" ? text : (sumTexts([level, text]) ?? level);
    const [start, end] = [position(from) ?? 0, position(level) ?? 0];
    const color = kind === "total" ? ink.total : text.startsWith("-") ? ink.less : ink.more;
    return { ...step, color, low: Math.min(start, end), high: Math.max(start, end) };
  });
};

/**
 * Where the axis begins: at zero, unless the steps would then be too small to see between two large totals; the axis
 * says so.
 */
const baseOf = (bars: readonly Bar[]): number => {
  const lowest = Math.min(...bars.map(({ low }) => low));
  if (lowest < 0) return lowest * 1.05;
  const changes = bars.filter(({ kind }) => kind === "change");
  if (changes.length === 0 || bars[0]?.kind !== "total") return 0;
  const least = Math.min(...changes.map(({ low }) => low));
  const most = Math.max(...changes.map(({ high }) => high));
  if (most - least > most * 0.35) return 0;
  const start = least - (most - least) * 0.8;
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, most - least))));
  return Math.max(0, Math.floor(start / unit) * unit);
};
