/**
 * What a command says, as data. Renderers turn it into a terminal page, JSON or CSV; they alone know colours and width.
 * All texts may come from bills and are hostile: renderers strip control characters and neutralise formulas.
 */
export interface Document {
  readonly title: string;
  /** What every figure below shares, e.g. `billed · USD · complete to 2026-06-30 · open`. */
  readonly subtitle?: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: "heading"; readonly text: string; readonly level?: HeadingLevel }
  | { readonly kind: "text"; readonly text: string; readonly tone?: Tone }
  | { readonly kind: "facts"; readonly facts: readonly (readonly [label: string, value: string])[] }
  | { readonly kind: "list"; readonly items: readonly string[]; readonly tone?: Tone }
  /** Commands to copy, SQL, YAML: kept line by line, never wrapped. */
  | { readonly kind: "code"; readonly text: string }
  | Table;

/** Of a page whose title is 1. Headings without one are 2: the page's own parts. */
export type HeadingLevel = 2 | 3 | 4;

export const headingLevel = ({ level }: { readonly level?: HeadingLevel }): HeadingLevel => level ?? 2;

/** The blocks of a page that becomes a part of another one: their headings are below the part's. */
export const belowHeading = (blocks: readonly Block[]): readonly Block[] =>
  blocks.map((block) =>
    block.kind === "heading" ? { ...block, level: headingLevel(block) === 2 ? 3 : 4 } : block,
  );

export type Tone = "plain" | "good" | "warn" | "bad" | "muted";

export interface Table {
  readonly kind: "table";
  /** Stable key, used by `--csv` to choose a table and as the JSON key. */
  readonly id: string;
  readonly title?: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly Cell[])[];
  readonly total?: readonly Cell[];
  readonly note?: string;
}

export interface TableColumn {
  readonly name: string;
  /**
   * `amount` and `number` align on the right and group thousands; `percent` and `share` take a ratio (`0.336` is shown
   * as 33.6 %), `share` with a small bar; `trend` draws a sparkline; `status` colours words such as ok, warn and off.
   */
  readonly kind: "text" | "amount" | "number" | "percent" | "trend" | "share" | "status";
  /** Decimal places shown (amount 2, percent and share 1, number all it has); JSON and CSV always carry the full value. */
  readonly scale?: number;
  /** A change: positive values get their plus sign. */
  readonly signed?: boolean;
  /** A text that is prose: where the page is narrow it goes on in the next line instead of losing its middle. */
  readonly wrap?: boolean;
  /** A text that is of no use in parts, such as an id to copy. */
  readonly whole?: boolean;
  /** A narrow page leaves it out before others. */
  readonly optional?: boolean;
  /** Where it is left out, it goes in brackets behind the prose of this column. */
  readonly foldsInto?: string;
}

/** Amounts and numbers are decimal strings; a trend is its series of decimal strings (null: no data). A null cell is unknown. */
export type Cell = string | null | readonly (string | null)[];
