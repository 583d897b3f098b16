import {
  decimal,
  estimate,
  type MetricSummary,
  type RecommendationDraft,
  type UnitPrice,
} from "@trimtab/domain";
import { summaryPlot } from "../shared/plots.ts";
import { hourly, lineOf, workHours } from "../shared/saving-lines.ts";
import { type DatabaseLoad, withoutConnections } from "./load.ts";
import { type RdsEvidence, rdsCost } from "./rds-evidence.ts";
import type { SqlSizingSettings } from "./settings.ts";
import { idleReplicaDraft } from "./shared-drafts.ts";

/**
 * What RDS starts again by itself after so long; meanwhile storage and backups are paid.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_StopInstance.html, 2026-11-22
 */
const STOPPED_HOURS = decimal(String(7 * 24));
const STOP_PAGE = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_StopInstance.html";

/** What can be done with an instance that nobody connected to in the window; nothing where somebody did. */
export function idleRds(
  evidence: RdsEvidence,
  load: DatabaseLoad,
  price: UnitPrice,
  settings: SqlSizingSettings,
): readonly RecommendationDraft[] {
  const { resource } = evidence;
  const { replicaOf, replicas, cluster } = resource.settings;
  const connections = withoutConnections(load, settings);
  if (connections === undefined) return [];
  const { sqlDays: days } = settings;
  const lines = [lineOf("hours of the replica", hourly(decimal("1")), price)];
  const costNow = rdsCost(evidence, price);
  if (replicaOf !== null)
    return [idleReplicaDraft({ resource, action: "rds", replicaOf, connections, days, costNow, lines })];
  // A member of a cluster may be there to take over; what has replicas feeds them, and RDS stops neither.
  if (cluster !== null || replicas.length > 0) return [];
  const idle = { evidence, price, connections, days };
  return canStop(evidence) ? [deleteIt(idle), stopIt(idle)] : [deleteIt(idle)];
}

const canStop = ({ resource: { settings } }: RdsEvidence): boolean =>
  !(settings.engine.startsWith("sqlserver") && settings.multiAz);

interface Idle {
  readonly evidence: RdsEvidence;
  readonly price: UnitPrice;
  readonly connections: MetricSummary;
  readonly days: number;
}

function deleteIt({ evidence, price, connections, days }: Idle): RecommendationDraft {
  const { resource } = evidence;
  return {
    fingerprint: "idle-instance",
    title: `Delete ${resource.name}, which nobody connected to in ${days} days, keeping a last snapshot`,
    changes: [{ setting: "exists", from: true, to: false }],
    costNow: rdsCost(evidence, price),
    lines: [lineOf("hours of the instance", hourly(decimal("1")), price)],
    evidence: [summaryPlot("connections open at once", connections)],
    risk: {
      level: "medium",
      breaks: [
        "A job that runs less often than the window is long finds no database.",
        "An instance restored of the snapshot has another address until it is given the old name.",
      ],
      mitigations: [
        "Stop it for a week first: whoever needs it speaks up.",
        "The last snapshot restores it, with its data.",
      ],
    },
    effort: { hours: workHours("0.5", "1", "4"), about: "ask its owner, take the last snapshot, delete" },
    confidence: { value: 0.85, reason: `${connections.samples} points, all without a connection` },
    reversibility: "restorable",
    prerequisites: [
      "Its owner agrees.",
      "Its automated backups that must be kept are kept: they go with it unless asked for.",
    ],
    guardrails: [],
    notes: [
      "By hand: no action deletes what holds data. `aws rds delete-db-instance --final-db-snapshot-identifier NAME` takes the snapshot first.",
      "Its storage is no longer paid and its snapshot is: neither is in the saving.",
    ],
  };
}

/** Low and likely: one stop, as nobody repeats it by himself. High: stopped again each time. */
function stopIt({ evidence, price, connections, days }: Idle): RecommendationDraft {
  const { resource } = evidence;
  const month = hourly(decimal("1"));
  return {
    fingerprint: "stop-idle-instance",
    title: `Stop ${resource.name}, which nobody connected to in ${days} days`,
    action: "rds",
    changes: [{ setting: "status", from: "available", to: "stopped" }],
    costNow: rdsCost(evidence, price),
    lines: [
      {
        about: "hours of the instance: of one stop, which lasts seven days, up to all of the month",
        units: estimate(STOPPED_HOURS, STOPPED_HOURS, month),
        price,
      },
    ],
    evidence: [summaryPlot("connections open at once", connections)],
    risk: {
      level: "low",
      breaks: ["Who needs it finds it stopped; starting takes minutes to hours."],
      mitigations: ["Started again at any time, with its data and its address."],
    },
    effort: { hours: workHours("0.1", "0.25", "1"), about: "ask its owner, stop" },
    confidence: { value: 0.85, reason: `${connections.samples} points, all without a connection` },
    reversibility: "reversible",
    prerequisites: ["Its owner agrees."],
    guardrails: [],
    notes: [
      `A stopped instance still pays its storage and backups, and RDS starts it again after seven days (${STOP_PAGE}): stop it again, or delete it.`,
    ],
  };
}
