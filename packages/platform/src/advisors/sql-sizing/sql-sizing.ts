import type { InventoryItem } from "@trimtab/domain";
import { defineAdvisor } from "../advisor.ts";
import { adviseCloudSql } from "./cloud-sql.ts";
import { adviseRds } from "./rds.ts";
import { sqlSizingSettings } from "./settings.ts";

const KINDS = ["sqladmin.googleapis.com/Instance", "AWS::RDS::DBInstance"] as const;

/** Databases that are larger than their busiest hours need. */
export const sqlSizingAdvisor = defineAdvisor({
  apiVersion: 1,
  id: "sql-sizing",
  summary:
    "tier, high availability and replicas of Cloud SQL and RDS, by CPU, credits, memory, connections and operations; RDS that nobody uses",
  kinds: KINDS,
  settings: sqlSizingSettings,
  needs: [
    { metric: "cpu.utilization", statistic: "max", detail: "summary", required: true },
    { metric: "cpu.utilization", statistic: "mean", detail: "summary", required: false },
    { metric: "cpu.credit.balance", statistic: "min", detail: "summary", required: false },
    { metric: "cpu.credit.surplus", statistic: "sum", detail: "summary", required: false },
    { metric: "memory.utilization", statistic: "max", detail: "summary", required: false },
    { metric: "memory.free", statistic: "min", detail: "summary", required: false },
    { metric: "connections", statistic: "max", detail: "summary", required: false },
    { metric: "disk.read.operations", statistic: "sum", detail: "summary", required: false },
    { metric: "disk.write.operations", statistic: "sum", detail: "summary", required: false },
  ],
  windowDays: ({ sqlDays }) => sqlDays,
  passOver: (resource) => reasonToPassOver(resource),
  advise: (evidence, settings) => {
    const { resource } = evidence;
    return resource.kind === "AWS::RDS::DBInstance"
      ? adviseRds({ ...evidence, resource }, settings)
      : adviseCloudSql({ ...evidence, resource }, settings);
  },
});

function reasonToPassOver(resource: InventoryItem<(typeof KINDS)[number]>): string | undefined {
  if (resource.kind === "AWS::RDS::DBInstance") {
    const { status } = resource.settings;
    return status === "available" ? undefined : `it is ${status}`;
  }
  return resource.settings.activationPolicy === "ALWAYS" ? undefined : "it is not always on";
}
