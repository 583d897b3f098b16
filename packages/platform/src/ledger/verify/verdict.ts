import { type Decimal, isZero, sign } from "@trimtab/domain";
import { LEVEL } from "./placebo.ts";
import type { RealisedSaving } from "./realised-saving.ts";
import type { MetricFinding } from "./watched-metrics.ts";

export type Verdict = "pending" | "proven" | "not-proven" | "harmful";

export interface Findings {
  /** The saving with its p-value, or why there is none. */
  readonly saving:
    | {
        readonly kind: "told";
        readonly realised: RealisedSaving;
        readonly p: number;
        readonly detectable: number;
      }
    | { readonly kind: "abstained"; readonly reason: string };
  readonly metrics: readonly MetricFinding[];
  /** Why the bill of the window may still change; empty: it is closed. */
  readonly pending: readonly string[];
}

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
const isPositive = (value: Decimal): boolean => !isZero(value) && sign(value) > 0;

/** Is the whole interval on one side of nothing, and the p-value at most 5 %? */
const savingSays = ({ saving }: Findings): "saved" | "cost-more" | "unclear" => {
  if (saving.kind === "abstained" || saving.p > LEVEL) return "unclear";
  const { low, high } = saving.realised.saving;
  if (isPositive(low)) return "saved";
  return sign(high) < 0 ? "cost-more" : "unclear";
};

const metricReasons = (metrics: readonly MetricFinding[], verdict: MetricFinding["verdict"], text: string) =>
  metrics
    .filter((metric) => metric.verdict === verdict)
    .map(({ id, reason }) => `${id} ${text}${reason ? `: ${reason}` : ""}.`);

/** One word, and the sentences that it rests on. Harm is said even while the bill is open. */
export const verdictOf = (
  findings: Findings,
): { readonly verdict: Verdict; readonly reasons: readonly string[] } => {
  const { saving, metrics, pending } = findings;
  const says = savingSays(findings);
  const broken = metricReasons(metrics, "broken", "got worse by more than its margin");
  const costsMore = says === "cost-more" ? ["Use costs more than it would have without the change."] : [];
  if (broken.length > 0 || costsMore.length > 0)
    return { verdict: "harmful", reasons: [...costsMore, ...broken] };
  const unproven = [
    ...(saving.kind === "abstained" ? [`No saving can be told: ${saving.reason}.`] : []),
    ...(saving.kind === "told" && says === "unclear"
      ? [
          `Chance alone shows as much in ${percent(saving.p)} of cases; on this series only changes above ${percent(saving.detectable)} are found 9 times out of 10.`,
        ]
      : []),
    ...metricReasons(metrics, "open", "is not proven to be within its margin, nor beyond it"),
    ...metricReasons(metrics, "abstained", "can't be judged"),
  ];
  if (pending.length > 0) return { verdict: "pending", reasons: [...pending, ...unproven] };
  if (unproven.length > 0) return { verdict: "not-proven", reasons: unproven };
  const held = metrics.map(({ id }) => `${id} stayed within its margin.`);
  return { verdict: "proven", reasons: ["The whole interval of the saving is above nothing.", ...held] };
};
