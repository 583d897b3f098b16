import { type Dialect, Renderer, type Sql } from "../sql/dialect.ts";
import { and, cases, column, eq, ge, lit, lt, or, param, type QueryExpr, type SqlType } from "../sql/expr.ts";
import { cutSql, type GroupTable } from "./compile-cut.ts";
import type { QueryEngine } from "./engines/engine.ts";
import { dimensionExpr, type ExpressionContext, filterExpr, poolExpr } from "./filters.ts";
import type { Part } from "./model/parts.ts";
import { type TimeRange, timestampText } from "./periods.ts";
import type { Key, QueryPlan, TimeExpr } from "./plan.ts";
import { leafExpr, type Segment, timeExpr } from "./segments.ts";
import { bucketExpr, shiftedBucketExpr } from "./time-buckets.ts";

/**
 * One statement: groups by the plan's keys, summed once, then the rows that are shown and the totals over all of them.
 * The scope stands in the WHERE of every scan, so that rows, rest, totals and comparison all obey it.
 *
 * Columns: `kind` (0 a row, 1 the rest of a top, 2 a total), `group_count` (how many there are), `k0…` keys, `p0…` parts of
 * the period, `q0…` of the period compared with.
 */
export const compileQuery = (plan: QueryPlan, engine: Pick<QueryEngine, "dialect" | "scan">): Sql => {
  const renderer = new Renderer(engine.dialect);
  const scans = plan.segments.map((segment) => scanSql(plan, segment, engine, renderer));
  const table: GroupTable = {
    keys: plan.keys.map((key, index) => ({ name: `k${index}`, key, type: keyType(key) })),
    parts: [...tableParts(plan, "p"), ...(plan.comparison === undefined ? [] : tableParts(plan, "q"))],
  };
  const isPlain = scans.length === 1 && plan.comparison === undefined;
  const groups = isPlain ? (scans[0] ?? "") : mergedSql(plan, scans, table, engine.dialect);
  return {
    text: `WITH g AS ${engine.dialect.materialized ?? ""}(\n${groups}\n)${cutSql(plan, table, engine.dialect)}`,
    params: renderer.params,
  };
};

/** Sums and counts add up; least and greatest stay what they are. */
const tableParts = ({ parts }: QueryPlan, prefix: "p" | "q"): GroupTable["parts"] =>
  parts.map(({ id, charges: { fn } }, index) => ({
    name: `${prefix}${index}`,
    id,
    fn: fn === "count" ? "sum" : fn,
  }));

const keyType = (key: Key): SqlType => {
  if (key.role === "time") return key.bucketing.grain === "day" ? "date" : "timestamp";
  if (key.role === "dimension") return key.dimension.type;
  if (key.role === "split-month") return "timestamp";
  return key.role === "currency" ? "text" : "bigint";
};

/**
 * Several scans become one table. Where two periods are compared, each scan has a row per period (`b`: the earlier one),
 * which is cheaper than two filtered aggregates per charge, and they are put side by side here.
 */
const mergedSql = (
  plan: QueryPlan,
  scans: readonly string[],
  { keys, parts }: GroupTable,
  dialect: Dialect,
): string => {
  const columns = parts.map(({ name, fn }, index) => {
    const part = plan.parts[index % plan.parts.length];
    const from = `p${index % plan.parts.length}`;
    if (plan.comparison === undefined) return `${fn}(${from}) AS ${name}`;
    const sql = dialect.aggregate(fn, from, name.startsWith("q") ? "b" : "NOT b");
    return `${part?.kind === "count" ? `COALESCE(${sql}, 0)` : sql} AS ${name}`;
  });
  const selected = [...keys.map(({ name }) => name), ...columns].join(", ");
  return `SELECT ${selected} FROM (\n${scans.join("\nUNION ALL\n")}\n) AS u${groupBy(keys.length)}`;
};

const groupBy = (count: number): string =>
  count === 0 ? "" : `\nGROUP BY ${Array.from({ length: count }, (_, index) => index + 1).join(", ")}`;

