import type { Sku, SkuItem, SkuRefusal } from "./sku.ts";

/**
 * Google's SKUs by their descriptions, the only thing in a bill that tells what they sell; the ids are in the thousands.
 * @see https://cloud.google.com/skus (names as of 2026-06), and for Cloud Run's older names
 *   https://github.com/infracost/infracost/blob/master/internal/resources/google/cloud_run_service.go (read 2026-11-22)
 */
export const googleItem = (sku: Sku): SkuItem | SkuRefusal | undefined => {
  const name = sku.meter ?? sku.description;
  if (name === null || /\bcommit|\bcud\b|reserved|license|licensing/i.test(name)) return undefined;
  switch (sku.service) {
    case "Cloud Run":
      return cloudRun(name);
    case "Cloud SQL":
      return cloudSql(name);
    case "Compute Engine":
    case "Networking":
      return machinePart(name) ?? disk(name) ?? network(name);
    default:
      return undefined;
  }
};

const cloudRun = (name: string): SkuItem | undefined => {
  if (/\bjobs?\b|gpu|worker pool|network|egress|data transfer/i.test(name)) return undefined;
  if (/^requests\b/i.test(name)) return { item: "gcp.run.requests", attributes: {} };
  const isCpu = /^(services |idle |always-on )?(min[- ]instance )?cpu\b/i.test(name);
  const isMemory = /^(services |idle |always-on )?(min[- ]instance )?memory\b/i.test(name);
  if (!isCpu && !isMemory) return undefined;
  const billing = /min[- ]instance/i.test(name)
    ? "idle"
    : /always[- ]on|instance-based/i.test(name)
      ? "instance"
      : "request";
  return { item: isCpu ? "gcp.run.cpu" : "gcp.run.memory", attributes: { billing } };
};

const ENGINES: Readonly<Record<string, string>> = {
  PostgreSQL: "POSTGRES",
  MySQL: "MYSQL",
  "SQL Server": "SQLSERVER",
};

/** `4 vCPU + 15GB RAM`: tiers from before machines could be chosen freely. */
const legacyTier = (vCpus: string, memory: string): string =>
  `db-n1-${Number(memory) / Number(vCpus) > 5 ? "highmem" : "standard"}-${vCpus}`;

const SQL_STORAGE: Readonly<Record<string, string>> = {
  "standard storage": "PD_SSD",
  "low cost storage": "PD_HDD",
};

const cloudSql = (name: string): SkuItem | undefined => {
  const [, engineName = "", place = "", rest = ""] =
    /^Cloud SQL for (PostgreSQL|MySQL|SQL Server): (Zonal|Regional) - (.+)$/i.exec(name) ?? [];
  const engine = ENGINES[engineName];
  if (engine === undefined) return undefined;
  const availability = place.toUpperCase();
  const edition = /enterprise plus/i.test(rest) ? "ENTERPRISE_PLUS" : "ENTERPRISE";
  const [, vCpus, memory] = /^(\d+) vCPU \+ ([\d.]+) ?GB RAM/i.exec(rest) ?? [];
  if (vCpus !== undefined && memory !== undefined) {
    return { item: "gcp.sql.tier", attributes: { engine, tier: legacyTier(vCpus, memory), availability } };
  }
  const [, shared] = /^(micro|small) instance/i.exec(rest) ?? [];
  if (shared !== undefined) {
    const tier = shared.toLowerCase() === "micro" ? "db-f1-micro" : "db-g1-small";
    return { item: "gcp.sql.tier", attributes: { engine, tier, availability } };
  }
  const bare = rest.replace(/^enterprise( plus)?\s*-?\s*/i, "").replace(/\s+in\s.*$/i, "");
  if (/^vCPU$/i.test(bare)) return { item: "gcp.sql.cpu", attributes: { engine, edition, availability } };
  if (/^RAM$/i.test(bare)) return { item: "gcp.sql.memory", attributes: { engine, edition, availability } };
  const type = SQL_STORAGE[bare.toLowerCase()];
  return type === undefined
    ? undefined
    : { item: "gcp.sql.storage", attributes: { engine, type, availability } };
};

/** `N1 Predefined Instance Core running in Americas`, `Spot Preemptible E2 Instance Ram running in Belgium`. */
const machinePart = (name: string): SkuItem | undefined => {
  if (/custom|sole tenancy|confidential|dws|upgrade premium|reserved/i.test(name)) return undefined;
  const [, spot, family, part] =
    /^(Spot Preemptible |Preemptible )?([A-Z]\d[A-Z]?)(?: (?:Predefined|Standard|AMD|Arm))?(?: Predefined)? Instance (Core|Ram) running/i.exec(
      name,
    ) ?? [];
  if (family === undefined || part === undefined) return undefined;
  return {
    item: part.toLowerCase() === "core" ? "gcp.compute.core" : "gcp.compute.ram",
    attributes: { family: family.toLowerCase(), spot: spot === undefined ? "no" : "yes" },
  };
};

const DISKS: readonly (readonly [RegExp, string])[] = [
  [/^storage pd capacity\b/i, "pd-standard"],
  [/^ssd backed pd capacity\b/i, "pd-ssd"],
  [/^balanced pd capacity\b/i, "pd-balanced"],
  [/^extreme pd capacity\b/i, "pd-extreme"],
];

const disk = (name: string): SkuItem | undefined => {
  const [, type] = DISKS.find(([pattern]) => pattern.test(name)) ?? [];
  if (type !== undefined) return { item: "gcp.compute.disk", attributes: { type } };
  return /^storage pd snapshot\b/i.test(name) ? { item: "gcp.compute.snapshot", attributes: {} } : undefined;
};

/**
 * The first five forwarding rules are billed as one, so the price of one of them is not the price of one less.
 * @see https://cloud.google.com/vpc/network-pricing#lb (read 2026-06)
 */
const MINIMUM_REASON =
  "the first five forwarding rules are billed as one: one less of them saves nothing while another is left";

const network = (name: string): SkuItem | SkuRefusal | undefined => {
  if (/^static ip charge\b/i.test(name)) return { item: "gcp.compute.address", attributes: { use: "idle" } };
  if (/^external ip charge on a standard vm\b/i.test(name)) {
    return { item: "gcp.compute.address", attributes: { use: "in-use" } };
  }
  if (!/forwarding rule/i.test(name)) return undefined;
  if (/additional/i.test(name)) return { item: "gcp.compute.forwarding-rule", attributes: {} };
  return /minimum/i.test(name) ? { item: "gcp.compute.forwarding-rule", reason: MINIMUM_REASON } : undefined;
};
