import { position, sumTexts } from "../chart-data.ts";
import { type ChartLook, type ChartOption, isNarrow, seriesColor, shorten } from "../chart-look.ts";
import { plainText } from "./furniture.ts";

/** Where money flows from, and where to: names by level, and how much as decimal text. */
export interface Flow {
  readonly path: readonly string[];
  readonly text: string;
}

export interface SankeyChart {
  readonly flows: readonly Flow[];
  readonly valueTitle: (text: string) => string;
  /** What the rest is called: it is grey on every level. */
  readonly restName: string;
}

interface Hit {
  readonly dataType?: string;
  readonly name: string;
  readonly data: { readonly source?: string; readonly target?: string };
}

/** The same name may stand on two levels, so nodes are named by both. */
const nodeId = (level: number, name: string): string => `${level}\u0000${name}`;
const nameOf = (id: string): string => id.slice(id.indexOf("\u0000") + 1);

/** Levels from left to right. Credits flow nowhere and are left out. */
export const sankeyOption = (chart: SankeyChart, look: ChartLook): ChartOption => {
  const { nodes, links } = network(chart.flows);
  const ids = [...nodes.keys()];
  const tip = ({ dataType, name, data: { source = "", target = "" } }: Hit) => {
    const isLink = dataType === "edge";
    const text = isLink ? links.get(linkId(source, target))?.text : nodes.get(name);
    const title = isLink ? `${nameOf(source)} → ${nameOf(target)}` : nameOf(name);
    return look.tips?.content(title, [{ name: "", value: chart.valueTitle(text ?? "0") }]) ?? "";
  };
  return {
    // it would be revealed from the left, and clipped while the page is busy
    animation: false,
    textStyle: { fontFamily: look.fontFamily },
    ...(look.tips === undefined ? {} : { tooltip: { ...look.tips.frame, trigger: "item", formatter: tip } }),
    series: [
      {
        type: "sankey",
        left: 4,
        right: isNarrow(look) ? 96 : 160,
        top: 8,
        bottom: 8,
        nodeWidth: 12,
        // A name is as high as this: those of thin nodes must not lie on each other.
        nodeGap: 14,
        draggable: false,
        emphasis: { focus: "adjacency" },
        label: {
          ...plainText(look),
          // A name lies on what flows from its node.
          ...{ color: look.ink.text, textBorderColor: look.ink.page, textBorderWidth: 3 },
          formatter: ({ name }: { readonly name: string }) => shorten(nameOf(name), isNarrow(look) ? 14 : 26),
        },
        lineStyle: { color: "source", opacity: 0.3, curveness: 0.5 },
        data: ids.map((id, index) => ({
          name: id,
          depth: Number(id.slice(0, id.indexOf("\u0000"))),
          itemStyle: { color: seriesColor(look, index, nameOf(id) === chart.restName) },
        })),
        links: [...links.values()].map(({ source, target, text }) => ({
          source,
          target,
          value: position(text),
        })),
      },
    ],
  };
};

interface Link {
  readonly source: string;
  readonly target: string;
  readonly text: string;
}

const linkId = (source: string, target: string): string => `${source}\u0001${target}`;
const plus = (sum: string | undefined, text: string): string => sumTexts([sum ?? "0", text]) ?? "0";

/** What flows through each node and along each link, exactly. */
const network = (flows: readonly Flow[]) => {
  const nodes = new Map<string, string>();
  const links = new Map<string, Link>();
  for (const { path, text } of flows) {
    if (Number(text) <= 0) continue;
    for (const [level, name] of path.entries()) {
      const target = nodeId(level, name);
      nodes.set(target, plus(nodes.get(target), text));
      if (level === 0) continue;
      const source = nodeId(level - 1, path[level - 1] ?? "");
      const id = linkId(source, target);
      links.set(id, { source, target, text: plus(links.get(id)?.text, text) });
    }
  }
  return { nodes, links };
};
