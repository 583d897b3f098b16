import { type ChartLook, isNarrow, isPaper, shorten } from "../chart-look.ts";

/** Texts along axes and beside marks. */
export const plainText = (look: ChartLook) => ({
  color: look.ink.muted,
  fontFamily: look.fontFamily,
  fontSize: isNarrow(look) || isPaper(look) ? 10 : 11,
});

/** Room for the labels of axes is taken from the plot, whatever their length. */
const CONTAINED = { outerBoundsMode: "same", outerBoundsContain: "axisLabel" } as const;

export const gridOf = (sides: {
  readonly top: number;
  readonly right?: number;
  readonly bottom?: number;
}) => ({ left: 4, right: 8, bottom: 4, ...sides, ...CONTAINED });

export const valueAxis = (look: ChartLook, axisTitle: (value: number) => string) => ({
  type: "value",
  splitNumber: 4,
  axisLabel: { ...plainText(look), hideOverlap: true, formatter: axisTitle },
  splitLine: { lineStyle: { color: look.ink.line } },
});

const nameLength = (look: ChartLook): number => (isNarrow(look) ? 18 : 26);

export const legendOf = (look: ChartLook, names: readonly string[]) => ({
  type: isPaper(look) ? "plain" : "scroll",
  top: 0,
  left: 0,
  right: 0,
  itemWidth: 10,
  itemHeight: 10,
  itemGap: isNarrow(look) ? 8 : 14,
  icon: "roundRect",
  data: [...names],
  formatter: (name: string) => shorten(name, nameLength(look)),
  textStyle: { ...plainText(look), color: look.ink.text },
  pageTextStyle: { color: look.ink.muted },
  pageIconColor: look.ink.text,
  pageIconInactiveColor: look.ink.line,
});

/** What a legend takes; on paper it can't be scrolled. Letters are about half as wide as they are high. */
export const legendHeight = (look: ChartLook, names: readonly string[]): number => {
  if (!isPaper(look)) return 22;
  let [rows, used] = [1, 0];
  for (const name of names) {
    const width = shorten(name, nameLength(look)).length * 6 + 30;
    if (used > 0 && used + width > look.width) [rows, used] = [rows + 1, 0];
    used += width;
  }
  return rows * 20;
};
