import {
  addDays,
  addMonths,
  type Day,
  dayOf,
  firstDayOf,
  type Instant,
  type Month,
  type Period,
} from "@trimtab/domain";

/** The time that a measurement looks at. */
export type CriterionWindow =
  /** Whole days up to the newest that is complete. */
  | { readonly kind: "days"; readonly count: number }
  /** Whole months up to the newest that is complete. */
  | { readonly kind: "months"; readonly count: number }
  /** Named months, both included. */
  | { readonly kind: "named"; readonly first: Month; readonly last: Month };

/** Reads `last 30 days`, `last month`, `last 3 months`, `2026-01`, `2026-01..2026-03`. */
export function parseWindow(text: string): CriterionWindow | undefined {
  const last = /^last (?:(\d{1,4}) )?(day|month)s?$/.exec(text);
  if (last !== null) {
    const count = Number(last[1] ?? 1);
    if (count === 0) return undefined;
    return { kind: last[2] === "month" ? "months" : "days", count };
  }
  const named = /^(\d{4}-(?:0[1-9]|1[0-2]))(?:\.\.(\d{4}-(?:0[1-9]|1[0-2])))?$/.exec(text);
  if (named === null) return undefined;
  const [, first, end = first] = named as unknown as [string, Month, Month?];
  return end === undefined || end < first ? undefined : { kind: "named", first, last: end };
}

/** The days that a window means, when everything up to `completeTo` is known. */
export function windowDays(window: CriterionWindow, completeTo: Instant): Period {
  const end: Day = dayOf(completeTo);
  switch (window.kind) {
    case "days":
      return { start: addDays(end, -window.count), end };
    case "months": {
      const month = end.slice(0, 7) as Month;
      return { start: firstDayOf(addMonths(month, -window.count)), end: firstDayOf(month) };
    }
    case "named":
      return { start: firstDayOf(window.first), end: firstDayOf(addMonths(window.last, 1)) };
  }
}
