import { type Formatter, formatterFor } from "./format.ts";
import { type ChartInk, type ChartMode, INKS, PALETTES } from "./palette.ts";

/** How a chart looks, whoever draws it. */
export interface ChartStyle {
  readonly mode: ChartMode;
  /** BCP 47, of the reader. */
  readonly locale: string;
  readonly fontFamily: string;
  /** On paper nothing moves and no tooltip opens: labels say what a pointer would ask for. */
  readonly medium: "screen" | "paper";
  /** In pixels; below 520 labels get out of the way. */
  readonly width: number;
  readonly height: number;
}

/** What the builders draw with. */
export interface ChartTools {
  readonly style: ChartStyle;
  readonly ink: ChartInk;
  readonly format: Formatter;
  readonly isNarrow: boolean;
  colour(index: number): string;
}

export const toolsFor = (style: ChartStyle): ChartTools => {
  const palette = PALETTES[style.mode];
  return {
    style,
    ink: INKS[style.mode],
    format: formatterFor(style.locale),
    isNarrow: style.width < 520,
    colour: (index) => palette[index % palette.length] ?? palette[0],
  };
};

/** Names of bills can be of any length; a chart has room for some of it, a tooltip for all. */
export const shorten = (text: string, longest: number): string =>
  [...text].length <= longest ? text : `${[...text].slice(0, longest - 1).join("")}…`;
