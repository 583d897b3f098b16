import {
  addDays,
  type Day,
  type Decimal,
  dayOf,
  decimal,
  divide,
  type Instant,
  type Known,
  known,
  type MetricSummary,
  type Period,
  RESOURCE_METRICS,
  type ResourceMetric,
  sumDecimals,
  tryDecimal,
  unknown,
} from "@trimtab/domain";
import { type Unit, unitOf } from "../../../insight/claims/unit.ts";
import { runQuery } from "../../../query/run-query.ts";
import type { CostSource } from "../baseline.ts";
import { windowDays } from "./criterion-window.ts";
import type { Measurement, Statistic } from "./measurement.ts";

/** What is needed of a store of resources' metrics. */
export interface ResourceSummaries {
  summaries(
    asked: readonly { readonly metric: ResourceMetric; readonly statistic: Statistic }[],
    options: {
      readonly window: { readonly start: Instant; readonly end: Instant };
      readonly resources: readonly { readonly id: string; readonly aliases: readonly string[] }[];
    },
  ): Promise<
    readonly { readonly statistic: MetricSummary["statistic"]; readonly found: Known<MetricSummary> }[]
  >;
}

/** Where criteria look. */
export interface EvidenceSources {
  readonly costs: CostSource;
  readonly currency: string;
  readonly now: Instant;
  readonly signOffs: readonly string[];
  /** Absent: no metrics of resources are kept here. */
  readonly metrics?: ResourceSummaries;
}

/** What a measurement answered, and what it looked at. */
export interface Measured {
  readonly value: Decimal;
  readonly unit: Unit;
  readonly window?: Period;
  readonly from: string;
}

const AVERAGE_SCALE = 12;

/** @throws the errors of queries that can't be asked */
export function measure(measurement: Measurement, sources: EvidenceSources): Promise<Known<Measured>> {
  switch (measurement.kind) {
    case "cost":
      return measureCost(measurement, sources);
    case "business":
      return measureBusiness(measurement, sources);
    case "resource":
      return measureResource(measurement, sources);
    case "sign-off":
      return Promise.resolve(countSignOffs(measurement.title, sources));
  }
}

type Of<K extends Measurement["kind"]> = Extract<Measurement, { readonly kind: K }>;

async function measureCost(
  { measure: id, where, window }: Of<"cost">,
  { costs: { engine, context }, currency }: EvidenceSources,
): Promise<Known<Measured>> {
  const own = { ...context, currency: currency as typeof context.currency };
  const complete = await completeDay({ engine, context: own });
  if (complete === undefined) return unknown("the lake has no charges");
  const days = windowDays(window, complete);
  if (days.end > dayOf(complete)) return unknown(`the bills are complete to ${dayOf(complete)} only`);
  const request = { measures: [id, "rows"], period: days, ...(where === undefined ? {} : { where }) };
  const answer = await runQuery(engine, request, own);
  const column = answer.columns.findIndex(
    (one) => one.measure === id && (one.aspect ?? "current") === "current",
  );
  const cell = answer.total[column] ?? null;
  const rows = answer.total[answer.columns.findIndex((one) => one.measure === "rows")];
  // Nothing that fits the condition may be a name spelt differently: that proves nothing.
  if (rows === undefined || rows === null || rows === "0")
    return unknown("no charge fits its condition in that time");
  if (cell === null) return unknown(answer.unknown[0]?.reason ?? "the bill does not tell it");
  const kind = answer.columns[column]?.kind;
  const unit = unitOf(kind === "money" || kind === "price" ? currency : "", undefined, currency);
  const from = `lake version ${answer.lakeVersion}, ${answer.basis}`;
  return known({ value: decimal(cell), unit, window: days, from });
}

/** The first moment of the day up to which the bills are complete. */
async function completeDay({ engine, context }: CostSource): Promise<Instant | undefined> {
  const { completeTo } = await runQuery(engine, { measures: ["rows"] }, context);
  return completeTo ?? undefined;
}

