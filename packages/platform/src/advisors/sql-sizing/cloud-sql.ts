import {
  type Advice,
  type Decimal,
  decimal,
  type Known,
  money,
  multiply,
  negate,
  type RecommendationDraft,
  type SavingLine,
  sumDecimals,
  type UnitPrice,
} from "@trimtab/domain";
import type { ResourceEvidence } from "../advisor.ts";
import { nonProductionTag } from "../shared/non-production.ts";
import { summaryPlot } from "../shared/plots.ts";
import { allKnown, gibibytes, hourly, lineOf, workHours } from "../shared/saving-lines.ts";
import { type CloudSqlSize, cloudSqlSizes, defaultConnections } from "./cloud-sql-sizes.ts";
import { type DatabaseLoad, loadOf, withoutConnections } from "./load.ts";
import type { SqlSizingSettings } from "./settings.ts";
import { idleReplicaDraft, oneZoneDraft } from "./shared-drafts.ts";

type Evidence = ResourceEvidence<"sqladmin.googleapis.com/Instance">;

/** A smaller machine, one zone instead of two where it is not production, no replica that nobody asks. */
export function adviseCloudSql(evidence: Evidence, settings: SqlSizingSettings): Advice {
  const load = loadOf(evidence, settings);
  if (load.status === "unknown") return { status: "abstained", reason: load.reason };
  const prices = pricesOf(evidence, evidence.resource.settings.availability);
  if (prices.status === "unknown") return { status: "abstained", reason: prices.reason };
  const idle = idleReplica(evidence, load.value, prices.value, settings);
  if (idle !== undefined) return { status: "recommended", drafts: [idle] };
  const smaller = smallerMachine(evidence, load.value, prices.value, settings);
  const zonal = oneZone(evidence, load.value, prices.value);
  if (typeof smaller === "string" && zonal.status !== "recommended")
    return smaller.startsWith("?")
      ? { status: "abstained", reason: smaller.slice(1) }
      : { status: "fine", reason: smaller };
  const drafts = [
    ...(typeof smaller === "string" ? [] : [smaller]),
    ...(zonal.status === "recommended" ? zonal.drafts : []),
  ];
  return { status: "recommended", drafts };
}

interface Prices {
  readonly cpu: UnitPrice;
  readonly memory: UnitPrice;
}

function pricesOf({ resource, price }: Evidence, availability: "ZONAL" | "REGIONAL"): Known<Prices> {
  const { databaseVersion, edition } = resource.settings;
  const attributes = { engine: databaseVersion.split("_")[0] ?? "", edition, availability };
  const { scope } = resource;
  return allKnown({
    cpu: price({ item: "gcp.sql.cpu", scope, attributes }),
    memory: price({ item: "gcp.sql.memory", scope, attributes }),
  });
}

/** vCPU-hours and GiB-hours of so much machine a month. */
const machineLines = (vCpus: Decimal, gib: Decimal, { cpu, memory }: Prices): readonly SavingLine[] => [
  lineOf("vCPU-hours", hourly(vCpus), cpu),
  lineOf("GiB-hours of memory", hourly(gib), memory),
];

const costOf = ({ cost, resource }: Evidence, prices: Prices) => {
  if (cost.status === "known") return money(cost.value.effectiveMonthly, cost.value.currency);
  const { vCpus, memoryMiB } = resource.settings;
  const lines = machineLines(decimal(vCpus), gibibytes(memoryMiB), prices);
  return money(
    sumDecimals(lines.map(({ units, price }) => multiply(units.mid, price.price))),
    prices.cpu.currency,
  );
};

