import type { PlanStep } from "@trimtab/domain";
import type { CanaryPair } from "../../ledger/verify/canary-verdict.ts";
import type { Policy } from "../policy/policy.ts";
import type { AskMetric } from "./ask-prometheus.ts";
import { type CanaryJudge, canaryMetric } from "./canary-judge.ts";
import {
  askNumber,
  type GuardrailReading,
  guardrailText,
  readGuardrails,
  readingLine,
} from "./check-guardrails.ts";

export type WatchResult =
  | { readonly status: "quiet"; readonly looks: number; readonly readings: readonly GuardrailReading[] }
  | { readonly status: "breached"; readonly reason: string }
  | { readonly status: "stopped"; readonly reason: string };

export interface WatchOrder {
  readonly step: PlanStep;
  readonly source: NonNullable<Policy["guardrails"]> | undefined;
  readonly ask: AskMetric | undefined;
  readonly judge: CanaryJudge | undefined;
  /** Why everything has to stop now; undefined: it need not. */
  readonly stopReason: () => Promise<string | undefined>;
  readonly clock: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
  readonly signal: AbortSignal;
  /** Told at every look. */
  readonly onReadings?: (readings: readonly GuardrailReading[]) => void;
}

/** How often a step without guardrails looks whether it has to stop. */
const IDLE_INTERVAL_SECONDS = 15;

/** Looks at the guardrails of a step until its window is over, one breaks, or everything has to stop. */
export const watchStep = async (order: WatchOrder): Promise<WatchResult> => {
  const { step, source, clock, sleep, stopReason } = order;
  const endsAt = clock().getTime() + step.watchSeconds * 1000;
  const tracks = new Map<string, Track>();
  const pairs = new Map<string, CanaryPair[]>();
  let readings: readonly GuardrailReading[] = [];
  for (let looks = 0; ; looks++) {
    const stop = await stopReason();
    if (stop !== undefined) return { status: "stopped", reason: stop };
    readings = await look(order);
    order.onReadings?.(readings);
    const reason = breachOf(readings, tracks, order) ?? (await canaryHarm(order, pairs));
    if (reason !== undefined) return { status: "breached", reason };
    const leftMs = endsAt - clock().getTime();
    // A guardrail that has not been seen to hold at the end is no guardrail that held.
    if (leftMs <= 0) return closing(readings, looks + 1);
    await sleep(Math.min(leftMs, (source?.intervalSeconds ?? IDLE_INTERVAL_SECONDS) * 1000));
  }
};

const look = async ({ step, ask, signal }: WatchOrder): Promise<readonly GuardrailReading[]> =>
  ask === undefined ? [] : await readGuardrails(step.guardrails, ask, signal);

const closing = (readings: readonly GuardrailReading[], looks: number): WatchResult => {
  const open = readings.find(({ status }) => status !== "holds");
  return open === undefined
    ? { status: "quiet", looks, readings }
    : { status: "breached", reason: `at the end of the watch: ${readingLine(open)}` };
};

interface Track {
  readonly broken: number;
  readonly missingSinceMs: number | undefined;
}

const breachOf = (
  readings: readonly GuardrailReading[],
  tracks: Map<string, Track>,
  { source, clock }: WatchOrder,
): string | undefined => {
  const nowMs = clock().getTime();
  for (const reading of readings) {
    const name = guardrailText(reading.guardrail);
    const before = tracks.get(name);
    const broken = reading.status === "broken" ? (before?.broken ?? 0) + 1 : 0;
    const missingSinceMs = reading.status === "missing" ? (before?.missingSinceMs ?? nowMs) : undefined;
    tracks.set(name, { broken, missingSinceMs });
    if (broken >= (source?.breaches ?? 1)) return readingLine(reading);
    const graceMs = (source?.graceSeconds ?? 0) * 1000;
    if (missingSinceMs !== undefined && nowMs - missingSinceMs >= graceMs) return readingLine(reading);
  }
  return undefined;
};

/** Old against new, where the step is a stage of a canary and a judge was given. */
const canaryHarm = async (
  { step, source, ask, judge, signal, clock }: WatchOrder,
  pairs: Map<string, CanaryPair[]>,
): Promise<string | undefined> => {
  if (step.canary === undefined || ask === undefined || judge === undefined) return undefined;
  for (const guardrail of step.guardrails) {
    const { controlQuery, canaryQuery } = guardrail;
    if (controlQuery === undefined || canaryQuery === undefined) continue;
    const [control, canary] = await Promise.all([
      askNumber(controlQuery, ask, signal),
      askNumber(canaryQuery, ask, signal),
    ]);
    // A version without traffic in this minute is compared in the next; that the whole answers is watched above.
    if (typeof control === "string" || typeof canary === "string") continue;
    const name = guardrailText(guardrail);
    pairs.set(name, [...(pairs.get(name) ?? []), { atMs: clock().getTime(), control, canary }]);
  }
  const metrics = step.guardrails.flatMap((guardrail) => {
    const own = pairs.get(guardrailText(guardrail));
    return own === undefined ? [] : [canaryMetric(guardrail, own, source)];
  });
  if (metrics.length === 0) return undefined;
  const harmed = judge(metrics).metrics.find(({ verdict }) => verdict === "stop-harm");
  if (harmed === undefined) return undefined;
  const by = harmed.worse === null ? "" : ` by ${harmed.worse.mid.toPrecision(3)}`;
  return `${step.canary.canary} is worse than ${step.canary.control} in ${harmed.id}${by}`;
};
