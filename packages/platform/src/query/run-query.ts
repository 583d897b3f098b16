import { isZero } from "@trimtab/domain";
import { lateConditionHolds } from "./allocation/late-filter.ts";
import { splitShared, type WeightsOf } from "./allocation/split.ts";
import { weightMeasures, weightsFrom } from "./allocation/weights.ts";
import { canonicalFilter, canonicalRequest } from "./canonical.ts";
import { checkPatterns, isRefusal } from "./check-patterns.ts";
import { compileQuery } from "./compile.ts";
import { leavesTotals } from "./compile-cut.ts";
import type { EngineSnapshot, QueryEngine } from "./engines/engine.ts";
import { convertGroups } from "./finish/convert.ts";
import { cutTop } from "./finish/cut.ts";
import { emptyResult } from "./finish/empty-result.ts";
import { decodeGroups, type Group, type Groups, partValues, regroup, withTotals } from "./finish/groups.ts";
import { answerNotes, leftOutNote } from "./finish/notes.ts";
import { type FinishedGroups, resultOf } from "./finish/result.ts";
import { type MetricSeries, readSeries } from "./metrics/metric-values.ts";
import { isAllocating, type VirtualDimension } from "./model/dimensions.ts";
import { BASE_MODEL } from "./model/model.ts";
import { requireTimeZone, wholeMonths } from "./periods.ts";
import { planQuery, type QueryPlan } from "./plan.ts";
import type { Rate } from "./rates.ts";
import type { Filter, FullRequest, QueryContext, QueryRequest, QueryResult } from "./types.ts";
import { visibleSnapshot } from "./visible-snapshot.ts";

/**
 * Answers a question over one version of the lake. Amounts are exact decimal strings; what the bill does not tell is
 * reported as unknown, never as zero. Cancelled by `context.signal`.
 * @throws QUERY_* for a question that can't be asked, RATES_MISSING, METRIC_UNKNOWN, LAKE_VERSION_UNKNOWN,
 *   LAKE_CANCELLED, LAKE_QUERY_FAILED
 */
export const runQuery = async (
  engine: QueryEngine,
  request: QueryRequest,
  context: QueryContext,
): Promise<QueryResult> => {
  const model = context.model ?? BASE_MODEL;
  const full = canonicalRequest(request, model);
  requireTimeZone(context.timeZone);
  const scope = context.scope === "unrestricted" ? context.scope : canonicalFilter(context.scope, model);
  const run: Run = {
    engine,
    snapshot: await visibleSnapshot(engine, { ...context, scope }),
    context: { ...context, scope },
  };
  const fetched = await fetchGroups(run, full);
  if (fetched.plan.loads.length === 0) return emptyResult(fetched.plan);
  const finished = await finishGroups(run, fetched);
  const series = await readAllSeries(fetched.plan);
  return resultOf(fetched.plan, finished, series, run.context);
};

interface Run {
  readonly engine: QueryEngine;
  readonly snapshot: EngineSnapshot;
  readonly context: QueryContext;
}

interface Fetched {
  readonly plan: QueryPlan;
  readonly groups: Groups;
}

/** From the rollups where they can answer; from the charges where a rollup row turns out to mix known and unknown. */
const fetchGroups = async (run: Run, request: FullRequest): Promise<Fetched> => {
  const plan = planQuery(run.snapshot, request, run.context, { rollups: true });
  const groups = await runPlan(run, plan);
  const isDaily = plan.segments.some(({ table }) => table === "daily");
  if (!isDaily || !groups.totals.some((group) => isMixed(plan, group))) return { plan, groups };
  const exact = planQuery(run.snapshot, request, run.context, { rollups: false });
  return { plan: exact, groups: await runPlan(run, exact) };
};

const runPlan = async ({ engine, context }: Run, plan: QueryPlan): Promise<Groups> => {
  if (plan.segments.length === 0) return { rows: [], rest: [], totals: [], count: 0 };
  const { signal } = context;
  try {
    const isSmall = readsRollupsAlone(plan);
    const groups = decodeGroups(plan, await engine.run(compileQuery(plan, engine), { signal, isSmall }));
    return leavesTotals(plan, engine.dialect) ? withTotals(plan, groups) : groups;
  } catch (error) {
    if (!signal.aborted && isRefusal(error))
      await checkPatterns(engine, [plan.where, plan.scope, ...ruleFilters(plan)], signal);
    throw error;
  }
};

const readsRollupsAlone = ({ segments }: QueryPlan): boolean =>
  segments.every(({ table }) => table === "daily");

const ruleFilters = ({ model }: QueryPlan): readonly (Filter | undefined)[] =>
  [...model.virtual.values()].flatMap(({ rules }) => rules.map(({ where }) => where));

const isMixed = (plan: QueryPlan, { current, previous }: Group): boolean =>
  [current, previous ?? []].some((cells) => {
    const mixed = partValues(plan.parts, cells).decimal("mixed");
    return mixed !== null && !isZero(mixed);
  });

