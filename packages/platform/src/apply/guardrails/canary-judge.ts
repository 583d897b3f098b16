import type { PlanGuardrail } from "@trimtab/domain";
import type { Policy } from "../policy/policy.ts";

/** One look at both versions at the same moment. */
export interface CanaryPair {
  readonly atMs: number;
  readonly control: number;
  readonly canary: number;
}

export interface CanaryMetric {
  readonly id: string;
  /** `ratio`: canary ÷ control − 1 (latency). `difference`: canary − control (shares). */
  readonly kind: "ratio" | "difference";
  /** How much worse the new version may be. */
  readonly margin: number;
  readonly worse: "higher" | "lower";
  readonly pairs: readonly CanaryPair[];
}

export interface CanaryVerdict {
  readonly verdict: "continue" | "stop-harm" | "pass";
  readonly metrics: readonly {
    readonly id: string;
    readonly verdict: "continue" | "stop-harm" | "pass";
    readonly worse: { readonly low: number; readonly mid: number; readonly high: number } | null;
  }[];
}

/**
 * Compares the two versions by all pairs so far; may be asked after every one of them. Given in from outside, for how
 * this is done is the business of the verification.
 */
export type CanaryJudge = (metrics: readonly CanaryMetric[]) => CanaryVerdict;

/** Shares are compared by their difference, amounts by their ratio. */
const SHARES: readonly string[] = [
  "availability",
  "request.errors",
  "cpu.utilization",
  "memory.utilization",
  "disk.utilization",
];

const MARGIN = { ratio: 0.05, difference: 0.001 } as const;

/** A guardrail as something to compare. */
export const canaryMetric = (
  guardrail: PlanGuardrail,
  pairs: readonly CanaryPair[],
  policy: Policy["guardrails"],
): CanaryMetric => {
  const id = `${guardrail.metric}/${guardrail.statistic}`;
  const kind = SHARES.includes(guardrail.metric) ? "difference" : "ratio";
  const worse = guardrail.comparison.startsWith("<") ? "higher" : "lower";
  return { id, kind, margin: policy?.margins[id] ?? MARGIN[kind], worse, pairs };
};
