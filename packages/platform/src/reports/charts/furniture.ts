import type { EChartsOption } from "echarts";
import { type ChartTools, shorten } from "./chart-style.ts";

/** Texts along axes. */
export const axisText = ({ ink, style, isNarrow }: ChartTools) => ({
  color: ink.muted,
  fontFamily: style.fontFamily,
  fontSize: isNarrow || style.medium === "paper" ? 10 : 11,
});

/** Drawn as text in the chart, never as HTML: names of bills are hostile, and the page's policy allows no inline style. */
export const tooltipOf = ({ ink, style }: ChartTools) => ({
  show: style.medium === "screen",
  renderMode: "richText" as const,
  confine: true,
  backgroundColor: ink.page,
  borderColor: ink.line,
  textStyle: { color: ink.text, fontFamily: style.fontFamily, fontSize: 12 },
});

export const legendOf = (tools: ChartTools, names: readonly string[]): Pick<EChartsOption, "legend"> => ({
  legend: {
    type: tools.style.medium === "paper" ? "plain" : "scroll",
    top: 0,
    left: 0,
    right: 0,
    itemWidth: 10,
    itemHeight: 10,
    itemGap: tools.isNarrow ? 8 : 14,
    icon: "roundRect",
    data: [...names],
    formatter: (name: string) => shorten(name, tools.isNarrow ? 18 : 26),
    textStyle: {
      color: tools.ink.text,
      fontFamily: tools.style.fontFamily,
      fontSize: tools.isNarrow ? 10 : 11,
    },
    pageTextStyle: { color: tools.ink.muted },
  },
});

/** Room for the labels of axes is taken from the plot, whatever their length. */
export const CONTAINED = { outerBoundsMode: "same", outerBoundsContain: "axisLabel" } as const;

/** Rows that a legend takes on paper, where it can't be scrolled; letters are about half as wide as they are high. */
export const legendHeight = (tools: ChartTools, names: readonly string[]): number => {
  if (tools.style.medium === "screen") return 22;
  let [rows, used] = [1, 0];
  for (const name of names) {
    const width = shorten(name, tools.isNarrow ? 18 : 26).length * 6 + 30;
    if (used > 0 && used + width > tools.style.width) [rows, used] = [rows + 1, 0];
    used += width;
  }
  return rows * 20;
};
