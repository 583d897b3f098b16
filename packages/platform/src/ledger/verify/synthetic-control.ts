import type { Forecaster } from "./forecaster.ts";
import { isGap } from "./time-series.ts";

export interface SyntheticSettings {
  /** Untouched series over the same steps, gaps filled. */
  readonly controls: readonly Float64Array[];
  /** Steps before an origin that weights are fitted on. */
  readonly fitSteps: number;
  /** Steps before an origin whose means series and mixture are lined up by. */
  readonly alignSteps: number;
  /** Weights are fitted anew after so many steps. */
  readonly refitSteps: number;
  readonly warmUp: number;
}

const ITERATIONS = 300;

/** Onto the weights that are not negative and sum to one. @see Duchi et al., ICML 2008 */
const onSimplex = (values: readonly number[]): readonly number[] => {
  const sorted = values.toSorted((a, b) => b - a);
  let sum = 0;
  let shift = 0;
  sorted.forEach((value, index) => {
    sum += value;
    const next = (sum - 1) / (index + 1);
    if (value > next) shift = next;
  });
  return values.map((value) => Math.max(0, value - shift));
};

/** Σ rows (target − row · weights)² at its least over the simplex, by projected gradient on the Gram matrix. */
export const simplexWeights = (
  rows: readonly (readonly number[])[],
  targets: readonly number[],
): readonly number[] => {
  const width = rows[0]?.length ?? 0;
  const indexes = Array.from({ length: width }, (_, index) => index);
  const product = (a: number, b: number) =>
    rows.reduce((sum, row) => sum + (row[a] as number) * (row[b] as number), 0);
  const gram = indexes.map((a) => indexes.map((b) => product(a, b)));
  const aim = indexes.map((a) =>
    rows.reduce((sum, row, at) => sum + (row[a] as number) * (targets[at] as number), 0),
  );
  // The trace bounds the largest eigenvalue, so that a step never overshoots.
  const step =
    1 /
    Math.max(
      1e-12,
      indexes.reduce((sum, index) => sum + (gram[index]?.[index] as number), 0),
    );
  let weights: readonly number[] = indexes.map(() => 1 / width);
  for (let round = 0; round < ITERATIONS; round++) {
    const slope = indexes.map(
      (a) =>
        indexes.reduce((sum, b) => sum + (gram[a]?.[b] as number) * (weights[b] as number), 0) -
        (aim[a] as number),
    );
    weights = onSimplex(weights.map((weight, index) => weight - step * (slope[index] as number)));
  }
  return weights;
};

const meanBefore = (values: Float64Array, origin: number, steps: number): number => {
  let sum = 0;
  let count = 0;
  for (let at = Math.max(0, origin - steps); at < origin; at++) {
    const value = values[at] as number;
    if (isGap(value)) continue;
    sum += value;
    count += 1;
  }
  return count === 0 ? Number.NaN : sum / count;
};

interface Fit {
  readonly weights: readonly number[];
  readonly own: number;
  readonly others: readonly number[];
}

const fitAt = (values: Float64Array, settings: SyntheticSettings, origin: number): Fit | undefined => {
  const { controls, fitSteps } = settings;
  const own = meanBefore(values, origin, fitSteps);
  const others = controls.map((control) => meanBefore(control, origin, fitSteps));
  if ([own, ...others].some((level) => isGap(level) || Math.abs(level) < 1e-12)) return undefined;
  const rows: number[][] = [];
  const targets: number[] = [];
  for (let at = Math.max(0, origin - fitSteps); at < origin; at++) {
    const value = values[at] as number;
    if (isGap(value)) continue;
    targets.push(value / own - 1);
    rows.push(controls.map((control, index) => (control[at] as number) / (others[index] as number) - 1));
  }
  return targets.length < 2 * controls.length
    ? undefined
    : { weights: simplexWeights(rows, targets), own, others };
};

/**
 * Synthetic control: the mixture of untouched series that moved most like this one, in shares of their own levels,
 * lined up with it by the last steps before the origin.
 * @see Abadie, Diamond and Hainmueller (2010); the intercept: Doudchenko and Imbens (2016)
 */
export const syntheticForecaster = (values: Float64Array, settings: SyntheticSettings): Forecaster => {
  const fits = new Map<number, Fit | undefined>();
  const fitFor = (origin: number): Fit | undefined => {
    const at = origin - (origin % settings.refitSteps);
    if (!fits.has(at)) fits.set(at, at < settings.warmUp ? undefined : fitAt(values, settings, at));
    return fits.get(at);
  };
  const mixture = ({ weights, own, others }: Fit, at: number): number =>
    settings.controls.reduce(
      (sum, control, index) =>
        sum + (own * (weights[index] as number) * (control[at] as number)) / (others[index] as number),
      0,
    );
  const offsets = new Map<number, number>();
  const offsetFor = (fit: Fit, origin: number): number => {
    const known = offsets.get(origin);
    if (known !== undefined) return known;
    const apart = Float64Array.from({ length: settings.alignSteps }, (_, index) => {
      const at = origin - settings.alignSteps + index;
      return at < 0 ? Number.NaN : (values[at] as number) - mixture(fit, at);
    });
    const offset = meanBefore(apart, apart.length, apart.length);
    offsets.set(origin, offset);
    return offset;
  };
  return {
    id: "synthetic-control",
    method: `synthetic control on ${settings.controls.length} untouched series`,
    forecast: (origin, at) => {
      const fit = fitFor(origin);
      return fit === undefined ? Number.NaN : mixture(fit, at) + offsetFor(fit, origin);
    },
    spread: (_origin, steps, observed) =>
      Math.sqrt(1 / settings.alignSteps + steps / (3 * settings.alignSteps * 4) + 1 / observed),
  };
};
