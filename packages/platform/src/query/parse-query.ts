import { addDays, addMonths, type Day, day, instant, month } from "@trimtab/domain";
import { canonicalRequest } from "./canonical.ts";
import { findDimension } from "./model/dimensions.ts";
import { BASE_MODEL, findMeasure, measureNames, type SemanticModel } from "./model/model.ts";
import { Cursor } from "./text/cursor.ts";
import { CLAUSES, GRAIN_WORDS, KEYWORDS } from "./text/keywords.ts";
import { didYouMean } from "./text/nearest-name.ts";
import { parseDimension, parseFilterAt } from "./text/parse-filter.ts";
import type { Filter, FullRequest, QueryRequest } from "./types.ts";

type Draft = { -readonly [K in keyof QueryRequest]: QueryRequest[K] };

/**
 * Reads the short text form, e.g.
 * `effective by ServiceName, tag:team per month where RegionId in ('a', 'b') from 2026-01 to 2026-06 top 10 compare previous`.
 * Clauses may stand in any order. `to` includes the month or day it names; `until` does not.
 * @throws QUERY_TEXT_INVALID with line and column; the errors of {@link canonicalRequest}
 */
export const parseQueryText = (text: string, model: SemanticModel = BASE_MODEL): FullRequest => {
  const cursor: Cursor = new Cursor(text);
  const draft: Draft = {};
  if (cursor.token.kind === "word" && !KEYWORDS.has(cursor.token.text.toLowerCase())) {
    draft.measures = parseNames(cursor, () => parseMeasure(cursor, model));
  }
  const seen = new Set<string>();
  while (cursor.token.kind !== "end") {
    const clause = CLAUSES.find((word) => cursor.isWord(word));
    if (clause === undefined) {
      cursor.fail(`${cursor.found()} starts no clause`, didYouMean(cursor.token.text, CLAUSES));
    }
    if (seen.has(clause)) cursor.fail(`there is a second ${clause}`);
    seen.add(clause);
    cursor.next();
    clauses[clause](cursor, draft, model);
  }
  return canonicalRequest(draft, model);
};

/** Reads a filter alone, as rules files and `--where` have them. */
export const parseFilterText = (text: string, model: SemanticModel = BASE_MODEL): Filter => {
  const cursor: Cursor = new Cursor(text);
  const filter = parseFilterAt(cursor, model);
  if (cursor.token.kind !== "end") cursor.fail(`the condition should end before ${cursor.found()}`);
  return filter;
};

const clauses: Readonly<
  Record<(typeof CLAUSES)[number], (cursor: Cursor, draft: Draft, model: SemanticModel) => void>
> = {
  by: (cursor, draft, model) => {
    draft.by = parseNames(cursor, () => parseDimension(cursor, model));
  },
  per: (cursor, draft) => {
    if (cursor.take("invoice")) draft.timeAxis = "invoice";
    else cursor.take("charge");
    const grain = cursor.take("fiscal", "year") ? "fiscal-year" : takeGrain(cursor);
    draft.grain = grain;
    if (grain === "fiscal-year" && cursor.take("starting")) draft.fiscalYearStart = parseCount(cursor, 12);
  },
  where: (cursor, draft, model) => {
    draft.where = parseFilterAt(cursor, model);
  },
  from: (cursor, draft) => {
    draft.period = { ...draft.period, start: parseMoment(cursor) };
  },
  to: (cursor, draft) => {
    requireOneEnd(cursor, draft);
    draft.period = { ...draft.period, end: parseLast(cursor) };
  },
  until: (cursor, draft) => {
    requireOneEnd(cursor, draft);
    draft.period = { ...draft.period, end: parseMoment(cursor) };
  },
  top: (cursor, draft) => {
    draft.top = parseCount(cursor, 100_000);
  },
  limit: (cursor, draft) => {
    draft.limit = parseCount(cursor, 1_000_000);
  },
  compare: (cursor, draft) => {
    const found = (["previous", "month", "year"] as const).find((word) => cursor.take(word));
    if (found === undefined) cursor.fail(`compare goes with previous, month or year, not ${cursor.found()}`);
    draft.compare = found;
  },
  order: (cursor, draft) => {
    if (!cursor.take("by")) cursor.fail(`order goes with by, not ${cursor.found()}`);
    draft.orderBy = parseNames(cursor, () => parseOrder(cursor));
  },
  invoiced: (_cursor, draft) => {
    draft.timeAxis = "invoice";
  },
};

const parseNames = <T>(cursor: Cursor, parseOne: () => T): T[] => {
  const names = [parseOne()];
  while (cursor.takeSymbol(",")) names.push(parseOne());
  return names;
};

const parseMeasure = (cursor: Cursor, model: SemanticModel): string => {
  const { kind, text } = cursor.token;
  const found = kind === "word" ? findMeasure(text, model) : undefined;
  if (found === undefined) {
    const isDimension = kind === "word" && findDimension(text, model.virtual) !== undefined;
    const hint = isDimension ? `To group by ${text}, write "by ${text}". ` : "";
    cursor.fail(
      kind === "word"
        ? `there is no measure ${text.slice(0, 100)}`
        : `a measure is expected, not ${cursor.found()}`,
      hint || didYouMean(text, measureNames(model)),
    );
  }
  cursor.next();
  return found.id;
};

const parseOrder = (cursor: Cursor): { by: string; direction: "asc" | "desc" } => {
  if (cursor.token.kind !== "word") cursor.fail(`a name is expected, not ${cursor.found()}`);
  const by = cursor.next().text;
  if (cursor.take("asc")) return { by, direction: "asc" };
  cursor.take("desc");
  return { by, direction: "desc" };
};

const takeGrain = (cursor: Cursor) => {
  const grain = cursor.token.kind === "word" ? GRAIN_WORDS[cursor.token.text.toLowerCase()] : undefined;
  if (grain === undefined) {
    const names = Object.keys(GRAIN_WORDS);
    cursor.fail(
      `per goes with ${names.join(", ")}, not ${cursor.found()}`,
      didYouMean(cursor.token.text, names),
    );
  }
  cursor.next();
  return grain;
};

const parseCount = (cursor: Cursor, max: number): number => {
  const { kind, text } = cursor.token;
  const count = kind === "word" && /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > max)
    cursor.fail(`a whole number from 1 to ${max} is expected, not ${cursor.found()}`);
  cursor.next();
  return count;
};

const requireOneEnd = (cursor: Cursor, draft: Draft): void => {
  if (draft.period?.end !== undefined) cursor.fail("there is a second end of the period");
};

/** A month, day or UTC moment, checked. */
const parseMoment = (cursor: Cursor): string => {
  const { text } = cursor.token;
  try {
    const moment = text.length === 7 ? month(text) : text.length === 10 ? day(text) : instant(text);
    cursor.next();
    return moment;
  } catch {
    return cursor.fail(
      `${cursor.found()} is no month (2026-01), day (2026-01-31) or moment (2026-01-31T13:00:00Z)`,
    );
  }
};

/** The moment after the month or day that is still included. */
const parseLast = (cursor: Cursor): string => {
  const { token } = cursor;
  const last = parseMoment(cursor);
  if (last.length === 7) return addMonths(month(last), 1);
  return last.length === 10 ? addDays(day(last), 1) : token.text;
};

/** The last month or day before an end, if it is one. */
export const lastBefore = (end: string): string | undefined => {
  if (end.length === 7) return addMonths(month(end), -1);
  return end.length === 10 ? addDays(end as Day, -1) : undefined;
};
