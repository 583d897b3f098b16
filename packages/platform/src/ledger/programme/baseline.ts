import {
  addMonths,
  type CurrencyCode,
  currencyCode,
  type Decimal,
  dayOf,
  decimal,
  divide,
  firstDayOf,
  type Instant,
  type Month,
  month,
  monthOf,
  subtract,
  sumDecimals,
  ZERO,
} from "@trimtab/domain";
import type { QueryEngine } from "../../query/engines/engine.ts";
import type { VirtualDimension } from "../../query/model/dimensions.ts";
import { BASE_MODEL } from "../../query/model/model.ts";
import { parseFilterText } from "../../query/parse-query.ts";
import { runQuery } from "../../query/run-query.ts";
import type { Filter, QueryContext, QueryRequest } from "../../query/types.ts";
import type { ProgrammeFile } from "./file/programme-schema.ts";
import { programmeErrors } from "./programme-errors.ts";
import type { CostLine } from "./waterfall/pools.ts";

/** Places that a month's average is divided to; the waterfall's total is the sum of its lines. */
const AVERAGE_SCALE = 12;
const LINE = "programme-line";
const SERVICE = "ServiceName";
const OTHERWISE = "Others";

/** What the bill shows of whole months, as lines of a month. */
export interface LineCosts {
  readonly currency: CurrencyCode;
  readonly lines: readonly CostLine[];
  /** `bill`: of these months, both included. `stated`: by the programme's file alone. */
  readonly from:
    | {
        readonly kind: "bill";
        readonly measure: string;
        readonly first: Month;
        readonly last: Month;
        readonly basis: string;
      }
    | { readonly kind: "stated" };
}

/** Where costs can be asked for. */
export interface CostSource {
  readonly engine: QueryEngine;
  readonly context: QueryContext;
}

/**
 * What a programme starts from: its stated lines, or the bill of its months (the last whole one, unless it says which).
 * @throws PROGRAMME_NO_BASELINE; the errors of queries for a condition that can't be read
 */
export async function readBaseline(programme: ProgrammeFile, source: CostSource): Promise<LineCosts> {
  const { stated, from, to = from } = programme.baseline ?? {};
  const currency = currencyCode(programme.currency);
  if (stated !== undefined) {
    const lines = Object.entries(stated).map(([name, amount]) => ({ name, monthly: decimal(amount) }));
    return { currency, lines, from: { kind: "stated" } };
  }
  if (from !== undefined && to !== undefined) return costsOf(programme, source, month(from), month(to));
  const last = await lastWholeMonth(programme, source);
  if (last === undefined)
    throw programmeErrors.create("PROGRAMME_NO_BASELINE", { reason: "the lake holds no whole month" });
  return costsOf(programme, source, last, last);
}

/** The newest month that the bills cover to its end. */
export async function lastWholeMonth(
  programme: ProgrammeFile,
  source: CostSource,
): Promise<Month | undefined> {
  const context = { ...source.context, currency: currencyCode(programme.currency) };
  const { completeTo } = await runQuery(source.engine, { measures: ["rows"] }, context);
  return completeTo === null ? undefined : lastMonthBefore(completeTo);
}

const lastMonthBefore = (moment: Instant): Month => addMonths(monthOf(dayOf(moment)), -1);

