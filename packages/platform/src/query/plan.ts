import type { Instant } from "@trimtab/domain";
import type { LoadEntry } from "../lake/manifest.ts";
import type { QueryExpr } from "../sql/expr.ts";
import { splitAllocated } from "./allocation/allocated-filter.ts";
import { type Coverage, coverageOf, loadsIn } from "./coverage.ts";
import { type CurrencyPlan, currencyPlanOf } from "./currencies.ts";
import type { EngineSnapshot } from "./engines/engine.ts";
import { leavesNeeded } from "./leaves.ts";
import { type Dimension, isAllocating, type Leaf, type VirtualDimension } from "./model/dimensions.ts";
import type { Measure } from "./model/measures.ts";
import { BASE_MODEL, dimensionOf, resolveMeasure, type SemanticModel } from "./model/model.ts";
import { type Part, type PartId, partOf } from "./model/parts.ts";
import { type Order, orderOf } from "./order.ts";
import { type Comparison, comparisonOf, isWholeDays, resolvePeriod, type TimeRange } from "./periods.ts";
import { type Segment, segmentsOf } from "./segments.ts";
import type { Bucketing } from "./time-buckets.ts";
import type { Condition, Filter, FullRequest, QueryContext } from "./types.ts";

/** One GROUP BY column. Only `time` and `dimension` are shown; the others are folded away afterwards. */
export type Key =
  | { readonly role: "time"; readonly bucketing: Bucketing }
  | { readonly role: "dimension"; readonly dimension: Dimension; readonly shown: boolean }
  | { readonly role: "pool"; readonly dimension: VirtualDimension }
  /** Shared costs are split month by month, whatever the grain that is shown. */
  | { readonly role: "split-month" }
  | { readonly role: "currency" }
  | { readonly role: "rate" };

/** Totals are per currency and stretch of one rate, as those are added up only after conversion. */
export const isKeptInTotals = ({ role }: Key): boolean => role === "currency" || role === "rate";

/** All that is decided before SQL is written. */
export interface QueryPlan {
  readonly request: FullRequest;
  readonly model: SemanticModel;
  readonly snapshot: EngineSnapshot;
  readonly loads: readonly LoadEntry[];
  readonly segments: readonly Segment[];
  readonly measures: readonly Measure[];
  readonly parts: readonly Part[];
  readonly keys: readonly Key[];
  readonly range: TimeRange;
  readonly comparison: Comparison | undefined;
  /** The request's filter without the conditions in `late`. */
  readonly where: Filter | undefined;
  /** Conditions on dimensions that share costs out; they hold after the split. */
  readonly late: readonly Condition[];
  readonly scope: Filter | undefined;
  readonly currency: CurrencyPlan;
  readonly order: readonly Order[];
  /** May SQL cut (`top`, `limit`)? If not, all groups are fetched and cut here. */
  readonly cutsInSql: boolean;
  readonly coverage: Coverage;
}

export interface PlanOptions {
  /** False: answer from charges even where rollups exist. */
  readonly rollups: boolean;
}

export const planQuery = (
  snapshot: EngineSnapshot,
  request: FullRequest,
  context: QueryContext,
  { rollups }: PlanOptions,
): QueryPlan => {
  const model = context.model ?? BASE_MODEL;
  const all = snapshot.manifest.loads;
  const range = resolvePeriod(request, context.timeZone);
  const coverageOfAll = coverageOf(all, [], context.now);
  const comparison = comparisonOf(request, range, coverageOfAll.completeTo);
  const ranges = comparison === undefined ? [range] : [comparison.current, comparison.previous];
  const loads = loadsIn(all, ranges, request.timeAxis);
  const { where, late } = splitAllocated(request.where, model);
  const scope = context.scope === "unrestricted" ? undefined : context.scope;
  const measures = request.measures.map((name) => resolveMeasure(name, model));
  const needed = partsOf(measures);
  const currency = currencyPlanOf(loads, context, ranges);
  const keys = keysOf(request, model, late, currency);
  const order = orderOf(request, measures);
  const segments = segmentsOf(loads, {
    leaves: leavesOf({ keys, filters: [where, scope], parts: needed, model, currency }),
    daily:
      rollups &&
      request.grain !== "hour" &&
      ranges.every(isWholeDays) &&
      needed.every(({ daily }) => daily !== undefined),
  });
  // Only a rollup can mix what is known with what is not.
  const parts = segments.some(({ table }) => table === "daily")
    ? needed
    : needed.filter(({ id }) => id !== "mixed");
  return {
    request,
    model,
    snapshot,
    loads,
    measures,
    parts,
    keys,
    range: comparison?.current ?? range,
    comparison,
    where,
    late,
    scope,
    currency,
    order,
    cutsInSql: !keys.some(isFolded) && late.length === 0 && order.every(({ inSql }) => inSql),
    coverage: coverageFor(scope, coverageOf(all, loads, context.now)),
    segments,
  };
};

