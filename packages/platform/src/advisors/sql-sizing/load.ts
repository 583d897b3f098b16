import type { Known, MetricSummary, ResourceKind } from "@trimtab/domain";
import { known, unknown } from "@trimtab/domain";
import type { ResourceEvidence } from "../advisor.ts";
import { coverageProblem } from "../shared/plots.ts";
import type { SqlSizingSettings } from "./settings.ts";

/** What a database needs, as its busiest hours show it. */
export interface DatabaseLoad {
  /** The share of CPU in use that 99 of 100 intervals stay below. */
  readonly cpu: MetricSummary;
  readonly connections: Known<MetricSummary>;
  /** Most operations a second that were seen; unknown where reads or writes are. */
  readonly iops: Known<number>;
}

const MIN_SHARE = 0.8;

/** @returns what is missing, where there is too little to judge by */
export function loadOf<K extends ResourceKind>(
  { summary }: ResourceEvidence<K>,
  { sqlDays }: SqlSizingSettings,
): Known<DatabaseLoad> {
  const cpu = summary("cpu.utilization", "max");
  if (cpu.status === "unknown") return cpu;
  const thin = coverageProblem(cpu.value, { days: Math.floor(sqlDays * MIN_SHARE), share: MIN_SHARE });
  if (thin !== undefined) return unknown(thin);
  const reads = summary("disk.read.operations", "sum");
  const writes = summary("disk.write.operations", "sum");
  const iops =
    reads.status === "known" && writes.status === "known"
      ? known(perSecond(reads.value) + perSecond(writes.value))
      : unknown<number>("its reads and writes are not known");
  return known({ cpu: cpu.value, connections: summary("connections", "max"), iops });
}

/** Connections, where there were none at all in the window and it is covered; undefined: there were, or it can't be told. */
export function withoutConnections(
  { connections }: DatabaseLoad,
  { sqlDays }: SqlSizingSettings,
): MetricSummary | undefined {
  if (connections.status === "unknown" || connections.value.max > 0) return undefined;
  const thin = coverageProblem(connections.value, { days: sqlDays, share: 0.9 });
  return thin === undefined ? connections.value : undefined;
}

const perSecond = ({ p99, intervalSeconds }: MetricSummary): number => p99 / intervalSeconds;
