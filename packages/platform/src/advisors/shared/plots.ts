import {
  type Evidence,
  type Instant,
  instantOf,
  type MetricSummary,
  RESOURCE_METRICS,
} from "@trimtab/domain";

type Mark = Evidence["marks"][number];

/** What a summary rests on; the house fetches its points for the plot. */
export function summaryPlot(about: string, summary: MetricSummary, marks: readonly Mark[] = []): Evidence {
  const { metric, statistic, start, end, samples, expected } = summary;
  const { unit } = RESOURCE_METRICS[metric];
  return { about, metric, statistic, unit, start, end, samples, expected, points: [], marks };
}

/** What the resource cost, day by day; the house fetches the points. */
export function costPlot(about: string, start: Instant, end: Instant): Evidence {
  const days = Math.round((Date.parse(end) - Date.parse(start)) / 86_400_000);
  const unit = "currency";
  return {
    about,
    metric: "cost",
    statistic: "sum",
    unit,
    start,
    end,
    samples: days,
    expected: days,
    points: [],
    marks: [],
  };
}

/** So many days before a moment. */
export function daysBefore(now: Instant, days: number): Instant {
  return instantOf(new Date(Date.parse(now) - days * 86_400_000));
}

/** Whole days from a moment to another. */
export function daysFrom(start: Instant, end: Instant): number {
  return Math.floor((Date.parse(end) - Date.parse(start)) / 86_400_000);
}

/** How long points cover, and whether they are dense enough to conclude from. */
export function coverageProblem(
  { metric, start, end, samples, expected }: MetricSummary,
  { days, share }: { readonly days: number; readonly share: number },
): string | undefined {
  const covered = (Date.parse(end) - Date.parse(start)) / 86_400_000;
  if (covered < days) return `${metric} is known for ${covered.toFixed(1)} days, not ${days}`;
  if (samples < expected * share)
    return `${metric} has ${samples} of ${expected} points: too many are missing`;
  return undefined;
}
