/** One day: how much there was of the driver, and what it cost. Statistics are worked out in floating point: estimates. */
export interface DriverDay {
  readonly load: number;
  readonly cost: number;
}

/** cost = fixed + perUnit × load + step, the step from the day with index `from` on. */
export interface RobustLine {
  readonly fixed: number;
  readonly perUnit: number;
  readonly step?: { readonly from: number; readonly by: number };
}

const ROUNDS = 20;
/** Huber's constant: 95 % of least squares' efficiency where errors are normal. */
const HUBER = 1.345;
/** Makes the median absolute deviation a standard deviation of normal errors. */
const MAD_TO_SIGMA = 1.4826;

/**
 * A line that single days can't bend: least squares reweighted after Huber.
 * @see https://en.wikipedia.org/wiki/Robust_regression, 2026-06
 */
export function fitLine(days: readonly DriverDay[], stepFrom?: number): RobustLine | undefined {
  const rows = days.map(({ load }, index) => [
    1,
    load,
    ...(stepFrom === undefined ? [] : [index >= stepFrom ? 1 : 0]),
  ]);
  let weights = days.map(() => 1);
  let found: readonly number[] | undefined;
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = solveWeighted(rows, days, weights);
    if (next === undefined) return undefined;
    const isSettled = found?.every(
      (value, index) => Math.abs(value - (next[index] ?? 0)) <= 1e-6 * Math.abs(value),
    );
    found = next;
    if (isSettled) break;
    const errors = residuals(rows, days, found);
    const sigma = median(errors.map(Math.abs)) * MAD_TO_SIGMA;
    if (sigma === 0) break;
    weights = errors.map((error) =>
      Math.min(1, (HUBER * sigma) / Math.max(Math.abs(error), Number.MIN_VALUE)),
    );
  }
  const [fixed = 0, perUnit = 0, by] = found ?? [];
  return {
    fixed,
    perUnit,
    ...(stepFrom === undefined || by === undefined ? {} : { step: { from: stepFrom, by } }),
  };
}

/** Sum of Huber's losses: how badly a line fits, with single days counting little. */
export function lossOf(days: readonly DriverDay[], line: RobustLine, sigma: number): number {
  const limit = HUBER * sigma;
  return days.reduce((sum, day, index) => {
    const error = Math.abs(day.cost - costAt(line, day.load, index));
    return sum + (error <= limit ? (error * error) / 2 : limit * (error - limit / 2));
  }, 0);
}

export function costAt({ fixed, perUnit, step }: RobustLine, load: number, index: number): number {
  return fixed + perUnit * load + (step !== undefined && index >= step.from ? step.by : 0);
}

export function sigmaOf(days: readonly DriverDay[], line: RobustLine): number {
  return median(days.map((day, index) => Math.abs(day.cost - costAt(line, day.load, index)))) * MAD_TO_SIGMA;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Between the two nearest values, in proportion. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * part;
  const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
  return low + (high - low) * (place - Math.floor(place));
}

function residuals(
  rows: readonly (readonly number[])[],
  days: readonly DriverDay[],
  found: readonly number[],
): number[] {
  return days.map(({ cost }, index) => cost - dot(rows[index] ?? [], found));
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);

/** Normal equations of two or three unknowns, by elimination with pivots; undefined: they have no one solution. */
function solveWeighted(
  rows: readonly (readonly number[])[],
  days: readonly DriverDay[],
  weights: readonly number[],
): readonly number[] | undefined {
  const size = rows[0]?.length ?? 0;
  // Loads may be millions and the constant is 1: columns are brought to one size first.
  const scale = Array.from(
    { length: size },
    (_, at) => Math.max(...rows.map((row) => Math.abs(row[at] ?? 0))) || 1,
  );
  const matrix = scale.map((own, i) => [
    ...scale.map((other, j) =>
      rows.reduce(
        (sum, row, n) => sum + ((weights[n] ?? 0) * (row[i] ?? 0) * (row[j] ?? 0)) / own / other,
        0,
      ),
    ),
    rows.reduce((sum, row, n) => sum + ((weights[n] ?? 0) * (row[i] ?? 0) * (days[n]?.cost ?? 0)) / own, 0),
  ]);
  for (let column = 0; column < size; column += 1) {
    const pivot = matrix
      .slice(column)
      .reduce((best, row) => (Math.abs(row[column] ?? 0) > Math.abs(best[column] ?? 0) ? row : best));
    if (Math.abs(pivot[column] ?? 0) < 1e-9 * rows.length) return undefined;
    const at = matrix.indexOf(pivot);
    [matrix[column], matrix[at]] = [pivot, matrix[column] ?? []];
    for (const row of matrix) {
      if (row === pivot) continue;
      const factor = (row[column] ?? 0) / (pivot[column] ?? 1);
      for (let j = column; j <= size; j += 1) row[j] = (row[j] ?? 0) - factor * (pivot[j] ?? 0);
    }
  }
  return scale.map((own, i) => (matrix[i]?.[size] ?? 0) / (matrix[i]?.[i] ?? 1) / own);
}
