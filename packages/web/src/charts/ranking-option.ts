import { tooltipFrame, tooltipOf } from "./chart-tooltip.ts";
import type { ChartOption } from "./engine.ts";
import { type Palette, seriesColor } from "./palette.ts";

export interface RankingChart {
  readonly bars: readonly { readonly name: string; readonly value: number; readonly isRest?: boolean }[];
  readonly valueTitle: (value: number) => string;
  readonly axisTitle: (value: number) => string;
  readonly palette: Palette;
}

/** Lying bars, the largest at the top, with room for long names. */
export const rankingOption = ({ bars, valueTitle, axisTitle, palette }: RankingChart): ChartOption => ({
  textStyle: { fontFamily: palette.font },
  grid: { left: 4, right: 72, top: 4, bottom: 4, containLabel: true },
  tooltip: {
    ...tooltipFrame,
    trigger: "item",
    formatter: ({ name, value }: { readonly name: string; readonly value: number }) =>
      tooltipOf(name, [{ name: "", value: valueTitle(value) }]),
  },
  xAxis: {
    type: "value",
    splitNumber: 4,
    axisLabel: { color: palette.ink3, fontSize: 11, formatter: axisTitle },
    splitLine: { lineStyle: { color: palette.line } },
  },
  yAxis: {
    type: "category",
    inverse: true,
    data: bars.map(({ name }) => name),
    axisTick: { show: false },
    axisLine: { show: false },
    axisLabel: { color: palette.ink2, fontSize: 12, width: 180, overflow: "truncate" },
  },
  series: [
    {
      type: "bar",
      barMaxWidth: 22,
      barCategoryGap: "30%",
      data: bars.map(({ value, isRest }) => ({
        value,
        itemStyle: { color: seriesColor(palette, 0, isRest), borderRadius: 3 },
      })),
      label: {
        show: true,
        position: "right",
        color: palette.ink2,
        fontSize: 11,
        formatter: ({ value }: { readonly value: number }) => valueTitle(value),
      },
    },
  ],
});
