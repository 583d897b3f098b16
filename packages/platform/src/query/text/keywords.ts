import type { Grain } from "../types.ts";

/** Words that start a clause or join conditions; a value or key spelt like one stands in quotes. */
export const KEYWORDS: ReadonlySet<string> = new Set(
  "and or not in is null present absent contains starts with matches by per where from to until top limit order compare invoiced asc desc".split(
    " ",
  ),
);

export const GRAIN_WORDS: Readonly<Record<string, Grain>> = {
  hour: "hour",
  day: "day",
  week: "week",
  month: "month",
  quarter: "quarter",
  year: "year",
  "fiscal-year": "fiscal-year",
};

export const CLAUSES = [
  "by",
  "per",
  "where",
  "from",
  "to",
  "until",
  "top",
  "compare",
  "order",
  "limit",
  "invoiced",
] as const;
