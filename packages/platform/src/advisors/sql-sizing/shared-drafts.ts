import type {
  MetricSummary,
  Money,
  RecommendationDraft,
  ResourceRef,
  SavingLine,
  SettingChange,
} from "@trimtab/domain";
import { summaryPlot } from "../shared/plots.ts";
import { workHours } from "../shared/saving-lines.ts";

interface DatabaseChange {
  readonly resource: ResourceRef;
  readonly action: string;
  readonly costNow: Money;
  readonly lines: readonly SavingLine[];
}

/** A read replica that no client ever connects to. */
export function idleReplicaDraft({
  resource,
  action,
  costNow,
  lines,
  replicaOf,
  connections,
  days,
}: DatabaseChange & {
  readonly replicaOf: string;
  readonly connections: MetricSummary;
  readonly days: number;
}): RecommendationDraft {
  return {
    fingerprint: "idle-replica",
    title: `Delete the read replica ${resource.name}, which nobody connected to in ${days} days`,
    action,
    changes: [{ setting: "exists", from: true, to: false }],
    costNow,
    lines,
    evidence: [summaryPlot("connections open at once", connections)],
    risk: {
      level: "medium",
      breaks: [`${replicaOf} has no replica to take its place, should it be meant as one.`],
      mitigations: ["A replica is made again from the primary, in hours for large databases."],
    },
    effort: { hours: workHours("0.25", "0.5", "2"), about: "ask whether it is a standby, delete" },
    confidence: { value: 0.85, reason: `${connections.samples} points, all without a connection` },
    reversibility: "restorable",
    prerequisites: ["It is not the standby of a plan for disasters."],
    guardrails: [],
    notes: ["Its storage is saved as well: that is not in the saving."],
  };
}

/** A standby in a second zone doubles the price: what is not production may do without. */
export function oneZoneDraft({
  resource,
  action,
  costNow,
  lines,
  fingerprint,
  change,
  tag,
  cpu,
  about,
  note,
}: DatabaseChange & {
  readonly fingerprint: string;
  readonly change: SettingChange;
  readonly tag: string;
  readonly cpu: MetricSummary;
  readonly about: string;
  readonly note: string;
}): RecommendationDraft {
  return {
    fingerprint,
    title: `Run ${resource.name} in one zone: ${tag}`,
    action,
    changes: [change],
    costNow,
    lines,
    evidence: [summaryPlot("CPU in use in the busiest moments", cpu)],
    risk: {
      level: "low",
      breaks: ["When its zone fails, it is away until the zone is back or a backup is restored."],
      mitigations: ["Set back at any time."],
    },
    effort: { hours: workHours("0.25", "0.5", "2"), about },
    confidence: { value: 0.9, reason: `the tag ${tag}` },
    reversibility: "reversible",
    prerequisites: [`The tag ${tag} is right: it is not production.`],
    guardrails: [],
    notes: [note],
  };
}
