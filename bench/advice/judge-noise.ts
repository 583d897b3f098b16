import { type Assessment, assess } from "../../packages/platform/src/ledger/verify/assess.ts";
import { assessSequentially } from "../../packages/platform/src/ledger/verify/assess-sequentially.ts";
import {
  assessSettings,
  studyWindow,
  WARM_UP_DAYS,
  WINDOW_DAYS,
} from "../../packages/platform/src/ledger/verify/study-change.ts";
import {
  DAY_MS,
  HOUR_MS,
  type TimeSeries,
  toSteps,
} from "../../packages/platform/src/ledger/verify/time-series.ts";
import type { Case } from "./tally.ts";
import type { NoiseSeries } from "./vm-noise.ts";

/** The change that is injected, upwards and downwards. */
const INJECTED = 0.03;

export interface Judged {
  readonly cases: readonly Case[];
  /** Dates on which the product says that it can't judge, for too little was measured in the window. */
  readonly unmeasured: number;
  /** Dates on which it says so because the time before is too short. */
  readonly tooShort: number;
}

export const shareFound = (isFound: (injected: number) => boolean): number =>
  [INJECTED, -INJECTED].filter(isFound).length / 2;

/** Dates one window apart, each judged as if the change had been then. Nothing at a date knows what came later. */
const datesOf = (series: TimeSeries, horizon: number): readonly number[] => {
  const first = Math.round((WARM_UP_DAYS * DAY_MS) / series.stepMs);
  const count = Math.max(0, Math.floor((series.values.length - first) / horizon));
  return Array.from({ length: count }, (_, index) => first + index * horizon);
};

/** The origins of one pass over the series are those of a pass up to each date: a test of the product holds it to that. */
const studyAll = (series: TimeSeries, horizon: number, looks: boolean) =>
  studyWindow({ series, controls: [], change: series.values.length - horizon }, horizon, looks).trials;

const collect = (judgements: readonly (Case | "unmeasured" | "too-short")[]): Judged => ({
  cases: judgements.filter((one) => typeof one !== "string"),
  unmeasured: judgements.filter((one) => one === "unmeasured").length,
  tooShort: judgements.filter((one) => one === "too-short").length,
});

const whyNot = (reason: string) =>
  reason.startsWith("too little") ? ("unmeasured" as const) : ("too-short" as const);

const judgementOf = (
  series: Pick<Case, "cluster" | "half">,
  found: Assessment,
): Case | "unmeasured" | "too-short" => {
  if (found.kind === "abstained") return whyNot(found.reason);
  const { effect, halfWidth, p, detectable } = found;
  return {
    ...{ ...series, isWrong: p <= 0.05, isAdmissible: detectable <= INJECTED },
    found: shareFound((injected) => isFound({ effect, halfWidth }, injected)),
  };
};

/** Would as much more have been found, and with its sign? */
export const isFound = (
  { effect, halfWidth }: { readonly effect: number; readonly halfWidth: number },
  injected: number,
): boolean => {
  const shown = (1 + effect) * (1 + injected) - 1;
  return Math.abs(shown) > halfWidth && Math.sign(shown) === Math.sign(injected);
};

/** Windows of more than a day overlap: so many passes over a series, each beginning as many days later, judge more of its dates. */
const PASSES = 7;

/** Verification of daily means over windows of so many days. */
export const judgeDaily = (all: readonly NoiseSeries[], horizon: number): Judged => {
  const settings = assessSettings(DAY_MS, horizon);
  const starts = Array.from({ length: Math.min(PASSES, horizon) }, (_, pass) =>
    Math.round((pass * horizon) / Math.min(PASSES, horizon)),
  );
  return collect(
    all.flatMap(({ cluster, half, points }) => {
      const days = toSteps(points, DAY_MS);
      return starts.flatMap((start) => {
        const series = { ...days, startMs: days.startMs + start * DAY_MS, values: days.values.slice(start) };
        const trials = studyAll(series, horizon, false);
        return datesOf(series, horizon).map((date) =>
          judgementOf({ cluster, half }, assess(trials, date, settings)),
        );
      });
    }),
  );
};

