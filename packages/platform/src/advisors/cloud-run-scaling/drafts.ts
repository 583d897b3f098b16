import {
  add,
  type Decimal,
  decimal,
  type Estimate,
  formatFixed,
  type GuardrailLimit,
  type Json,
  type RecommendationDraft,
  type Risk,
  type SavingLine,
  type SettingChange,
} from "@trimtab/domain";
import type { GridPoint } from "./grid.ts";
import { plotOf } from "./plots.ts";
import { savedUnits, savingLines } from "./savings.ts";
import type { ScalingCase } from "./scaling-case.ts";
import type { Replay } from "./simulate/replay.ts";

/** What a draft proposes. */
export interface Proposal {
  readonly fingerprint: string;
  readonly title: string;
  readonly point: GridPoint;
  readonly replay: Replay;
  readonly changes: readonly SettingChange[];
  /** Whether its minimum goes by the hour of the week. */
  readonly isScheduled: boolean;
  /** Of the least minimum at any hour. */
  readonly leastMinimum: number;
  readonly notes: readonly string[];
}

const SETTINGS = [
  "minInstances",
  "maxInstances",
  "cpu",
  "memoryMiB",
  "concurrency",
  "cpuAllocation",
] as const;

export function changesOf(now: GridPoint, then: GridPoint): readonly SettingChange[] {
  return SETTINGS.filter((setting) => now[setting] !== then[setting]).map((setting) => ({
    setting,
    from: now[setting] as Json,
    to: then[setting] as Json,
  }));
}

export function linesOf(
  scaling: ScalingCase,
  proposal: Pick<Proposal, "point" | "replay">,
): readonly SavingLine[] {
  const { now, prices, scale } = scaling;
  return savingLines(savedUnits(now, proposal), prices, scale);
}

export function draftOf(
  scaling: ScalingCase,
  proposal: Proposal,
  lines: readonly SavingLine[],
): RecommendationDraft {
  const { measured, now, check, costNow, problem } = scaling;
  const names = new Set(proposal.changes.map(({ setting }) => setting));
  return {
    fingerprint: proposal.fingerprint,
    title: proposal.title,
    action: proposal.isScheduled ? "cloud-run-minimums" : "cloud-run",
    changes: proposal.changes,
    costNow,
    lines,
    evidence: evidenceOf(scaling, proposal),
    risk: riskOf(scaling, proposal, names),
    effort: { hours: effortOf(names), about: "set, watch a day, set the rest" },
    confidence: confidenceOf(scaling, check.deviation),
    reversibility: "reversible",
    prerequisites: prerequisitesOf(names, proposal.point),
    guardrails: guardrailsOf(problem.limits, names),
    notes: [
      `Replayed ${Math.round(measured.knownDays)} days of requests in steps of ${measured.workload.intervalSeconds} s: ${describe(now.replay)} today, ${describe(proposal.replay)} as proposed`,
      ...proposal.notes,
      ...scaling.notes,
      ...(measured.isStartupMeasured
        ? []
        : [`No start was measured; ${measured.startupSeconds} s are assumed`]),
      ...(measured.usedCpu === undefined ? ["CPU and concurrency stay: no use of CPU was measured"] : []),
      ...(measured.usedMiB === undefined ? ["The memory stays: no use of it was measured"] : []),
    ],
  };
}

function describe(replayed: Replay): string {
  const { total } = replayed;
  const share = (value: number) => `${((100 * value) / Math.max(1, total.requests)).toFixed(2)} %`;
  const instances = (total.alive / total.seconds).toFixed(2);
  const p95 = Math.round(replayed.latency(0.95) * 1000);
  return `${instances} instances, P95 ${p95} ms, ${share(total.cold)} cold, ${share(total.refused)} refused`;
}

function evidenceOf(
  { measured, now }: ScalingCase,
  { point, leastMinimum }: Proposal,
): RecommendationDraft["evidence"] {
  const { requests, instances } = measured;
  const marks = [
    { label: "minimum today", value: now.point.minInstances },
    { label: "minimum proposed", value: leastMinimum },
    ...(point.maxInstances === now.point.maxInstances
      ? []
      : [{ label: "maximum proposed", value: point.maxInstances }]),
  ];
  return [
    plotOf("requests that were replayed", requests, []),
    plotOf("instances that worked", instances.active, marks),
    ...(instances.idle === undefined ? [] : [plotOf("instances that waited", instances.idle, [])]),
  ];
}

