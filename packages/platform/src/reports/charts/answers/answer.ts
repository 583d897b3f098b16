import type { ChartData, ChartRow } from "../chart-data.ts";
import { joined } from "../chart-data.ts";
import type { ChartLook } from "../chart-look.ts";
import type { Formatter } from "../format.ts";

/** What the smallest series, slices and steps become, with their exact sum. */
export const REST = "All others";

/** An answer on its way to a drawing. */
export interface Answer {
  readonly data: ChartData;
  readonly look: ChartLook;
  readonly format: Formatter;
}

/** How its measure is written. */
export const titlesOf = ({ data: { measure }, format }: Answer) => ({
  valueTitle: (text: string) => format.amount(text, measure),
  changeTitle: (text: string) => format.change(text, measure),
  shortTitle: (text: string) => format.short(text, measure),
  axisTitle: (value: number) => format.short(value, measure),
  shareTitle: (share: number) => format.cell(share.toFixed(6), { kind: "ratio" }),
});

/** What a row is called where its dimensions stand together. */
export const nameOf = ({ keys, time, isOther }: ChartRow, { measure }: ChartData): string =>
  isOther ? REST : joined(keys) || time || measure.name;

/** The rest last, else the largest first. */
export const bySize = <T extends { readonly isRest: boolean; readonly size: number }>(a: T, b: T): number =>
  Number(a.isRest) - Number(b.isRest) || b.size - a.size;
