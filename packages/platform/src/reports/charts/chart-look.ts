import type { EChartsCoreOption } from "echarts/core";
import { type ChartInk, type ChartMode, INKS, PALETTES } from "./palette.ts";

/** What ECharts draws; its own type knows a page's elements, which paper has none of. */
export type ChartOption = EChartsCoreOption;

/** A line of a tooltip. */
export interface TooltipLine {
  readonly name: string;
  readonly value: string;
  readonly color?: string;
  readonly isStrong?: boolean;
}

/** How a screen shows what the pointer is on: an element of the page, never HTML, because names of bills are hostile. */
export interface ChartTips {
  /** What the page says of the box around it. */
  readonly frame: Readonly<Record<string, unknown>>;
  content(title: string, lines: readonly TooltipLine[]): object;
}

/** How a chart looks, whoever draws it. */
export interface ChartLook {
  readonly ink: ChartInk;
  /** Colours of series, in the order in which they are given out. */
  readonly series: readonly string[];
  readonly fontFamily: string;
  /** In pixels; below 520 labels get out of the way. */
  readonly width: number;
  readonly height: number;
  /** Absent on paper, where nothing moves and labels say what a pointer would ask for. */
  readonly tips?: ChartTips | undefined;
}

/** On paper and in messages. */
export const paperLook = ({
  mode = "light",
  ...look
}: Omit<ChartLook, "ink" | "series" | "tips"> & { readonly mode?: ChartMode }): ChartLook => ({
  ...look,
  ink: INKS[mode],
  series: PALETTES[mode],
});

export const isPaper = ({ tips }: ChartLook): boolean => tips === undefined;
export const isNarrow = ({ width }: ChartLook): boolean => width < 520;

/** The colour of the nth series; the rest of a top is always grey. */
export const seriesColor = ({ series, ink }: ChartLook, index: number, isRest = false): string =>
  isRest ? ink.other : (series[index % series.length] ?? ink.total);

/** Paths of resources begin alike and differ at their ends. */
const longPath = /\S*(?:\/[^\s/]+){3,}/g;
const endOfPath = (path: string): string => `…/${path.slice(path.lastIndexOf("/") + 1)}`;

const cutOff = (text: string, longest: number): string =>
  [...text].length <= longest ? text : `${[...text].slice(0, longest - 1).join("")}…`;

/** Names of bills can be of any length; a chart has room for some of it, a tooltip for all. */
export const shorten = (text: string, longest: number): string =>
  [...text].length <= longest ? text : cutOff(text.replace(longPath, endOfPath), longest);