/**
 * Verification as the command does it when a change is four weeks old: over the longest window that the time before can
 * calibrate. A date every day.
 */
export const judgeAsChosen = (all: readonly NoiseSeries[]): Judged =>
  collect(
    all.flatMap(({ cluster, half, points }) => {
      const days = toSteps(points, DAY_MS);
      const studies = WINDOW_DAYS.map((horizon) => ({
        settings: assessSettings(DAY_MS, horizon),
        trials: studyAll(days, horizon, false),
      }));
      const dates = Math.max(0, days.values.length - WINDOW_DAYS[0] - WARM_UP_DAYS);
      return Array.from({ length: dates }, (_, index) => {
        let last: Assessment | undefined;
        for (const { trials, settings } of studies) {
          last = assess(trials, WARM_UP_DAYS + index, settings);
          if (last.kind === "assessed") break;
        }
        return judgementOf({ cluster, half }, last as Assessment);
      });
    }),
  );

/** The watch of a running change, looked at after every hour with a measurement. */
export const judgeHourly = (all: readonly NoiseSeries[], horizon: number): Judged =>
  collect(
    all.flatMap(({ cluster, half, points }) => {
      const hours = toSteps(points, HOUR_MS);
      const settings = assessSettings(HOUR_MS, horizon);
      // Placebo dates and dates are both whole strides after the first.
      const spare = (hours.values.length - horizon - WARM_UP_DAYS * 24) % settings.stride;
      const series = { ...hours, values: hours.values.slice(0, hours.values.length - Math.max(0, spare)) };
      const trials = studyAll(series, horizon, true);
      return datesOf(series, horizon).map((date) => {
        const found = assessSequentially(trials, date, settings);
        if (found.kind === "abstained") return whyNot(found.reason);
        const { looks, firstFound, detectable } = found;
        return {
          ...{ cluster, half, isWrong: firstFound !== null, isAdmissible: detectable <= INJECTED },
          found: shareFound((injected) => {
            const shown = (effect: number) => (1 + effect) * (1 + injected) - 1;
            const first = looks.find(({ effect, halfWidth }) => Math.abs(shown(effect)) > halfWidth);
            return first !== undefined && Math.sign(shown(first.effect)) === Math.sign(injected);
          }),
        };
      });
    }),
  );

/** What most dashboards do: the mean of the days after against that of as many before, by Welch's test. */
export const judgeNaively = (all: readonly NoiseSeries[], days: number): readonly Case[] =>
  all.flatMap(({ cluster, half, points }) => {
    const start = points[0]?.atMs ?? 0;
    const end = points.at(-1)?.atMs ?? 0;
    const cases: Case[] = [];
    for (let at = start + days * DAY_MS; at + days * DAY_MS <= end; at += days * DAY_MS) {
      const within = (from: number) =>
        points.filter(({ atMs }) => atMs >= from && atMs < from + days * DAY_MS);
      const [before, after] = [within(at - days * DAY_MS), within(at)].map(summary) as [Summary, Summary];
      if (before.count < 10 || after.count < 10) continue;
      const error = Math.sqrt(before.variance / before.count + after.variance / after.count);
      const isWrong = Math.abs(after.mean - before.mean) > 1.96 * error;
      cases.push({ cluster, half, isWrong, found: 0, isAdmissible: true });
    }
    return cases;
  });

interface Summary {
  readonly count: number;
  readonly mean: number;
  readonly variance: number;
}

const summary = (points: readonly { readonly value: number }[]): Summary => {
  const count = points.length;
  const mean = points.reduce((sum, { value }) => sum + value, 0) / count;
  const variance = points.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / Math.max(1, count - 1);
  return { count, mean, variance };
};
