import { tooltipFrame, tooltipOf } from "./chart-tooltip.ts";
import type { ChartOption } from "./engine.ts";
import { type Palette, seriesColor } from "./palette.ts";

/** Where money flows from, and where to: names by level. */
export interface Flow {
  readonly path: readonly string[];
  readonly value: number;
}

export interface SankeyChart {
  readonly flows: readonly Flow[];
  readonly valueTitle: (value: number) => string;
  readonly palette: Palette;
}

/** The same name may stand on two levels, so nodes are named by both. */
const nodeId = (level: number, name: string): string => `${level}\u0000${name}`;
const nameOf = (id: string): string => id.slice(id.indexOf("\u0000") + 1);

interface Hit {
  readonly dataType: "node" | "edge";
  readonly name: string;
  readonly value: number;
  readonly data: { readonly source?: string; readonly target?: string };
}

/** Levels from left to right. Credits flow nowhere and are left out. */
export const sankeyOption = ({ flows, valueTitle, palette }: SankeyChart): ChartOption => {
  const nodes = new Map<string, number>();
  const links = new Map<string, { readonly source: string; readonly target: string; value: number }>();
  for (const { path, value } of flows) {
    if (value <= 0) continue;
    path.forEach((name, level) => {
      const id = nodeId(level, name);
      if (!nodes.has(id)) nodes.set(id, nodes.size);
      const next = path[level + 1];
      if (next === undefined) return;
      const target = nodeId(level + 1, next);
      const key = `${id}\u0001${target}`;
      const link = links.get(key) ?? { source: id, target, value: 0 };
      link.value += value;
      links.set(key, link);
    });
  }
  const shorten = (name: string) => (name.length > 28 ? `${name.slice(0, 27)}…` : name);
  return {
    // it would be revealed from the left, and clipped while the page is busy
    animation: false,
    textStyle: { fontFamily: palette.font },
    tooltip: {
      ...tooltipFrame,
      trigger: "item",
      formatter: ({ dataType, name, value, data }: Hit) =>
        dataType === "edge"
          ? tooltipOf(`${nameOf(data.source ?? "")} → ${nameOf(data.target ?? "")}`, [
              { name: "", value: valueTitle(value) },
            ])
          : tooltipOf(nameOf(name), [{ name: "", value: valueTitle(value) }]),
    },
    series: [
      {
        type: "sankey",
        left: 4,
        right: 170,
        top: 10,
        bottom: 10,
        nodeWidth: 12,
        nodeGap: 9,
        draggable: false,
        emphasis: { focus: "adjacency" },
        label: {
          color: palette.ink,
          fontSize: 12,
          formatter: ({ name }: { readonly name: string }) => shorten(nameOf(name)),
        },
        lineStyle: { color: "source", opacity: 0.28, curveness: 0.5 },
        data: [...nodes].map(([name, index]) => ({
          name,
          itemStyle: { color: seriesColor(palette, index, nameOf(name) === "Everything else") },
        })),
        links: [...links.values()],
      },
    ],
  };
};