/** The cheapest size that holds the limits; a text says why none is smaller, `?` before it that it can't be told. */
function smallerMachine(
  evidence: Evidence,
  { cpu, connections }: DatabaseLoad,
  prices: Prices,
  limits: SqlSizingSettings,
): RecommendationDraft | string {
  const { resource, summary } = evidence;
  const { tier, edition, vCpus, memoryMiB, databaseVersion, replicas } = resource.settings;
  if (!/^db-(custom|perf-optimized)-/.test(tier)) return `its tier ${tier} is not one that is cut to measure`;
  const memory = summary("memory.utilization", "max");
  if (memory.status === "unknown") return `?${memory.reason}`;
  if (connections.status === "unknown") return `?${connections.reason}`;
  const needed = {
    vCpus: (cpu.p99 * Number(vCpus)) / limits.targetCpu,
    memoryMiB: (memory.value.max * memoryMiB) / limits.targetMemory,
    connections: connections.value.max * limits.connectionHeadroom,
  };
  const holds = (size: CloudSqlSize): boolean =>
    size.vCpus >= needed.vCpus &&
    size.memoryMiB >= needed.memoryMiB &&
    (defaultConnections(databaseVersion, size.memoryMiB) ?? Number.POSITIVE_INFINITY) >= needed.connections;
  const priceOf = (size: CloudSqlSize): number =>
    size.vCpus * Number(String(prices.cpu.price)) +
    (size.memoryMiB / 1024) * Number(String(prices.memory.price));
  const now: CloudSqlSize = { tier, vCpus: Number(vCpus), memoryMiB };
  const fitting = cloudSqlSizes(edition).filter(
    (size) => size.vCpus <= now.vCpus && size.memoryMiB <= now.memoryMiB && holds(size),
  );
  const [best] = fitting.toSorted((a, b) => priceOf(a) - priceOf(b) || a.vCpus - b.vCpus);
  if (best === undefined || priceOf(best) >= priceOf(now))
    return "no smaller machine holds its busiest hours";
  const freed = {
    cpu: decimal(String(now.vCpus - best.vCpus)),
    gib: gibibytes(now.memoryMiB - best.memoryMiB),
  };
  return {
    fingerprint: "tier",
    title: `Make ${resource.name} ${best.vCpus} vCPU and ${best.memoryMiB / 1024} GiB, from ${now.vCpus} and ${now.memoryMiB / 1024}`,
    action: "cloud-sql",
    changes: [{ setting: "tier", from: tier, to: best.tier }],
    costNow: costOf(evidence, prices),
    lines: machineLines(freed.cpu, freed.gib, prices),
    evidence: [
      summaryPlot("CPU in use in the busiest moments", cpu, [
        { label: "all of the new machine", value: best.vCpus / now.vCpus },
      ]),
      summaryPlot("memory in use", memory.value, [
        { label: "all of the new machine", value: best.memoryMiB / now.memoryMiB },
      ]),
      summaryPlot("connections open at once", connections.value),
    ],
    risk: {
      level: replicas.length > 0 ? "medium" : "low",
      breaks: [
        "Queries that need more memory than there is read from disk and get slower.",
        "The change restarts the database: connections are cut for about a minute.",
      ],
      mitigations: ["Do it in a maintenance window.", "The tier is set back the same way."],
    },
    effort: { hours: workHours("0.5", "1", "4"), about: "agree a window, change, watch" },
    confidence: {
      value: 0.85,
      reason: `${cpu.samples} of ${cpu.expected} points over ${limits.sqlDays} days`,
    },
    reversibility: "reversible",
    prerequisites: ["Clients connect again by themselves after a restart."],
    guardrails: [
      { metric: "cpu.utilization", statistic: "p95", comparison: "<", limit: 0.9 },
      { metric: "memory.utilization", statistic: "max", comparison: "<", limit: 0.95 },
    ],
    notes: [
      `It needs ${needed.vCpus.toFixed(2)} vCPU and ${(needed.memoryMiB / 1024).toFixed(1)} GiB to keep within the limits.`,
      "The memory in use counts what the database caches, which shrinks with the machine: more may be possible.",
    ],
  };
}

function oneZone(evidence: Evidence, { cpu }: DatabaseLoad, regional: Prices): Advice {
  const { resource } = evidence;
  const { availability, vCpus, memoryMiB } = resource.settings;
  const tag = nonProductionTag(resource);
  if (availability !== "REGIONAL" || tag === undefined)
    return { status: "fine", reason: "its availability is as it should be" };
  const zonal = pricesOf(evidence, "ZONAL");
  if (zonal.status === "unknown") return { status: "abstained", reason: zonal.reason };
  const size = [decimal(vCpus), gibibytes(memoryMiB)] as const;
  const draft = oneZoneDraft({
    resource,
    action: "cloud-sql",
    fingerprint: "availability",
    change: { setting: "availability", from: "REGIONAL", to: "ZONAL" },
    costNow: costOf(evidence, regional),
    lines: [
      ...machineLines(...size, regional),
      ...machineLines(negate(size[0]), negate(size[1]), zonal.value),
    ],
    tag,
    cpu,
    about: "one setting, a restart",
    note: "Its storage is kept in one zone only as well, which costs half: that is not in the saving.",
  });
  return { status: "recommended", drafts: [draft] };
}

function idleReplica(
  evidence: Evidence,
  load: DatabaseLoad,
  prices: Prices,
  settings: SqlSizingSettings,
): RecommendationDraft | undefined {
  const { resource } = evidence;
  const { replicaOf, vCpus, memoryMiB } = resource.settings;
  const connections = withoutConnections(load, settings);
  if (replicaOf === null || connections === undefined) return undefined;
  return idleReplicaDraft({
    resource,
    action: "cloud-sql",
    replicaOf,
    connections,
    days: settings.sqlDays,
    costNow: costOf(evidence, prices),
    lines: machineLines(decimal(vCpus), gibibytes(memoryMiB), prices),
  });
}
