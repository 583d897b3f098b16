import { tooltipFrame, tooltipOf } from "./chart-tooltip.ts";
import type { ChartOption } from "./engine.ts";
import { type Palette, seriesColor } from "./palette.ts";

export interface ShareNode {
  readonly name: string;
  readonly value: number;
  readonly isRest?: boolean;
  /** Of a click: where it leads. */
  readonly row: number;
  readonly children?: readonly ShareNode[];
}

export interface SharesChart {
  readonly type: "donut" | "treemap";
  readonly nodes: readonly ShareNode[];
  readonly valueTitle: (value: number) => string;
  readonly shareTitle: (share: number) => string;
  /** Too narrow for names beside a donut: the table below is its legend. */
  readonly isNarrow: boolean;
  readonly palette: Palette;
}

interface Hit {
  readonly name: string;
  readonly value: number | readonly number[];
  readonly color?: string;
}

/** Parts of a whole. Only what is above zero can be a part: credits are named below the chart. */
export const sharesOption = (chart: SharesChart): ChartOption => {
  const total = chart.nodes.reduce((sum, { value }) => sum + Math.max(0, value), 0);
  const formatter = (hit: Hit) => {
    const value = typeof hit.value === "number" ? hit.value : (hit.value[0] ?? 0);
    return tooltipOf(hit.name, [
      { name: chart.shareTitle(total === 0 ? 0 : value / total), value: chart.valueTitle(value) },
    ]);
  };
  return {
    textStyle: { fontFamily: chart.palette.font },
    tooltip: { ...tooltipFrame, trigger: "item", formatter },
    series: [chart.type === "donut" ? donut(chart, total) : treemap(chart)],
  };
};

const donut = ({ nodes, palette, shareTitle, isNarrow }: SharesChart, total: number) => ({
  type: "pie",
  radius: ["52%", "78%"],
  center: ["50%", "50%"],
  avoidLabelOverlap: true,
  minShowLabelAngle: 6,
  itemStyle: { borderColor: palette.surface, borderWidth: 2, borderRadius: 4 },
  label: {
    show: !isNarrow,
    color: palette.ink2,
    fontSize: 12,
    formatter: ({ name, value }: { readonly name: string; readonly value: number }) =>
      `${name.length > 26 ? `${name.slice(0, 25)}…` : name}  ${shareTitle(total === 0 ? 0 : value / total)}`,
  },
  labelLine: { show: !isNarrow, length: 10, length2: 10, lineStyle: { color: palette.ink3 } },
  data: nodes
    .filter(({ value }) => value > 0)
    .map(({ name, value, isRest, row }, index) => ({
      name,
      value,
      row,
      itemStyle: { color: seriesColor(palette, index, isRest) },
    })),
});

/** White on the light theme's strong colours, dark on the dark theme's light ones. */
const labelOn = (palette: Palette): string => palette.surface;

const treemap = ({ nodes, palette, valueTitle }: SharesChart) => ({
  type: "treemap",
  left: 0,
  right: 0,
  top: 0,
  bottom: 0,
  roam: false,
  nodeClick: false,
  breadcrumb: { show: false },
  itemStyle: { borderColor: palette.surface, borderWidth: 1, gapWidth: 1 },
  levels: [{ itemStyle: { borderWidth: 0, gapWidth: 2 } }, { itemStyle: { gapWidth: 1, borderWidth: 2 } }],
  label: {
    color: labelOn(palette),
    fontSize: 12,
    overflow: "truncate",
    formatter: ({ name, value }: Hit) => `${name}\n${valueTitle(typeof value === "number" ? value : 0)}`,
  },
  upperLabel: {
    show: nodes.some(({ children }) => children !== undefined),
    height: 20,
    color: labelOn(palette),
    fontSize: 12,
  },
  data: nodes
    .filter(({ value }) => value > 0)
    .map((node, index) => ({
      ...node,
      itemStyle: {
        color: seriesColor(palette, index, node.isRest),
        borderColor: seriesColor(palette, index, node.isRest),
      },
      ...(node.children === undefined ? {} : { children: node.children.filter(({ value }) => value > 0) }),
    })),
});
