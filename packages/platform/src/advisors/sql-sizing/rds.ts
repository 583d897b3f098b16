import { type Advice, decimal, negate, type RecommendationDraft, type UnitPrice } from "@trimtab/domain";
import { nonProductionTag } from "../shared/non-production.ts";
import { summaryPlot } from "../shared/plots.ts";
import { hourly, lineOf, workHours } from "../shared/saving-lines.ts";
import { type DatabaseLoad, loadOf } from "./load.ts";
import { creditsOf } from "./rds-credits.ts";
import { type RdsEvidence as Evidence, rdsCost, rdsPrice } from "./rds-evidence.ts";
import { idleRds } from "./rds-idle.ts";
import { defaultConnections, rdsSizes } from "./rds-sizes.ts";
import type { SqlSizingSettings } from "./settings.ts";
import { oneZoneDraft } from "./shared-drafts.ts";

/** A smaller class of the same family, one zone where it is not production, no replica that nobody asks. */
export function adviseRds(evidence: Evidence, settings: SqlSizingSettings): Advice {
  const load = loadOf(evidence, settings);
  if (load.status === "unknown") return { status: "abstained", reason: load.reason };
  const { instanceClass, multiAz } = evidence.resource.settings;
  const price = rdsPrice(evidence, instanceClass, multiAz);
  if (price.status === "unknown") return { status: "abstained", reason: price.reason };
  const idle = idleRds(evidence, load.value, price.value, settings);
  if (idle.length > 0) return { status: "recommended", drafts: idle };
  const smaller = smallerClass(evidence, load.value, price.value, settings);
  const zone = oneZone(evidence, load.value, price.value);
  const drafts = [smaller, zone].filter((draft) => typeof draft !== "string");
  if (drafts.length > 0) return { status: "recommended", drafts };
  const reason = typeof smaller === "string" ? smaller : "";
  return reason.startsWith("?")
    ? { status: "abstained", reason: reason.slice(1) }
    : { status: "fine", reason };
}

const ONE = decimal("1");

const exchange = (from: UnitPrice, to: UnitPrice) => [
  lineOf("hours of the class as it is", hourly(ONE), from),
  lineOf("hours of the class instead", hourly(negate(ONE)), to),
];

/** The smallest class of its family that holds the limits; a text says why none is, `?` before it that it can't be told. */
function smallerClass(
  evidence: Evidence,
  { cpu, connections, iops }: DatabaseLoad,
  price: UnitPrice,
  limits: SqlSizingSettings,
): RecommendationDraft | string {
  const { resource, summary } = evidence;
  const { instanceClass, engine, multiAz, cluster } = resource.settings;
  const sizes = rdsSizes(instanceClass);
  const at = sizes.findIndex((size) => size.instanceClass === instanceClass);
  const now = sizes[at];
  if (now === undefined) return `of ${instanceClass} no smaller classes of the same kind are known`;
  const credits = creditsOf(evidence, now);
  if (typeof credits === "string") return credits;
  const free = summary("memory.free", "min");
  const parts = { free, connections, iops };
  for (const part of Object.values(parts)) if (part.status === "unknown") return `?${part.reason}`;
  if (free.status === "unknown" || connections.status === "unknown" || iops.status === "unknown") return "?";
  const usedGiB = now.memoryGiB - free.value.min / 1024 ** 3;
  const needed = {
    vCpus: (cpu.p99 * now.vCpus) / limits.targetCpu,
    memoryGiB: usedGiB / limits.targetMemory,
    connections: connections.value.max * limits.connectionHeadroom,
  };
  const best = sizes
    .slice(0, at)
    .find(
      (size) =>
        size.vCpus >= needed.vCpus &&
        size.memoryGiB >= needed.memoryGiB &&
        size.baselineIops >= iops.value &&
        (credits === undefined || credits.suffice(size)) &&
        (defaultConnections(engine, size.memoryGiB) ?? Number.POSITIVE_INFINITY) >= needed.connections,
    );
  if (best === undefined) return "no smaller class holds its busiest hours";
  const target = rdsPrice(evidence, best.instanceClass, multiAz);
  if (target.status === "unknown") return `?${target.reason}`;
  return {
    fingerprint: "instance-class",
    title: `Make ${resource.name} a ${best.instanceClass}, from ${instanceClass}`,
    action: "rds",
    changes: [{ setting: "instanceClass", from: instanceClass, to: best.instanceClass }],
    costNow: rdsCost(evidence, price),
    lines: exchange(price, target.value),
    evidence: [
      summaryPlot("CPU in use in the busiest moments", cpu, [
        { label: "all of the new class", value: best.vCpus / now.vCpus },
      ]),
      summaryPlot("memory that nothing uses", free.value),
      summaryPlot("connections open at once", connections.value),
      ...(credits?.evidence ?? []),
    ],
    risk: {
      level: multiAz ? "low" : "medium",
      breaks: [
        "Queries that need more memory than there is read from disk and get slower.",
        multiAz
          ? "It fails over once: connections are cut for a minute or two."
          : "It is away for some minutes while it changes.",
      ],
      mitigations: ["Do it in a maintenance window.", "The class is set back the same way."],
    },
    effort: { hours: workHours("0.5", "1", "4"), about: "agree a window, change, watch" },
    confidence: {
      value: 0.85,
      reason: `${cpu.samples} of ${cpu.expected} points over ${limits.sqlDays} days`,
    },
    reversibility: "reversible",
    prerequisites: [
      "Clients connect again by themselves.",
      ...(cluster === null ? [] : [`The other members of ${cluster} can take over.`]),
    ],
    guardrails: [{ metric: "cpu.utilization", statistic: "p95", comparison: "<", limit: 0.9 }],
    notes: [
      `It needs ${needed.vCpus.toFixed(2)} vCPU, ${needed.memoryGiB.toFixed(1)} GiB and ${Math.ceil(iops.value)} operations a second to keep within the limits.`,
      "The memory in use counts what the database caches, which shrinks with the class: more may be possible.",
      ...(credits === undefined ? [] : [credits.note(best)]),
    ],
  };
}

function oneZone(
  evidence: Evidence,
  { cpu }: DatabaseLoad,
  regional: UnitPrice,
): RecommendationDraft | string {
  const { resource } = evidence;
  const { multiAz, instanceClass, cluster } = resource.settings;
  const tag = nonProductionTag(resource);
  if (!multiAz || tag === undefined || cluster !== null) return "its availability is as it should be";
  const single = rdsPrice(evidence, instanceClass, false);
  if (single.status === "unknown") return `?${single.reason}`;
  return oneZoneDraft({
    resource,
    action: "rds",
    fingerprint: "multi-az",
    change: { setting: "multiAz", from: true, to: false },
    costNow: rdsCost(evidence, regional),
    lines: exchange(regional, single.value),
    tag,
    cpu,
    about: "one setting",
    note: "Its storage is kept once instead of twice as well: that is not in the saving.",
  });
}
