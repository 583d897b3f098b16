import { decimal, divide, formatDecimal, isZero, type Known, known, unknown } from "@trimtab/domain";
import type { QueryEngine } from "../../query/engines/engine.ts";
import { parseQueryText } from "../../query/parse-query.ts";
import { runQuery } from "../../query/run-query.ts";
import type { QueryContext, QueryResult } from "../../query/types.ts";
import type { LakeFigure, LakeFigures } from "./rules/lake.ts";

/** Places that an average is divided to; the rounding of a claim is far coarser. */
const AVERAGE_SCALE = 12;

/**
 * Answers the `lake:` queries of claims: the total of a query, or its average where it has a grain (`billed per month`).
 * @throws the errors of parseQueryText and runQuery, for a query that cannot be asked
 */
export function lakeFigures(engine: QueryEngine, context: QueryContext): LakeFigures {
  return {
    async figure(query) {
      const request = parseQueryText(query, context.model);
      return figureOf(await runQuery(engine, request, context));
    },
  };
}

function figureOf(result: QueryResult): Known<LakeFigure> {
  const measures = result.columns.flatMap((column, index) =>
    column.role === "measure" ? [{ currency: column.currency, total: result.total[index] ?? null }] : [],
  );
  const answers = measures.filter(({ total }) => total !== null && !isZero(decimal(total)));
  const [answer] = answers;
  if (answers.length > 1) return unknown("the query answers with several figures or currencies");
  // A name that is spelled differently in the bills gives nothing, too: that proves no claim wrong.
  if (answer?.total === null || answer === undefined) return unknown("the lake has no charges for it");
  const time = result.columns.findIndex(({ role }) => role === "time");
  const times = new Set(result.rows.map((row) => row[time]));
  const value =
    time < 0
      ? answer.total
      : formatDecimal(divide(decimal(answer.total), decimal(BigInt(times.size)), AVERAGE_SCALE));
  return known({ value, currency: answer.currency });
}
