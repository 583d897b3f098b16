import type { Assessment } from "./assess.ts";
import { criticalSize, LEVEL } from "./placebo.ts";

/** What counts as worse, and how much of it is borne. */
export interface Margin {
  /** `share`: of the level (0.05: 5 %). `absolute`: in the metric's units. */
  readonly kind: "share" | "absolute";
  readonly size: number;
  /** Which way is worse; `either`: a change both ways is (TOST). */
  readonly worse: "higher" | "lower" | "either";
}

export interface EquivalenceResult {
  /** `held`: proven to be within the margin. `broken`: proven to be beyond it. `open`: neither is. */
  readonly verdict: "held" | "broken" | "open";
  /** The change, with bounds that each hold in 95 of 100 cases. In the margin's kind. */
  readonly change: number;
  readonly low: number;
  readonly high: number;
}

type Assessed = Extract<Assessment, { kind: "assessed" }>;

/** One-sided bounds of the change, from how far placebo dates strayed on each side. */
const boundsOf = ({ placebo, effect }: Assessed): Omit<EquivalenceResult, "verdict"> => {
  const above = criticalSize({ ...placebo, sizes: placebo.errors }, LEVEL);
  const below = criticalSize({ ...placebo, sizes: placebo.errors.map((error) => -error) }, LEVEL);
  return { change: effect, low: effect - above, high: effect + below };
};

/**
 * "Nothing got slower", proven rather than not disproven: the whole interval of the change has to lie within the margin.
 * The assessment is in the unit of the margin.
 * @see Schuirmann (1987) for two one-sided tests
 */
export const equivalence = (assessed: Assessed, margin: Margin): EquivalenceResult => {
  const bounds = boundsOf(assessed);
  const { low, high } = bounds;
  const riseHeld = margin.worse === "lower" || high < margin.size;
  const fallHeld = margin.worse === "higher" || low > -margin.size;
  const riseBroken = margin.worse !== "lower" && low > margin.size;
  const fallBroken = margin.worse !== "higher" && high < -margin.size;
  const verdict = riseBroken || fallBroken ? "broken" : riseHeld && fallHeld ? "held" : "open";
  return { verdict, ...bounds };
};
