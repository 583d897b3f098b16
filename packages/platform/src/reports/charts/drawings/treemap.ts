import { position, sumTexts } from "../chart-data.ts";
import { type ChartLook, type ChartOption, seriesColor } from "../chart-look.ts";
import { inkOn } from "../palette.ts";
import type { Share } from "./donut.ts";

/** A box; its own boxes are within it. */
export interface Tile extends Share {
  readonly children?: readonly Tile[];
}

export interface TreemapChart {
  readonly tiles: readonly Tile[];
  readonly valueTitle: (text: string) => string;
  readonly shortTitle: (text: string) => string;
  readonly shareTitle: (share: number) => string;
}

interface Hit {
  readonly name: string;
  readonly data?: { readonly text?: string };
}

const textOf = ({ data }: Hit): string => data?.text ?? "0";

/** Boxes in boxes, as large as what they hold. */
export const treemapOption = (chart: TreemapChart, look: ChartLook): ChartOption => {
  const tiles = chart.tiles.filter(({ text }) => Number(text) > 0);
  const total = Number(sumTexts(tiles.map(({ text }) => text)) ?? "0");
  const shareOf = (text: string) => chart.shareTitle(total === 0 ? 0 : Number(text) / total);
  const isNested = tiles.some(({ children }) => children !== undefined);
  return {
    textStyle: { fontFamily: look.fontFamily },
    ...(look.tips === undefined
      ? {}
      : {
          tooltip: {
            ...look.tips.frame,
            trigger: "item",
            formatter: (hit: Hit) =>
              look.tips?.content(hit.name, [
                { name: shareOf(textOf(hit)), value: chart.valueTitle(textOf(hit)) },
              ]) ?? "",
          },
        }),
    series: [
      {
        type: "treemap",
        left: 0,
        right: 0,
        top: 0,
        bottom: 0,
        roam: false,
        nodeClick: false,
        breadcrumb: { show: false },
        itemStyle: { borderColor: look.ink.page, borderWidth: 1, gapWidth: 1 },
        levels: [
          { itemStyle: { borderColor: look.ink.page, borderWidth: 0, gapWidth: 2 } },
          {
            upperLabel: { show: isNested, height: 20, fontSize: 11, fontFamily: look.fontFamily },
            itemStyle: { gapWidth: 1, borderWidth: isNested ? 2 : 0 },
          },
        ],
        label: {
          show: true,
          fontFamily: look.fontFamily,
          fontSize: 11,
          lineHeight: 15,
          overflow: "truncate",
          formatter: (hit: Hit) => `${hit.name}\n${chart.shortTitle(textOf(hit))}`,
        },
        data: tiles.map((tile, index) => boxOf(tile, seriesColor(look, index, tile.isRest), look.ink.page)),
      },
    ],
  };
};

/** A box and all in it in one colour, with letters that can be read on it; its parts are told apart by lines. */
const boxOf = ({ name, text, row, children }: Tile, color: string, lines: string): object => {
  const letters = { color: inkOn(color) };
  const shown = children?.filter((child) => Number(child.text) > 0);
  return {
    name,
    text,
    value: position(text),
    ...(row === undefined ? {} : { row }),
    itemStyle: { color, borderColor: shown === undefined ? lines : color },
    label: letters,
    upperLabel: letters,
    ...(shown === undefined ? {} : { children: shown.map((child) => boxOf(child, color, lines)) }),
  };
};
