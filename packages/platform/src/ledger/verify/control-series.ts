import { addDays, type Day, daysBetween } from "@trimtab/domain";
import type { QueryEngine } from "../../query/engines/engine.ts";
import { runQuery } from "../../query/run-query.ts";
import type { Filter, QueryContext } from "../../query/types.ts";
import type { CostBasis } from "./billed-cells.ts";
import { DAY_MS, type TimeSeries } from "./time-series.ts";

/** An untouched part of the bill. */
export interface Control {
  readonly name: string;
  readonly series: TimeSeries;
}

export interface ControlQuestion {
  readonly basis: CostBasis;
  readonly start: Day;
  readonly end: Day;
  readonly changeDay: Day;
  readonly isMissing: (day: Day) => boolean;
}

/** Parts of the bill that are taken where nobody names any: the largest. */
const MOST_CONTROLS = 6;

const USAGE: Filter = { dimension: "ChargeCategory", op: "=", value: "Usage" };

const seriesFrom = (totals: ReadonlyMap<string, number>, question: ControlQuestion): TimeSeries => ({
  startMs: Date.parse(`${question.start}T00:00:00Z`),
  stepMs: DAY_MS,
  values: Array.from({ length: daysBetween(question.start, question.end) }, (_, index) => {
    const at = addDays(question.start, index);
    const cost = totals.get(at) ?? (question.isMissing(at) ? Number.NaN : 0);
    return Number.isNaN(cost) ? null : cost;
  }),
});

const dailyCosts = async (
  engine: QueryEngine,
  question: ControlQuestion,
  { where, by }: { readonly where: Filter; readonly by: readonly string[] },
  context: QueryContext,
) => {
  const { basis, start, end } = question;
  const result = await runQuery(
    engine,
    { measures: [basis], by: [...by], grain: "day", where: { and: [USAGE, where] }, period: { start, end } },
    { ...context, rates: undefined },
  );
  return result.rows.map((row) => ({
    day: String(row[0]),
    name: row
      .slice(1, 1 + by.length)
      .map((value) => value ?? "(none)")
      .join(" in "),
    // A day whose cost is not known is a day on which it says nothing.
    cost: row[1 + by.length] === null ? Number.NaN : Number(row[1 + by.length]),
  }));
};

/** Controls that a person named, one a filter. */
export const namedControls = async (
  engine: QueryEngine,
  question: ControlQuestion,
  filters: readonly { readonly name: string; readonly where: Filter }[],
  context: QueryContext,
): Promise<readonly Control[]> => {
  const controls: Control[] = [];
  for (const { name, where } of filters) {
    const costs = await dailyCosts(engine, question, { where, by: [] }, context);
    controls.push({ name, series: seriesFrom(new Map(costs.map(({ day, cost }) => [day, cost])), question) });
  }
  return controls;
};

/** The largest services by region that the change did not touch, chosen by what they cost before it. */
export const untouchedControls = async (
  engine: QueryEngine,
  question: ControlQuestion,
  touched: Filter,
  context: QueryContext,
): Promise<readonly Control[]> => {
  const by = ["ServiceName", "RegionId"];
  const costs = await dailyCosts(engine, question, { where: { not: touched }, by }, context);
  return [...Map.groupBy(costs, ({ name }) => name)]
    .map(([name, own]) => ({
      name,
      before: own.reduce((sum, { day, cost }) => sum + (day < question.changeDay ? cost : 0), 0),
      series: seriesFrom(new Map(own.map(({ day, cost }) => [day, cost])), question),
    }))
    .filter(({ before }) => before > 0)
    .toSorted((a, b) => b.before - a.before)
    .slice(0, MOST_CONTROLS)
    .map(({ name, series }) => ({ name, series }));
};