/** The programme's lines in whole months, averaged to one. @throws PROGRAMME_NO_BASELINE */
export async function costsOf(
  programme: ProgrammeFile,
  { engine, context }: CostSource,
  first: Month,
  last: Month,
): Promise<LineCosts> {
  const { measure = "effective", where, lines: named, otherwise = OTHERWISE } = programme.baseline ?? {};
  const currency = currencyCode(programme.currency);
  const request: QueryRequest = {
    measures: [measure],
    by: [named === undefined ? SERVICE : LINE],
    period: { start: firstDayOf(first), end: firstDayOf(addMonths(last, 1)) },
    ...(where === undefined ? {} : { where: parseFilterText(where) }),
  };
  const own = { ...context, currency, model: modelOf(programme, context) };
  const result = await runQuery(engine, request, own);
  const period = `${first}..${last}`;
  if (result.rows.length === 0)
    throw programmeErrors.create("PROGRAMME_NO_BASELINE", {
      reason: `the bills show nothing in ${currency} for ${period}`,
    });
  const found = result.rows.map(([name, cell]) => {
    if (cell === null || cell === undefined) {
      const reason = `the bill does not tell the ${measure} cost of ${name ?? "some charges"}`;
      throw programmeErrors.create("PROGRAMME_NO_BASELINE", { reason });
    }
    return { name: name ?? "(no service)", total: decimal(cell) };
  });
  const lines = monthlyOf(found, decimal(BigInt(monthsIn(first, last))));
  const there = new Set(found.map(({ name }) => name));
  // A line without a charge is there all the same: what a programme adds may be its first.
  const empty = (named === undefined ? [] : [...named.map((line) => line.name), otherwise])
    .filter((name) => !there.has(name))
    .map((name) => ({ name, monthly: ZERO }));
  return {
    currency,
    lines: [...lines, ...empty],
    from: { kind: "bill", measure, first, last, basis: result.basis },
  };
}

/** Averages are rounded one by one: what that leaves over, less than a billionth of a cent a line, goes to the largest. */
function monthlyOf(
  totals: readonly { readonly name: string; readonly total: Decimal }[],
  months: Decimal,
): readonly CostLine[] {
  const average = (total: Decimal) => divide(total, months, AVERAGE_SCALE);
  const [largest, ...others] = totals.map(({ name, total }) => ({ name, monthly: average(total) }));
  if (largest === undefined) return [];
  const all = average(sumDecimals(totals.map(({ total }) => total)));
  const rest = sumDecimals(others.map(({ monthly }) => monthly));
  return [{ ...largest, monthly: subtract(all, rest) }, ...others];
}

function monthsIn(first: Month, last: Month): number {
  const index = (of: Month) => Number(of.slice(0, 4)) * 12 + Number(of.slice(5));
  return Math.max(index(last) - index(first) + 1, 1);
}

/** The dimension of a programme's lines in queries; with its model. */
export function lineDimension(programme: ProgrammeFile): string {
  return programme.baseline?.lines === undefined ? SERVICE : LINE;
}

/** A context's model with the programme's lines as a dimension. @throws QUERY_TEXT_INVALID */
export function modelOf({ baseline }: ProgrammeFile, { model = BASE_MODEL }: Pick<QueryContext, "model">) {
  const { lines, otherwise = OTHERWISE } = baseline ?? {};
  if (lines === undefined) return model;
  const rules = lines.map(({ name, where }) => ({ value: name, where: parseFilterText(where) }));
  const dimension: VirtualDimension = { kind: "virtual", name: LINE, type: "text", rules, otherwise };
  return { ...model, virtual: new Map([...model.virtual, [LINE, dimension]]) };
}

/** The line in which the bill shows each resource, by the names that are given; those it does not show are missing. */
export async function linesOfResources(
  programme: ProgrammeFile,
  { engine, context }: CostSource,
  resources: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (resources.length === 0) return new Map();
  const dimension = lineDimension(programme);
  const where: Filter = { dimension: "ResourceId", op: "in", values: [...new Set(resources)] };
  const request: QueryRequest = { measures: ["effective"], by: ["ResourceId", dimension], where };
  const own = {
    ...context,
    currency: currencyCode(programme.currency),
    model: modelOf(programme, context),
  };
  const { rows } = await runQuery(engine, request, own);
  // The largest comes last, and stays.
  return new Map(
    rows.toReversed().flatMap(([resource, line]) => (resource ? [[resource, line ?? "(no service)"]] : [])),
  );
}
