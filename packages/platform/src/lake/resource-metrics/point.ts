import { z } from "zod";

/** A value of an interval, or a distribution of what happened in it. */
export interface StagedPoint {
  readonly resource: string;
  readonly metric: string;
  readonly statistic: string;
  /** Start of the interval, seconds since 1970; a multiple of its length. */
  readonly time: number;
  readonly intervalSeconds: number;
  /** Null where it is a histogram. */
  readonly value: number | null;
  readonly bounds: readonly number[] | null;
  readonly counts: readonly number[] | null;
  readonly labels: Readonly<Record<string, string>>;
}

/** Columns of stored points, in their order. Labels are JSON with sorted keys, so that they compare as texts. */
export const POINT_COLUMNS = {
  resource: "VARCHAR",
  metric: "VARCHAR",
  statistic: "VARCHAR",
  time: "TIMESTAMP",
  interval_seconds: "INTEGER",
  value: "DOUBLE",
  bounds: "DOUBLE[]",
  counts: "DOUBLE[]",
  labels: "VARCHAR",
} as const;

/** What tells one stored point from another, within a metric. */
export const POINT_KEY = ["resource", "statistic", "interval_seconds", "time", "labels"] as const;

export const POINT_ORDER = "resource, statistic, labels, interval_seconds, time";

const fileShape = z.object({
  path: z.string(),
  metric: z.string(),
  /** `YYYY-MM` of the intervals' starts. */
  month: z.string(),
  rows: z.number(),
  /** First and last interval's start, `YYYY-MM-DD HH:mm:ss`. */
  start: z.string(),
  end: z.string(),
});

export const pointIndexShape = z.object({ schemaVersion: z.literal(1), files: z.array(fileShape) });

export type PointFile = z.output<typeof fileShape>;
export type PointIndex = z.output<typeof pointIndexShape>;
