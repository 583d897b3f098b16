/** Density of the standard normal distribution. */
export const normalDensity = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);

/**
 * Share of the standard normal distribution below z, to 1e-7.
 * @see https://personal.math.ubc.ca/~cbm/aands/page_932.htm formula 26.2.17, 2026-11-22
 */
export function normalShare(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const series =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = normalDensity(z) * series;
  return z >= 0 ? 1 - tail : tail;
}

/** Logarithms of factorials, as far as they were asked for. */
const logFactorials: number[] = [0];

function logFactorial(n: number): number {
  for (let next = logFactorials.length; next <= n; next++)
    logFactorials.push((logFactorials[next - 1] as number) + Math.log(next));
  return logFactorials[n] as number;
}

/** Chance of exactly n where `mean` are expected. */
export function poisson(mean: number, n: number): number {
  if (mean <= 0) return n === 0 ? 1 : 0;
  return Math.exp(n * Math.log(mean) - mean - logFactorial(n));
}

/** Chance of n or more where `mean` are expected. */
export function poissonAtLeast(mean: number, n: number): number {
  if (n <= 0) return 1;
  let below = 0;
  for (let at = 0; at < n; at++) below += poisson(mean, at);
  return Math.max(0, 1 - below);
}

/** Share of requests that find all slots taken and leave (Erlang's B), whatever the distribution of their times. */
export function erlangB(load: number, slots: number): number {
  if (load <= 0) return 0;
  let inverse = 1;
  for (let slot = 1; slot <= slots; slot++) {
    inverse = 1 + (inverse * slot) / load;
    if (inverse > 1e12) return 0;
  }
  return 1 / inverse;
}

/** Share of requests that find all slots taken and wait (Erlang's C); 1 where the load is more than the slots. */
export function erlangC(load: number, slots: number): number {
  if (load >= slots) return 1;
  const blocked = erlangB(load, slots);
  return (slots * blocked) / (slots - load * (1 - blocked));
}

/**
 * How the requests in one instance of many are distributed, when each goes to any that has room: a Poisson distribution cut off
 * at `slots`, with the mean that the instance has.
 */
export function roomInInstance(
  mean: number,
  slots: number,
): { readonly empty: number; readonly full: number } {
  if (slots === 1) return { empty: Math.max(0, 1 - mean), full: Math.min(1, mean) };
  if (mean < 0.35 * slots && slots > 12) return { empty: Math.exp(-mean), full: 0 };
  let low = 0;
  let high = mean >= slots * 0.98 ? slots * 50 : Math.max(1, mean * 20);
  for (let round = 0; round < 26; round++) {
    const load = (low + high) / 2;
    if (load * (1 - erlangB(load, slots)) < mean) low = load;
    else high = load;
  }
  const full = erlangB(low, slots);
  return { empty: full === 0 ? Math.exp(-low) : emptyShare(low, slots), full };
}

function emptyShare(load: number, slots: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; n <= slots; n++) {
    term *= load / n;
    sum += term;
  }
  return 1 / sum;
}