const scanSql = (
  plan: QueryPlan,
  segment: Segment,
  engine: Pick<QueryEngine, "dialect" | "scan">,
  renderer: Renderer,
): string => {
  const context: ExpressionContext = { model: plan.model, leaf: (leaf) => leafExpr(segment, leaf) };
  const time = timeExpr(segment, plan.request.timeAxis);
  // The WHERE bounds both periods from outside, so one comparison tells them apart.
  const inCurrent =
    plan.comparison === undefined
      ? undefined
      : inRange(time, { start: plan.comparison.current.start, end: null });
  const inPrevious =
    plan.comparison === undefined
      ? undefined
      : inRange(time, { start: null, end: plan.comparison.previous.end });
  const isDaily = segment.table === "daily";
  const keys = plan.keys.map(
    (key, index) => `${renderer.sql(keyExpr(key, plan, context, time, inPrevious))} AS k${index}`,
  );
  const period = inPrevious === undefined ? [] : [`${renderer.sql(inPrevious)} AS b`];
  const parts = plan.parts.map(
    (part, index) => `${partSql(part, plan.keys, isDaily, renderer)} AS p${index}`,
  );
  const columns = [...keys, ...period, ...parts];
  const from = engine.scan(plan.snapshot, segment);
  const where = renderer.sql(whereExpr(plan, context, time, inCurrent, inPrevious));
  return `SELECT ${columns.join(", ")}\nFROM ${from} AS c\nWHERE ${where}${groupBy(keys.length + period.length)}`;
};

const keyExpr = (
  key: Key,
  plan: QueryPlan,
  context: ExpressionContext,
  time: TimeExpr,
  inPrevious: QueryExpr<"boolean"> | undefined,
): QueryExpr => {
  switch (key.role) {
    case "time": {
      const bucket = bucketExpr(time, key.bucketing);
      if (plan.comparison === undefined || inPrevious === undefined) return bucket;
      const shifted = shiftedBucketExpr(time, key.bucketing, plan.comparison.shift);
      return cases(bucket.type, [[inPrevious, shifted as typeof bucket]], bucket);
    }
    case "dimension":
      return dimensionExpr(key.dimension, context);
    case "pool":
      return poolExpr(key.dimension, context);
    case "split-month":
      return bucketExpr(time, { grain: "month", fiscalYearStart: 1 });
    case "currency":
      return column("BillingCurrency", "text");
    case "rate":
      return rateStretchExpr(plan.currency.rateDays, time);
  }
};

const rateStretchExpr = (days: readonly string[], time: TimeExpr): QueryExpr<"bigint"> =>
  cases(
    "bigint",
    days.map((day, index) => [lt(time, bound(time, `${day}T00:00:00Z`)), lit("bigint", index)] as const),
    lit("bigint", days.length),
  );

const partSql = (part: Part, keys: readonly Key[], isDaily: boolean, renderer: Renderer): string => {
  const { grouped } = part;
  if (!isDaily && grouped !== undefined && keys.some((key) => isColumn(key, grouped.column)))
    return renderer.sql(grouped.value);
  const aggregate = isDaily ? part.daily : part.charges;
  if (aggregate === undefined) throw new TypeError(`The rollup can't tell ${part.id}`);
  const { fn, of, where } = aggregate;
  return renderer.dialect.aggregate(
    fn,
    renderer.sql(of),
    where === undefined ? undefined : renderer.sql(where),
  );
};

const isColumn = (key: Key, name: string): boolean =>
  key.role === "dimension" && key.dimension.kind === "column" && key.dimension.name === name;

/** Which charges of a segment the plan counts, the scope included. */
export const whereOfCharges = (plan: QueryPlan, segment: Segment): QueryExpr<"boolean"> => {
  const context: ExpressionContext = { model: plan.model, leaf: (leaf) => leafExpr(segment, leaf) };
  return whereExpr(plan, context, timeExpr(segment, plan.request.timeAxis), undefined, undefined);
};

const whereExpr = (
  plan: QueryPlan,
  context: ExpressionContext,
  time: TimeExpr,
  inCurrent: QueryExpr<"boolean"> | undefined,
  inPrevious: QueryExpr<"boolean"> | undefined,
): QueryExpr<"boolean"> => {
  const { scope, where, currency, comparison, range } = plan;
  const terms: QueryExpr<"boolean">[] = [];
  if (scope !== undefined) terms.push(filterExpr(scope, context));
  if (comparison === undefined || inCurrent === undefined || inPrevious === undefined) {
    terms.push(inRange(time, range));
  } else {
    terms.push(inRange(time, { start: comparison.previous.start, end: comparison.current.end }));
    if (comparison.previous.end !== comparison.current.start) terms.push(or(inCurrent, inPrevious));
  }
  if (currency.only !== undefined) {
    terms.push(eq(column("BillingCurrency", "text"), param("text", currency.only)));
  }
  if (where !== undefined) terms.push(filterExpr(where, context));
  return and(...terms);
};

const inRange = (time: TimeExpr, { start, end }: TimeRange): QueryExpr<"boolean"> =>
  and(
    ...(start === null ? [] : [ge(time, bound(time, start))]),
    ...(end === null ? [] : [lt(time, bound(time, end))]),
  );

/** A moment in the type of the time column: comparing a date with a timestamp would cast every row. */
const bound = (time: TimeExpr, moment: string): QueryExpr =>
  param(time.type, time.type === "date" ? moment.slice(0, 10) : timestampText(moment));
