import {
  addDays,
  type Day,
  dayOf,
  daysBetween,
  firstDayOf,
  type Instant,
  monthOf,
  type Period,
} from "@trimtab/domain";
import type { QueryEngine } from "../../query/engines/engine.ts";
import type { Filter, QueryContext } from "../../query/types.ts";
import { ledgerErrors } from "../errors.ts";
import { type BilledCells, type CostBasis, readBilledCells } from "./billed-cells.ts";
import { buildReport } from "./build-report.ts";
import { type Control, namedControls, untouchedControls } from "./control-series.ts";
import { frozenSeries } from "./frozen-series.ts";
import { splitChange } from "./split-change.ts";
import { type ChangeQuestion, provableChanges, studyChange, WINDOW_DAYS } from "./study-change.ts";
import type { TimeSeries } from "./time-series.ts";
import type { VerificationReport } from "./verification-report.ts";
import { type WatchedMetric, watchedMetric } from "./watched-metrics.ts";

export interface VerifyRequest {
  /** The charges of what was changed. */
  readonly where: Filter;
  /** The moment of the change; the day after it is the first that counts, unless it was midnight. */
  readonly changedAt: Instant;
  /** Charge days up to here, this one excluded; absent: as far as the bill is complete. */
  readonly until?: Day;
  readonly basis: CostBasis;
  /** Untouched parts of the bill; `auto`: the largest services by region that the filter leaves out. */
  readonly controls: "auto" | readonly { readonly name: string; readonly where: Filter }[];
  readonly metrics: readonly WatchedMetric[];
  /** Days before the change that say nothing about an ordinary day, such as a known incident's. */
  readonly ignored?: readonly Period[];
}

/** The first day that counts after a change. */
export const firstWholeDay = (moment: Instant): Day => {
  const day = dayOf(moment);
  return Date.parse(moment) === Date.parse(`${day}T00:00:00Z`) ? day : addDays(day, 1);
};

/** All that is known of the bill before anything is judged. */
export interface VerifiedBill {
  readonly charged: BilledCells;
  readonly invoiced: BilledCells;
  readonly start: Day;
  readonly end: Day;
  readonly changeDay: Day;
  readonly series: TimeSeries;
}

const monthsOf = ({ result }: BilledCells): ReadonlySet<string> =>
  new Set(result.periods.map(({ billingPeriod }) => billingPeriod));

/** The bill is complete to a moment: the last whole day before it is the last that counts. */
const completeDay = ({ result }: BilledCells): Day | undefined =>
  result.completeTo === null ? undefined : dayOf(result.completeTo);

/** @throws VERIFY_IGNORED_AFTER_CHANGE */
const withoutIgnored = (
  series: TimeSeries,
  start: Day,
  changeDay: Day,
  ignored: readonly Period[],
): TimeSeries => {
  const late = ignored.find(({ end }) => end > changeDay);
  if (late !== undefined)
    throw ledgerErrors.create("VERIFY_IGNORED_AFTER_CHANGE", { ...late, change: changeDay });
  const isIgnored = (day: Day) => ignored.some((period) => day >= period.start && day < period.end);
  return {
    ...series,
    values: series.values.map((value, at) => (isIgnored(addDays(start, at)) ? null : value)),
  };
};

const readBill = async (
  engine: QueryEngine,
  { where, basis, until, changedAt, ignored = [] }: VerifyRequest,
  context: QueryContext,
): Promise<VerifiedBill> => {
  const latest = until ?? addDays(dayOf(context.now), 1);
  const question = { where, basis };
  const charged = await readBilledCells(engine, { ...question, axis: "charge", end: latest }, context);
  const changeDay = firstWholeDay(changedAt);
  const start = charged.cells
    .map(({ day }) => day)
    .reduce<Day | undefined>((a, b) => (a === undefined || b < a ? b : a), undefined);
  if (start === undefined || start >= changeDay)
    throw ledgerErrors.create("VERIFY_NOTHING_BILLED", { moment: changedAt });
  const complete = completeDay(charged) ?? latest;
  const end = complete < latest ? complete : latest;
  const invoiceEnd = firstDayOf(monthOf(addDays(firstDayOf(monthOf(latest)), 31)));
  const invoiced = await readBilledCells(
    engine,
    { ...question, axis: "invoice", start: firstDayOf(monthOf(start)), end: invoiceEnd },
    context,
  );
  const months = monthsOf(charged);
  const isMissing = (day: Day) => !months.has(firstDayOf(monthOf(day)));
  // Prices are frozen as they were in as many days before the change as there are after it, four weeks at most.
  const reference = Math.max(7, Math.min(28, daysBetween(changeDay, end)));
  const all = frozenSeries({
    cells: charged.cells,
    ...{ start, end, isMissing },
    reference: { start: addDays(changeDay, -reference), end: changeDay },
  });
  const series = withoutIgnored(all, start, changeDay, ignored);
  return { charged, invoiced, start, end, changeDay, series };
};

const controlsOf = (
  engine: QueryEngine,
  { where, controls, basis }: VerifyRequest,
  { start, end, changeDay, charged }: VerifiedBill,
  context: QueryContext,
): Promise<readonly Control[]> => {
  const months = monthsOf(charged);
  const isMissing = (day: Day) => !months.has(firstDayOf(monthOf(day)));
  const question = { basis, start, end, changeDay, isMissing };
  return controls === "auto"
    ? untouchedControls(engine, question, where, context)
    : namedControls(engine, question, controls, context);
};

const questionOf = (bill: VerifiedBill, controls: readonly Control[]): ChangeQuestion => ({
  series: bill.series,
  controls: controls.map(({ series }) => series),
  change: daysBetween(bill.start, bill.changeDay),
});

/** The bill of the window against as many days before it. */
const splitWindow = ({ charged, changeDay }: VerifiedBill, horizon: number) => {
  const end = addDays(changeDay, horizon);
  const start = addDays(changeDay, -horizon);
  const within = (from: Day, to: Day) => charged.cells.filter(({ day }) => day >= from && day < to);
  return splitChange(within(start, changeDay), within(changeDay, end), { before: horizon, after: horizon });
};

/**
 * Verifies one change on the bill and on metrics: what was saved, told from chance by placebo dates on the same series;
 * why the bill changed, exactly; and whether anything got worse.
 * @throws VERIFY_*, QUERY_*, LAKE_*
 */
export const verifyChange = async (
  engine: QueryEngine,
  request: VerifyRequest,
  context: QueryContext,
): Promise<VerificationReport> => {
  const { version } = await engine.snapshot(context.lakeVersion);
  const pinned = { ...context, lakeVersion: version };
  const bill = await readBill(engine, request, pinned);
  const controls = await controlsOf(engine, request, bill, pinned);
  const question = questionOf(bill, controls);
  const studied = bill.end > bill.changeDay ? studyChange(question, WINDOW_DAYS) : undefined;
  const provable = provableChanges(question, WINDOW_DAYS);
  const split = studied === undefined ? undefined : splitWindow(bill, studied.study.horizon);
  const metrics = request.metrics.map((metric) => watchedMetric(metric, Date.parse(request.changedAt)));
  return buildReport({ request, bill, controls, studied, split, provable, metrics });
};
