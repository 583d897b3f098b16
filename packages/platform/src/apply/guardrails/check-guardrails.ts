import { type PlanGuardrail, TrimtabError } from "@trimtab/domain";
import type { AskMetric } from "./ask-prometheus.ts";

/** What one look at one guardrail found. */
export type GuardrailReading =
  | { readonly status: "holds" | "broken"; readonly guardrail: PlanGuardrail; readonly value: number }
  | { readonly status: "missing"; readonly guardrail: PlanGuardrail; readonly reason: string };

const COMPARE: Readonly<Record<PlanGuardrail["comparison"], (value: number, limit: number) => boolean>> = {
  "<": (value, limit) => value < limit,
  "<=": (value, limit) => value <= limit,
  ">": (value, limit) => value > limit,
  ">=": (value, limit) => value >= limit,
};

export const guardrailText = ({ metric, statistic, comparison, limit }: PlanGuardrail): string =>
  `${metric}/${statistic} ${comparison} ${limit}`;

/** One look at all of them; a source that fails is data that is missing. Those without a query are left out. */
export const readGuardrails = (
  guardrails: readonly PlanGuardrail[],
  ask: AskMetric,
  signal: AbortSignal,
): Promise<readonly GuardrailReading[]> =>
  Promise.all(
    guardrails
      .filter(({ query }) => query !== undefined)
      .map(async (guardrail): Promise<GuardrailReading> => {
        const value = await askNumber(guardrail.query ?? "", ask, signal);
        if (typeof value === "string") return { status: "missing", guardrail, reason: value };
        const isMet = COMPARE[guardrail.comparison](value, guardrail.limit);
        return { status: isMet ? "holds" : "broken", guardrail, value };
      }),
  );

/** A number, or why there is none. */
export const askNumber = async (
  query: string,
  ask: AskMetric,
  signal: AbortSignal,
): Promise<number | string> => {
  try {
    const answer = await ask(query, signal);
    return answer.status === "known" ? answer.value : answer.reason;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof TrimtabError) return error.message;
    throw error;
  }
};

/** One reading in words. */
export const readingLine = (reading: GuardrailReading): string => {
  const name = guardrailText(reading.guardrail);
  return reading.status === "missing"
    ? `${name} has no answer: ${reading.reason}`
    : `${name} ${reading.status === "holds" ? "holds" : "is broken"}: it is ${reading.value}`;
};
