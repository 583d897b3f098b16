import type { Answer } from "../../api/client.ts";

type ParsedQuestion = Answer<"POST /api/v1/query/parse">;
export type Filter = NonNullable<ParsedQuestion["where"]>;
export type Grain = NonNullable<ParsedQuestion["grain"]>;
export type Compare = NonNullable<ParsedQuestion["compare"]>;

export const GRAINS = ["hour", "day", "week", "month", "quarter", "year"] as const satisfies readonly Grain[];
export const COMPARES = ["previous", "month", "year"] as const satisfies readonly Compare[];
export const CHARTS = [
  "bar",
  "area",
  "line",
  "ranking",
  "donut",
  "treemap",
  "heatmap",
  "sankey",
  "waterfall",
  "pivot",
] as const;
export type ChartId = (typeof CHARTS)[number];
export const RANGES = ["7d", "30d", "90d", "month", "last-month", "3m", "6m", "12m", "all"] as const;
export type RangeId = (typeof RANGES)[number];

/** The whole state of the page, as its address has it. What is absent has a default. */
export interface ExplorerSearch {
  readonly measure?: string;
  readonly by?: readonly string[];
  readonly grain?: (typeof GRAINS)[number];
  readonly range?: RangeId;
  /** Half-open days; they win over `range`. */
  readonly from?: string;
  readonly until?: string;
  /** All of them hold. */
  readonly where?: readonly Filter[];
  readonly top?: number;
  readonly compare?: Compare;
  readonly chart?: ChartId;
  readonly currency?: string;
  readonly axis?: "invoice";
  /** Is the explanation of the change shown? */
  readonly why?: boolean;
  /** Are the bill lines shown? */
  readonly lines?: boolean;
  /** Bill lines of a part of what is shown. */
  readonly linesWhere?: readonly Filter[];
}

const oneOf = <T extends string>(value: unknown, choices: readonly T[]): T | undefined =>
  choices.find((choice) => choice === value);

const textIn = (value: unknown, shape: RegExp): string | undefined =>
  typeof value === "string" && shape.test(value) ? value : undefined;

const names = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) && value.every((name) => typeof name === "string" && name !== "" && name.length <= 500)
    ? value.slice(0, 4)
    : undefined;

/** Only its shape: whether it makes sense is for the server to say. */
const isFilter = (value: unknown): value is Filter => {
  if (typeof value !== "object" || value === null) return false;
  if ("and" in value) return Array.isArray(value.and) && value.and.every(isFilter);
  if ("or" in value) return Array.isArray(value.or) && value.or.every(isFilter);
  if ("not" in value) return isFilter(value.not);
  return "dimension" in value && typeof value.dimension === "string" && "op" in value;
};

const filters = (value: unknown): readonly Filter[] | undefined =>
  Array.isArray(value) && value.length > 0 && value.every(isFilter) ? value : undefined;

const day = /^\d{4}-\d{2}-\d{2}$/;

/** Reads an address that anybody may have written: what can't be read is left out. */
export const readExplorerSearch = (raw: Record<string, unknown>): ExplorerSearch => {
  const top = Number(raw.top);
  const found: { readonly [K in keyof ExplorerSearch]: ExplorerSearch[K] | undefined } = {
    measure: textIn(raw.measure, /^[\w:.-]{1,200}$/),
    by: names(raw.by),
    grain: oneOf(raw.grain, GRAINS),
    range: oneOf(raw.range, RANGES),
    from: textIn(raw.from, day),
    until: textIn(raw.until, day),
    where: filters(raw.where),
    top: Number.isInteger(top) && top >= 1 && top <= 50 ? top : undefined,
    compare: oneOf(raw.compare, COMPARES),
    chart: oneOf(raw.chart, CHARTS),
    currency: textIn(raw.currency, /^[A-Z]{3}$/),
    axis: oneOf(raw.axis, ["invoice"]),
    why: raw.why === true ? true : undefined,
    lines: raw.lines === true ? true : undefined,
    linesWhere: filters(raw.linesWhere),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
};

/** What a control changes; undefined: back to the default. */
export type SearchChange = { readonly [K in keyof ExplorerSearch]?: ExplorerSearch[K] | undefined };

export const changedSearch = (search: ExplorerSearch, change: SearchChange): ExplorerSearch =>
  readExplorerSearch({ ...search, ...change });
