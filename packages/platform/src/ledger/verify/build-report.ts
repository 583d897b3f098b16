import {
  addDays,
  type Day,
  type Decimal,
  decimal,
  divide,
  type Estimate,
  formatDecimal,
  HOURS_PER_MONTH,
  multiply,
} from "@trimtab/domain";
import type { Assessment } from "./assess.ts";
import type { Control } from "./control-series.ts";
import { invoiceLines, savedByMonth } from "./invoices.ts";
import { plotData } from "./plot-data.ts";
import { type RealisedSaving, realisedSaving } from "./realised-saving.ts";
import type { Effects, SplitChange } from "./split-change.ts";
import type { Provable, StudiedChange } from "./study-change.ts";
import { type Findings, verdictOf } from "./verdict.ts";
import { figure, type VerificationReport } from "./verification-report.ts";
import type { VerifiedBill, VerifyRequest } from "./verify-change.ts";
import type { MetricFinding } from "./watched-metrics.ts";

export interface ReportParts {
  readonly request: VerifyRequest;
  readonly bill: VerifiedBill;
  readonly controls: readonly Control[];
  readonly studied: StudiedChange | undefined;
  readonly split: SplitChange | undefined;
  readonly provable: readonly Provable[];
  readonly metrics: readonly MetricFinding[];
}

type Assessed = Extract<Assessment, { kind: "assessed" }>;

interface Told {
  readonly assessed: Assessed;
  readonly studied: StudiedChange;
  readonly split: SplitChange;
  readonly realised: RealisedSaving;
}

const toldOf = ({ studied, split }: ReportParts): Told | undefined => {
  if (studied === undefined || split === undefined || studied.assessment.kind === "abstained")
    return undefined;
  const { assessment } = studied;
  return { assessed: assessment, studied, split, realised: realisedSaving(assessment, studied.study, split) };
};

const rangeText = ({ low, mid, high }: Pick<Estimate, "low" | "mid" | "high">) => ({
  low: formatDecimal(low),
  mid: formatDecimal(mid),
  high: formatDecimal(high),
});

const aMonth = (amount: Decimal, days: number): Decimal =>
  divide(multiply(amount, decimal(HOURS_PER_MONTH)), decimal(BigInt(days * 24)), 6);

const effectTexts = (effects: Effects): { readonly [K in keyof Effects]: string } =>
  Object.fromEntries(Object.entries(effects).map(([id, amount]) => [id, formatDecimal(amount)])) as {
    readonly [K in keyof Effects]: string;
  };

const splitText = ({ before, after, change, effects }: SplitChange) => ({
  before: formatDecimal(before),
  after: formatDecimal(after),
  change: formatDecimal(change),
  effects: effectTexts(effects),
});

const pendingReasons = ({ bill }: ReportParts, end: Day): readonly string[] => {
  const open = bill.charged.result.periods
    .filter(
      ({ status, billingPeriod }) =>
        status === "open" && billingPeriod < end && billingPeriod >= monthStart(bill.changeDay),
    )
    .map(({ billingPeriod }) => billingPeriod.slice(0, 7));
  const months = [...new Set(open)].toSorted();
  return months.length === 0
    ? []
    : [`The bill of ${months.join(", ")} is not closed yet: its amounts may still change.`];
};

const monthStart = (day: Day): string => `${day.slice(0, 7)}-01`;

const statisticsOf = ({ assessed }: Told): VerificationReport["statistics"] => ({
  effect: figure(assessed.effect),
  p: figure(assessed.p),
  halfWidth: figure(assessed.halfWidth),
  detectable: figure(assessed.detectable),
  method: assessed.trial.forecaster.method,
  prePeriodError: assessed.trial.chosenBy === null ? null : figure(assessed.trial.chosenBy),
  placebos: assessed.placebo.errors.map(figure),
  effectivePlacebos: figure(assessed.placebo.effective),
});

const plotOf = ({ assessed, studied }: Told, start: Day): VerificationReport["plot"] => {
  const shown = (value: number | null) => (value === null ? null : figure(value));
  return plotData(studied.study, assessed.trial.origin, assessed).map((point) => ({
    day: addDays(start, point.step),
    actual: shown(point.actual),
    counterfactual: shown(point.counterfactual),
    low: shown(point.low),
    high: shown(point.high),
  }));
};