/** Converts, splits shared costs, tests late conditions and cuts, in this order: each needs the one before. */
const finishGroups = async (run: Run, { plan, groups }: Fetched): Promise<FinishedGroups> => {
  const notes: string[] = [];
  const rows = convertGroups(plan, groups.rows);
  const totals = convertGroups(plan, groups.totals);
  const split = await splitAll(run, plan, rows.groups, notes);
  const kept = plan.late.length === 0 ? split : split.filter((group) => passesLate(plan, group));
  const shown = foldHidden(plan, kept);
  const { top } = plan.request;
  const cut =
    top === undefined || plan.cutsInSql ? { rows: shown, rest: groups.rest } : cutTop(plan, shown, top);
  const finalTotals = plan.late.length === 0 ? totals.groups : foldAll(plan, kept);
  notes.push(...answerNotes(plan, cut.rows, finalTotals, run.context));
  if (plan.currency.left.length > 0) notes.push(...(await leftOut(run, plan)));
  return {
    ...cut,
    totals: finalTotals,
    count: plan.cutsInSql ? groups.count : undefined,
    rates: uniqueRates([...rows.used, ...totals.used]),
    notes,
  };
};

/** By currency and date: groups come in whatever order an engine gives them. */
const uniqueRates = (rates: readonly Rate[]): readonly Rate[] => {
  const keyOf = ({ from, date }: Rate) => `${from} ${date}`;
  return [...new Set(rates)].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
};

const splitAll = async (
  run: Run,
  plan: QueryPlan,
  groups: readonly Group[],
  notes: string[],
): Promise<readonly Group[]> => {
  let current = groups;
  for (const key of plan.keys) {
    if (key.role !== "dimension" || !isAllocating(key.dimension)) continue;
    const weights = await directWeights(run, plan, key.dimension);
    const { groups: spread, unborne } = splitShared(plan, key.dimension, current, weights);
    current = spread;
    for (const name of unborne) {
      notes.push(
        `Shared cost ${name} had nobody to bear it in part of the time; it stays ${key.dimension.otherwise}.`,
      );
    }
  }
  return current;
};

/** What each value costs directly in whole months, over all that may be seen: neither filter nor grain change who bears what. */
const directWeights = async (run: Run, plan: QueryPlan, dimension: VirtualDimension): Promise<WeightsOf> => {
  const request: FullRequest = {
    measures: [...weightMeasures(dimension)],
    by: [dimension.name],
    orderBy: [],
    timeAxis: plan.request.timeAxis,
    grain: "month",
    period: wholeMonths({ start: (plan.comparison?.previous ?? plan.range).start, end: plan.range.end }),
  };
  const fetched = await fetchGroups(run, request);
  return weightsFrom(dimension, fetched.plan, convertGroups(fetched.plan, fetched.groups.rows).groups);
};

const passesLate = (plan: QueryPlan, group: Group): boolean =>
  plan.late.every((condition) => {
    const at = plan.keys.findIndex(
      (key) => key.role === "dimension" && key.dimension.name === condition.dimension,
    );
    return lateConditionHolds(condition, group.keys[at] ?? null);
  });

/** Without the keys that were only needed on the way. */
const foldHidden = (plan: QueryPlan, groups: readonly Group[]): readonly Group[] => {
  const isHidden = plan.keys.map(
    (key) => key.role === "pool" || key.role === "split-month" || (key.role === "dimension" && !key.shown),
  );
  if (!isHidden.includes(true)) return groups;
  return regroup(groups, plan.parts, ({ keys }) => keys.map((key, index) => (isHidden[index] ? null : key)));
};

const foldAll = (plan: QueryPlan, groups: readonly Group[]): readonly Group[] =>
  regroup(groups, plan.parts, ({ keys }) =>
    keys.map((key, index) => (plan.keys[index]?.role === "currency" ? key : null)),
  );

/** What rows in currencies that the answer does not show sum to, within the scope and the filter. */
const leftOut = async (run: Run, plan: QueryPlan): Promise<readonly string[]> => {
  const { measures, where, period, timeAxis } = plan.request;
  const other = { dimension: "BillingCurrency", op: "!=", value: plan.currency.only ?? "" } as const;
  const request: FullRequest = {
    measures: [...new Set([...measures, "rows"])],
    by: [],
    orderBy: [],
    timeAxis,
    period,
    where: where === undefined ? other : { and: [where, other] },
  };
  const context: QueryContext = { ...run.context, currency: "each", rates: undefined };
  const result = await runQuery(run.engine, request, { ...context, lakeVersion: run.snapshot.version });
  return leftOutNote(result, plan);
};

const readAllSeries = async (plan: QueryPlan): Promise<ReadonlyMap<string, MetricSeries>> => {
  const series = new Map<string, MetricSeries>();
  for (const { metric: id } of plan.measures) {
    const metric = id === undefined ? undefined : plan.model.metrics.get(id);
    if (metric !== undefined) series.set(metric.id, await readSeries(plan, metric));
  }
  return series;
};
