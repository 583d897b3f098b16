import type { Evidence, Instant, MetricSeriesPoints } from "@trimtab/domain";
import { RESOURCE_METRICS } from "@trimtab/domain";

const MOST_POINTS = 400;

/** A series with lines across it, thinned out by the highest of each stretch. */
export function plotOf(about: string, series: MetricSeriesPoints, marks: Evidence["marks"]): Evidence {
  const { metric, statistic, start, intervalSeconds, values } = series;
  const startMs = Date.parse(start);
  const instantAt = (at: number) =>
    new Date(startMs + at * intervalSeconds * 1000).toISOString().replace(".000Z", "Z") as Instant;
  const stride = Math.max(1, Math.ceil(values.length / MOST_POINTS));
  const points: [Instant, number][] = [];
  for (let at = 0; at < values.length; at += stride) {
    const known = values.slice(at, at + stride).filter((value) => value !== null);
    if (known.length > 0) points.push([instantAt(at), known.reduce((most, value) => Math.max(most, value))]);
  }
  return {
    about,
    metric,
    statistic,
    unit: RESOURCE_METRICS[metric].unit,
    start,
    end: instantAt(values.length),
    samples: values.filter((value) => value !== null).length,
    expected: values.length,
    points,
    ...(stride > 1 ? { thinnedBy: "max" as const } : {}),
    marks,
  };
}
