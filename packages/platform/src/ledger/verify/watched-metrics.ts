import type { MetricPoint } from "../../query/model/model.ts";
import { ledgerErrors } from "../errors.ts";
import { type EquivalenceResult, equivalence, type Margin } from "./equivalence.ts";
import { median } from "./order-statistics.ts";
import { type StudiedChange, studyChange, WINDOW_DAYS } from "./study-change.ts";
import { DAY_MS, HOUR_MS, stepAtOrAfter, type TimeSeries, toSteps } from "./time-series.ts";

/** A metric that must not get worse than a margin. */
export interface WatchedMetric {
  readonly id: string;
  /** Dimensions whose values choose one series of it. */
  readonly labels: Readonly<Record<string, string>>;
  readonly margin: Margin;
  readonly points: readonly MetricPoint[];
}

export interface MetricFinding {
  readonly id: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly margin: Margin;
  readonly verdict: EquivalenceResult["verdict"] | "abstained";
  readonly result?: EquivalenceResult & {
    readonly p: number;
    readonly detectable: number;
    readonly method: string;
    readonly windowHours: number;
    readonly placebos: number;
    readonly effectivePlacebos: number;
  };
  readonly reason?: string;
}

/** One value a moment: several would have to be folded by a rule that nobody gave. @throws VERIFY_METRIC_AMBIGUOUS */
const oneSeries = ({ id, labels, points }: WatchedMetric) => {
  const own = points.filter((point) =>
    Object.entries(labels).every(([name, value]) => point.labels[name] === value),
  );
  const seen = new Set<string>();
  return own.map(({ time, value }) => {
    if (seen.has(time)) throw ledgerErrors.create("VERIFY_METRIC_AMBIGUOUS", { metric: id, moment: time });
    seen.add(time);
    return { atMs: Date.parse(`${time.replace(" ", "T")}Z`), value: Number(value) };
  });
};

/** Hours where the metric comes by the hour or oftener, else days. */
const seriesOf = (metric: WatchedMetric): TimeSeries => {
  const points = oneSeries(metric).toSorted((a, b) => a.atMs - b.atMs);
  const gaps = points.slice(1).map(({ atMs }, index) => atMs - (points[index]?.atMs ?? 0));
  return toSteps(points, (median(gaps) ?? DAY_MS) <= HOUR_MS ? HOUR_MS : DAY_MS);
};

const findingOf = (
  metric: WatchedMetric,
  studied: StudiedChange | undefined,
  stepMs: number,
): MetricFinding => {
  const { id, labels, margin } = metric;
  const abstained = (reason: string): MetricFinding => ({ id, labels, margin, verdict: "abstained", reason });
  if (studied === undefined) return abstained("it was not measured for a whole day after the change");
  const { assessment, study } = studied;
  if (assessment.kind === "abstained") return abstained(assessment.reason);
  const { verdict, ...bounds } = equivalence(assessment, margin);
  return {
    ...{ id, labels, margin, verdict },
    result: {
      verdict,
      ...bounds,
      p: assessment.p,
      detectable: assessment.detectable,
      method: assessment.trial.forecaster.method,
      windowHours: (study.horizon * stepMs) / HOUR_MS,
      placebos: assessment.placebo.errors.length,
      effectivePlacebos: assessment.placebo.effective,
    },
  };
};

/** Was the metric kept within its margin after the change, proven by placebo dates on the same metric? */
export const watchedMetric = (metric: WatchedMetric, changedAtMs: number): MetricFinding => {
  const series = seriesOf(metric);
  const change = stepAtOrAfter(series, changedAtMs);
  const question = { series, controls: [], change, unit: metric.margin.kind };
  const horizons = WINDOW_DAYS.map((days) => (days * DAY_MS) / series.stepMs);
  return findingOf(metric, studyChange(question, horizons), series.stepMs);
};
