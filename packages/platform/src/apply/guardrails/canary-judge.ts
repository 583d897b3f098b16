import type { PlanGuardrail } from "@trimtab/domain";
import type {
  CanaryEvidence,
  CanaryMetric,
  CanaryPair,
  CanaryVerdict,
} from "../../ledger/verify/canary-verdict.ts";
import type { Policy } from "../policy/policy.ts";

/**
 * Compares the two versions by all pairs so far; may be asked after every one of them. Given in from outside, for how
 * this is done is the business of the verification.
 */
export type CanaryJudge = (metrics: readonly CanaryMetric[]) => {
  readonly verdict: CanaryVerdict["verdict"];
  readonly metrics: readonly Pick<CanaryEvidence, "id" | "verdict" | "worse">[];
};

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