const invoicesOf = ({ bill }: ReportParts, told: Told | undefined): VerificationReport["invoices"] => {
  const { invoiced, changeDay, start, series } = bill;
  const savedIn =
    told === undefined
      ? () => null
      : savedByMonth({
          assessed: told.assessed,
          seriesStart: start,
          horizon: told.studied.study.horizon,
          actual: series.values,
          total: told.realised.saving,
        });
  const { reference, lines } = invoiceLines(
    { cells: invoiced.cells, periods: invoiced.result.periods, changeDay },
    savedIn,
  );
  return {
    reference,
    lines: lines.map((line) => ({
      billingPeriod: line.billingPeriod,
      status: line.status,
      ...splitText(line),
      saved: line.saved === null ? null : rangeText(line.saved),
    })),
  };
};

const notesOf = ({ bill, controls, request: { ignored = [] } }: ReportParts): string[] => [
  ...bill.charged.result.notes,
  ...(bill.charged.standsIn ? ["Where the effective cost is unknown the billed cost stands in for it."] : []),
  ...(bill.charged.cells.some(({ kind, quantity }) => kind === "usage" && quantity === null)
    ? [
        "Some use has no quantity on the bill: its cost counts as it is, so a change of its price counts as use.",
      ]
    : []),
  ...ignored.map(({ start, end }) => `Days from ${start} to before ${end} were left out of the time before.`),
  ...(controls.length > 0
    ? ["Controls are taken to be untouched: work that moved to one of them would look like a saving."]
    : []),
];

const findingsOf = (parts: ReportParts, told: Told | undefined): Findings => {
  const { studied, metrics, bill } = parts;
  const end = told === undefined ? bill.end : addDays(bill.changeDay, told.studied.study.horizon);
  const reason =
    studied?.assessment.kind === "abstained"
      ? studied.assessment.reason
      : "no whole day after the change is billed yet";
  return {
    saving:
      told === undefined
        ? { kind: "abstained", reason }
        : { kind: "told", realised: told.realised, p: told.assessed.p, detectable: told.assessed.detectable },
    metrics,
    pending: pendingReasons(parts, end),
  };
};

/** Puts what was found into one report. */
export const buildReport = (parts: ReportParts): VerificationReport => {
  const { request, bill, controls, metrics } = parts;
  const told = toldOf(parts);
  const { verdict, reasons } = verdictOf(findingsOf(parts, told));
  const days = told?.studied.study.horizon ?? 0;
  const saving = told?.realised.saving;
  return {
    apiVersion: 1,
    verdict,
    reasons: [...reasons],
    where: request.where,
    changedAt: request.changedAt,
    basis: request.basis,
    currency: bill.charged.currency,
    lakeVersion: bill.charged.result.lakeVersion,
    completeTo: bill.charged.result.completeTo,
    window: told === undefined ? null : { start: bill.changeDay, end: addDays(bill.changeDay, days), days },
    saving: saving === undefined ? null : rangeText(saving),
    savingPerMonth:
      saving === undefined
        ? null
        : rangeText({
            low: aMonth(saving.low, days),
            mid: aMonth(saving.mid, days),
            high: aMonth(saving.high, days),
          }),
    bill:
      told === undefined
        ? null
        : {
            ...splitText(told.split),
            counterfactual: formatDecimal(told.realised.counterfactual),
            actual: formatDecimal(told.realised.actual),
            drift: formatDecimal(told.realised.drift),
          },
    provable: parts.provable.map(({ horizon, change }) => ({ days: horizon, change: figure(change) })),
    statistics: told === undefined ? null : statisticsOf(told),
    controls: controls.map(({ name }) => name),
    metrics: metrics.map(metricOf),
    plot: told === undefined ? [] : plotOf(told, bill.start),
    invoices: invoicesOf(parts, told),
    notes: notesOf(parts),
  };
};

const metricOf = ({ result, reason, ...rest }: MetricFinding): VerificationReport["metrics"][number] => {
  if (result === undefined)
    return { ...rest, labels: { ...rest.labels }, ...(reason === undefined ? {} : { reason }) };
  const { verdict: _verdict, method, placebos, ...numbers } = result;
  const figures = Object.fromEntries(
    Object.entries(numbers).map(([name, value]) => [name, figure(value)]),
  ) as typeof numbers;
  return { ...rest, labels: { ...rest.labels }, result: { ...figures, method, placebos } };
};