/** Who may not see all charges is not told which exports there are either. */
const coverageFor = (scope: Filter | undefined, coverage: Coverage): Coverage => {
  if (scope === undefined) return coverage;
  const periods = coverage.periods.map((period) => ({ ...period, instance: "" }));
  const distinct = new Map(periods.map((period) => [`${period.billingPeriod} ${period.status}`, period]));
  return { ...coverage, periods: [...distinct.values()], notes: [] };
};

/** Groups with such a key change shape after SQL, so that only here can the largest be chosen. */
const isFolded = (key: Key): boolean =>
  key.role === "pool" ||
  key.role === "split-month" ||
  key.role === "currency" ||
  key.role === "rate" ||
  (key.role === "dimension" && (!key.shown || key.dimension.kind === "virtual"));

const partsOf = (measures: readonly Measure[]): readonly Part[] => {
  const ids = new Set<PartId>([
    "rows",
    ...measures.flatMap(({ parts, rank }) => (rank ? [...parts, rank] : parts)),
  ]);
  return [...ids].map(partOf);
};

const keysOf = (
  request: FullRequest,
  model: SemanticModel,
  late: readonly Condition[],
  currency: CurrencyPlan,
): readonly Key[] => {
  const shown = request.by.map((name) => dimensionOf(name, model));
  const hidden = late
    .map(({ dimension }) => dimensionOf(dimension, model))
    .filter(({ name }) => !request.by.includes(name));
  const dimensions: Key[] = [
    ...shown.map((dimension) => ({ role: "dimension" as const, dimension, shown: true })),
    ...hidden.map((dimension) => ({ role: "dimension" as const, dimension, shown: false })),
  ];
  const pools = [...shown, ...hidden]
    .filter(isAllocating)
    .map((dimension) => ({ role: "pool" as const, dimension }));
  const { grain } = request;
  const fiscalYearStart = request.fiscalYearStart ?? model.fiscalYearStart;
  return [
    ...(grain === undefined ? [] : [{ role: "time" as const, bucketing: { grain, fiscalYearStart } }]),
    ...dimensions,
    ...pools,
    ...(pools.length > 0 ? [{ role: "split-month" as const }] : []),
    ...(currency.keyed ? [{ role: "currency" as const }] : []),
    ...(currency.rateDays.length > 0 ? [{ role: "rate" as const }] : []),
  ];
};

interface LeafNeeds {
  readonly keys: readonly Key[];
  readonly filters: readonly (Filter | undefined)[];
  readonly parts: readonly Part[];
  readonly model: SemanticModel;
  readonly currency: CurrencyPlan;
}

const leavesOf = ({ keys, filters, parts, model, currency }: LeafNeeds): readonly Leaf[] =>
  leavesNeeded(
    {
      dimensions: keys.flatMap((key) => (key.role === "dimension" ? [key.dimension] : [])),
      filters: filters.filter((filter) => filter !== undefined),
      columns: [
        ...parts.flatMap(({ reads = [] }) => reads),
        ...(currency.keyed || currency.only !== undefined ? ["BillingCurrency"] : []),
      ],
    },
    model,
  );

/** Newest moment the answer is complete to, within its period. */
export const completeWithin = (completeTo: Instant | null, { end }: TimeRange): Instant | null =>
  completeTo === null || end === null || completeTo < end ? completeTo : end;

export type TimeExpr = QueryExpr<"timestamp"> | QueryExpr<"date">;
