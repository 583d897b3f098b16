/** Values at equal steps of time; null where nothing was measured or billed. */
export interface TimeSeries {
  /** UTC milliseconds of the first step's start. */
  readonly startMs: number;
  readonly stepMs: number;
  readonly values: readonly (number | null)[];
}

export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;

/** What the arithmetic works on: a gap is NaN here, and nowhere outside. */
export const withGaps = (values: readonly (number | null)[]): Float64Array =>
  Float64Array.from(values, (value) => value ?? Number.NaN);

export const isGap = (value: number): boolean => Number.isNaN(value);

/** Index of the first whole step at or after a moment. */
export const stepAtOrAfter = (series: Pick<TimeSeries, "startMs" | "stepMs">, atMs: number): number =>
  Math.ceil((atMs - series.startMs) / series.stepMs);

/** Measurements at any times as means of equal steps, gaps kept. Steps start at multiples of the step since 1970. */
export const toSteps = (
  points: readonly { readonly atMs: number; readonly value: number }[],
  stepMs: number,
): TimeSeries => {
  if (points.length === 0) return { startMs: 0, stepMs, values: [] };
  const stepOf = (atMs: number) => Math.floor(atMs / stepMs);
  const steps = Map.groupBy(points, ({ atMs }) => stepOf(atMs));
  const first = points.reduce((least, { atMs }) => Math.min(least, stepOf(atMs)), Number.POSITIVE_INFINITY);
  const last = points.reduce((most, { atMs }) => Math.max(most, stepOf(atMs)), Number.NEGATIVE_INFINITY);
  const values = Array.from({ length: last - first + 1 }, (_, index) => {
    const own = steps.get(first + index);
    return own === undefined ? null : own.reduce((sum, { value }) => sum + value, 0) / own.length;
  });
  return { startMs: first * stepMs, stepMs, values };
};