async function measureBusiness(
  { metric: id, how, window }: Of<"business">,
  { costs: { context }, now }: EvidenceSources,
): Promise<Known<Measured>> {
  const metric = context.model?.metrics.get(id);
  if (metric === undefined) return unknown(`the lake has no business metric ${id}`);
  const days = windowDays(window, now);
  const points = await metric.read(startOf(days.start), startOf(days.end));
  const last = points.at(-1);
  if (last === undefined)
    return unknown(`${id} has no values from ${days.start} to ${addDays(days.end, -1)}`);
  // Values that are still to come would change a total, and an average that leaves them out is one of another time.
  if (last.time.slice(0, 10) < addDays(days.end, -2))
    return unknown(`${id} has values up to ${last.time.slice(0, 10)} only`);
  const total = sumDecimals(points.map(({ value }) => decimal(value)));
  const times = new Set(points.map(({ time }) => time)).size;
  const value = how === "total" ? total : divide(total, decimal(BigInt(times)), AVERAGE_SCALE);
  return known({
    value,
    unit: unitOf("", undefined, "USD"),
    window: days,
    from: `${points.length} values of ${id}`,
  });
}

const startOf = (of: Day): string => `${of} 00:00:00`;

async function measureResource(
  { metric, statistic, resource, window }: Of<"resource">,
  { metrics, now }: EvidenceSources,
): Promise<Known<Measured>> {
  if (metrics === undefined) return unknown("no metrics of resources are kept here");
  const days = windowDays(window, now);
  const asked = { metric, statistic };
  const options = {
    window: { start: `${days.start}T00:00:00Z` as Instant, end: `${days.end}T00:00:00Z` as Instant },
    resources: [{ id: resource, aliases: [] }],
  };
  const [answer] = await metrics.summaries([asked], options);
  if (answer === undefined)
    return unknown(`there is no ${statistic} of ${metric} of ${resource} in that time`);
  if (answer.found.status === "unknown") return answer.found;
  const summary = answer.found.value;
  const value = tryDecimal(String(OF_SUMMARY[statistic](summary)));
  if (value === undefined) return unknown(`the ${statistic} of ${metric} is no number`);
  const { unit } = RESOURCE_METRICS[metric];
  const from = `${summary.samples} of ${summary.expected} intervals of ${summary.intervalSeconds} s; ${HOW[statistic] ?? `their ${statistic}`}`;
  return known({ value, unit: UNITS[unit] ?? unitOf("", undefined, "USD"), window: days, from });
}

/** What one number says of a window whose intervals have one each. */
const OF_SUMMARY: Readonly<Record<Statistic, (summary: MetricSummary) => number>> = {
  sum: ({ sum }) => sum,
  mean: ({ mean }) => mean,
  min: ({ min }) => min,
  max: ({ max }) => max,
  // An interval's percentile is no part of the window's: what 95 % of the intervals keep is the honest reading.
  p50: ({ p95 }) => p95,
  p90: ({ p95 }) => p95,
  p95: ({ p95 }) => p95,
  p99: ({ p99 }) => p99,
};
const HOW: Readonly<Partial<Record<Statistic, string>>> = {
  p50: "95 % of them have a median no higher",
  p90: "95 % of them have a P90 no higher",
  p95: "95 % of them have a P95 no higher",
  p99: "99 % of them have a P99 no higher",
};

const UNITS: Readonly<Record<string, Unit>> = {
  ms: unitOf("ms", undefined, "USD"),
  s: unitOf("s", undefined, "USD"),
};

function countSignOffs(title: string, { signOffs }: EvidenceSources): Known<Measured> {
  const count = signOffs.filter((own) => own === title).length;
  return known({
    value: decimal(BigInt(count)),
    unit: unitOf("", undefined, "USD"),
    from: `sign-offs of the programme titled ${title}`,
  });
}
