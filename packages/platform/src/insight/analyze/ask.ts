import { type Decimal, decimal, divide, isZero, ZERO } from "@trimtab/domain";
import type { QueryEngine } from "../../query/engines/engine.ts";
import { runQuery } from "../../query/run-query.ts";
import type { Aspect, Filter, QueryContext, QueryRequest, QueryResult } from "../../query/types.ts";

/** Questions over one version, one period and one currency. */
export interface Asker {
  readonly engine: QueryEngine;
  readonly context: QueryContext;
  readonly period: { readonly start: string; readonly end: string };
  readonly where: Filter | undefined;
}

const allOf = (...filters: readonly (Filter | undefined)[]): Filter | undefined => {
  const own = filters.filter((filter) => filter !== undefined);
  return own.length < 2 ? own[0] : { and: own };
};

/** Asks within the asker's period and filter; the request's own are added. */
export const ask = (asker: Asker, request: QueryRequest): Promise<QueryResult> => {
  const where = allOf(asker.where, request.where as Filter | undefined);
  return runQuery(
    asker.engine,
    { period: asker.period, ...request, ...(where === undefined ? {} : { where }) },
    asker.context,
  );
};

/** A measure's cell of a row (or of the total), as decimal text; null where it is unknown. */
export const cellOf = (
  result: QueryResult,
  row: readonly (string | null)[],
  measure: string,
  aspect?: Aspect,
): string | null => {
  const index = result.columns.findIndex(
    (column) =>
      column.role === "measure" &&
      column.measure === measure &&
      (aspect === undefined
        ? column.aspect === undefined || column.aspect === "current"
        : column.aspect === aspect),
  );
  return index === -1 ? null : (row[index] ?? null);
};

/** Dimension cells of a row, time columns left out. */
export const dimensionsOf = (
  result: QueryResult,
  row: readonly (string | null)[],
): readonly (string | null)[] => row.filter((_, index) => result.columns[index]?.role === "dimension");

export const timeOf = (result: QueryResult, row: readonly (string | null)[]): string => {
  const index = result.columns.findIndex(({ role }) => role === "time");
  return String(row[index] ?? "");
};

/** An amount for arithmetic; unknown counts as nothing only where the caller shows that it is unknown. */
export const amountOf = (text: string | null): Decimal => (text === null ? ZERO : decimal(text));

/** part ÷ whole to 6 places, or null of nothing. */
export const shareOf = (part: Decimal, whole: Decimal): Decimal | null =>
  isZero(whole) ? null : divide(part, whole, 6);
