import type { Content } from "pdfmake";
import { type Formatter, formatterFor } from "../charts/format.ts";
import { INKS } from "../charts/palette.ts";
import type { RunBasis } from "../run/report-run-schema.ts";
import { sanitiseLine } from "../text/sanitise.ts";

/** What is drawn with on a page; widths in points. */
export interface Paper {
  readonly locale: string;
  readonly format: Formatter;
  readonly width: number;
}

export const paperFor = (locale: string, width: number): Paper => ({
  locale,
  format: formatterFor(locale),
  width,
});

export const INK = INKS.light;

export const title = (text: string): Content => ({
  text: sanitiseLine(text),
  style: "blockTitle",
  headlineLevel: 1,
});

export const notesOf = (basis: RunBasis | undefined): Content[] =>
  (basis?.notes ?? []).map((note) => ({ text: sanitiseLine(note), style: "note" }));