function riskOf(
  { now, measured }: ScalingCase,
  { point, replay, leastMinimum }: Proposal,
  names: ReadonlySet<string>,
): Risk {
  const breaks: string[] = [];
  if (leastMinimum < now.point.minInstances) {
    const cold = ((100 * replay.total.cold) / Math.max(1, replay.total.requests)).toFixed(2);
    breaks.push(
      `${cold} % of requests wait for a start, about ${measured.startupSeconds.toFixed(1)} s, if traffic is as it was`,
    );
  }
  if (names.has("maxInstances"))
    breaks.push(`requests beyond ${point.maxInstances} instances wait and may be refused (429)`);
  if (names.has("cpu"))
    breaks.push("a request that keeps more than one vCPU busy takes longer; starts may take longer");
  if (names.has("memoryMiB")) breaks.push("an instance above its memory is ended, with all its requests");
  if (names.has("concurrency"))
    breaks.push("more or fewer requests share one process, its memory and its connections");
  if (names.has("cpuAllocation") && point.cpuAllocation === "request")
    breaks.push("work outside requests all but stops: it gets no CPU");
  const isRevision = ["cpu", "memoryMiB", "concurrency"].some((name) => names.has(name));
  const isHigh = names.has("cpuAllocation") && point.cpuAllocation === "request";
  return {
    level: isHigh ? "high" : isRevision ? "medium" : "low",
    breaks,
    mitigations: [
      "Every setting can be set back at once",
      ...(isRevision ? ["The new revision gets its traffic in steps"] : []),
      "P95, errors and memory are watched, and a breach sets it back",
    ],
  };
}

function effortOf(names: ReadonlySet<string>): Estimate {
  const isRevision = ["cpu", "memoryMiB", "concurrency", "cpuAllocation"].some((name) => names.has(name));
  return isRevision
    ? { low: decimal("2"), mid: decimal("4"), high: decimal("8") }
    : { low: decimal("0.5"), mid: decimal("1"), high: decimal("3") };
}

/** Half of it is how near the replay is to what was measured, half how much was measured. */
function confidenceOf(
  { measured, check }: ScalingCase,
  deviation: number,
): RecommendationDraft["confidence"] {
  const near = Math.max(0, 1 - 2 * deviation);
  const long = Math.min(1, measured.knownDays / 28);
  const fine = measured.workload.intervalSeconds <= 300 ? 1 : 0.8;
  const started = measured.isStartupMeasured ? 1 : 0.8;
  const value = Math.round((0.5 * near + 0.5 * long) * fine * started * 100) / 100;
  const reason = `${check.about}; ${Math.round(measured.knownDays)} days in steps of ${measured.workload.intervalSeconds} s`;
  return { value, reason };
}

function prerequisitesOf(names: ReadonlySet<string>, point: GridPoint): readonly string[] {
  return [
    ...(names.has("cpuAllocation") && point.cpuAllocation === "request"
      ? ["It does no work outside requests"]
      : []),
    ...(names.has("concurrency") ? ["It can handle that many requests at once in one process"] : []),
    ...(names.has("memoryMiB") ? ["The window has seen its largest requests"] : []),
  ];
}

function guardrailsOf(
  { p95Seconds, errorShare }: ScalingCase["problem"]["limits"],
  names: ReadonlySet<string>,
): readonly GuardrailLimit[] {
  return [
    { metric: "request.latency", statistic: "p95", comparison: "<=", limit: Math.ceil(p95Seconds * 1000) },
    {
      metric: "availability",
      statistic: "mean",
      comparison: ">=",
      limit: Math.floor((1 - errorShare) * 1e5) / 1e5,
    },
    ...(names.has("memoryMiB") || names.has("concurrency")
      ? [{ metric: "memory.utilization", statistic: "max", comparison: "<=", limit: 0.95 } as const]
      : []),
    ...(names.has("cpu") || names.has("concurrency")
      ? [{ metric: "cpu.utilization", statistic: "p95", comparison: "<=", limit: 0.9 } as const]
      : []),
  ];
}

/** `12.34`, for titles and reasons. */
export const readable = (amount: Decimal): string => formatFixed(add(amount, decimal("0")), 2);
