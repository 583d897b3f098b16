import { z } from "zod";
import type { Sku, SkuItem } from "./sku.ts";

/**
 * AWS's usage types, whose part before the first `-` names the region outside us-east-1: `EUW1-BoxUsage:m5.large`.
 * @see https://docs.aws.amazon.com/cur/latest/userguide/product-columns.html and
 *   https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/billing-info-fields.html for operations (read 2026-06)
 */
export const amazonItem = (sku: Sku): SkuItem | undefined => {
  const usage = sku.meter?.replace(/^[A-Z]{2,4}\d?-(?=[A-Za-z])/, "");
  if (usage === undefined) return undefined;
  switch (sku.service) {
    case "Amazon Elastic Compute Cloud":
    case "Amazon Virtual Private Cloud":
      return machine(usage, sku) ?? volume(usage) ?? address(usage);
    case "Elastic Load Balancing":
      return balancer(usage, sku);
    case "Amazon Relational Database Service":
      return database(usage, sku) ?? databaseStorage(usage);
    default:
      return undefined;
  }
};

const detailsSchema = z.record(z.string(), z.unknown());

const detail = (sku: Sku, key: string): string | undefined => {
  if (sku.details === null) return undefined;
  try {
    const value = detailsSchema.parse(JSON.parse(sku.details))[key];
    return typeof value === "string" && value !== "" ? value : undefined;
  } catch {
    return undefined;
  }
};

/** Only plain Linux and Windows: others carry a licence of their own in their price. */
const OPERATIONS: Readonly<Record<string, string>> = {
  RunInstances: "linux",
  "RunInstances:0002": "windows",
};

const osOf = (sku: Sku): string | undefined => {
  const operation = sku.operation ?? "";
  if (operation.startsWith("RunInstances")) return OPERATIONS[operation];
  const told = detail(sku, "OperatingSystem")?.toLowerCase();
  if (told === "linux" || told === "windows") return told;
  if (told !== undefined) return undefined;
  return /\b(linux|windows)\b(?!.*\bsql\b)/i.exec(sku.description ?? "")?.[1]?.toLowerCase();
};

const machine = (usage: string, sku: Sku): SkuItem | undefined => {
  const [, instanceType] = /^BoxUsage:([a-z][a-z0-9-]*\.[a-z0-9-]+)$/.exec(usage) ?? [];
  const os = instanceType === undefined ? undefined : osOf(sku);
  return instanceType === undefined || os === undefined
    ? undefined
    : { item: "aws.ec2.instance", attributes: { instanceType, os } };
};

const VOLUMES: Readonly<Record<string, string>> = {
  "EBS:VolumeUsage": "standard",
  "EBS:VolumeUsage.gp2": "gp2",
  "EBS:VolumeUsage.gp3": "gp3",
  "EBS:VolumeUsage.piops": "io1",
  "EBS:VolumeUsage.io2": "io2",
  "EBS:VolumeUsage.st1": "st1",
  "EBS:VolumeUsage.sc1": "sc1",
};

const volume = (usage: string): SkuItem | undefined => {
  const type = VOLUMES[usage];
  if (type !== undefined) return { item: "aws.ebs.volume", attributes: { type } };
  return usage === "EBS:SnapshotUsage" ? { item: "aws.ebs.snapshot", attributes: {} } : undefined;
};

const ADDRESSES: Readonly<Record<string, string>> = {
  "ElasticIP:IdleAddress": "idle",
  "PublicIPv4:IdleAddress": "idle",
  "PublicIPv4:InUseAddress": "in-use",
};

const address = (usage: string): SkuItem | undefined => {
  const use = ADDRESSES[usage];
  return use === undefined ? undefined : { item: "aws.ec2.address", attributes: { use } };
};

const balancer = (usage: string, sku: Sku): SkuItem | undefined => {
  if (usage !== "LoadBalancerUsage") return undefined;
  const words = `${sku.operation ?? ""} ${sku.description ?? ""}`;
  const [, told] = /\b(application|network|gateway)\b/i.exec(words.replace(/LoadBalancing:/g, " ")) ?? [];
  if (told !== undefined) return { item: "aws.elb.balancer", attributes: { type: told.toLowerCase() } };
  return sku.operation === "LoadBalancing"
    ? { item: "aws.elb.balancer", attributes: { type: "classic" } }
    : undefined;
};

/** Words of bills and price lists, and the engine that the API calls so. */
const ENGINES: readonly (readonly [RegExp, string])[] = [
  [/aurora postgresql/i, "aurora-postgresql"],
  [/aurora( mysql)?/i, "aurora-mysql"],
  [/postgresql/i, "postgres"],
  [/mariadb/i, "mariadb"],
  [/mysql/i, "mysql"],
  [/sql server.*\b(enterprise|EE)\b/i, "sqlserver-ee"],
  [/sql server.*\b(standard|SE)\b/i, "sqlserver-se"],
  [/sql server.*\bweb\b/i, "sqlserver-web"],
  [/sql server.*\b(express|EX)\b/i, "sqlserver-ex"],
  [/oracle.*\b(enterprise|EE)\b/i, "oracle-ee"],
  [/oracle.*\b(standard two|SE2)\b/i, "oracle-se2"],
];

const amazonEngine = (words: string): string | undefined =>
  ENGINES.find(([pattern]) => pattern.test(words))?.[1];

/** Open engines have no licence to buy; of the others only the words tell. */
const amazonLicense = (engine: string, words: string): string | undefined => {
  if (!/^(oracle|sqlserver)/.test(engine)) return "none";
  if (/\bLI\b|license included/i.test(words)) return "license-included";
  return /\bBYOL\b|bring your own/i.test(words) ? "bring-your-own-license" : undefined;
};

const database = (usage: string, sku: Sku): SkuItem | undefined => {
  const [, kind, instanceClass] =
    /^(InstanceUsage|Multi-AZUsage):(db\.[a-z0-9-]+\.[a-z0-9-]+)$/.exec(usage) ?? [];
  if (kind === undefined || instanceClass === undefined) return undefined;
  const words = `${detail(sku, "x_DatabaseEngine") ?? ""} ${/running (.+)$/i.exec(sku.description ?? "")?.[1] ?? ""}`;
  const engine = amazonEngine(words);
  const license = engine === undefined ? undefined : amazonLicense(engine, words);
  if (engine === undefined || license === undefined) return undefined;
  const deployment = kind === "Multi-AZUsage" ? "multi-az" : "single-az";
  return { item: "aws.rds.instance", attributes: { engine, instanceClass, deployment, license } };
};

const STORAGE: readonly (readonly [RegExp, string])[] = [
  [/^RDS:(Multi-AZ-)?StorageUsage$/, "standard"],
  [/^RDS:(Multi-AZ-)?GP2-Storage$/, "gp2"],
  [/^RDS:(Multi-AZ-)?GP3-Storage$/, "gp3"],
  [/^RDS:(Multi-AZ-)?PIOPS-Storage$/, "io1"],
  [/^RDS:(Multi-AZ-)?(IO2|PIOPS-IO2)-Storage$/, "io2"],
];

const databaseStorage = (usage: string): SkuItem | undefined => {
  const deployment = usage.includes("Multi-AZ-") ? "multi-az" : "single-az";
  if (/^RDS:(Multi-AZ-)?PIOPS$/.test(usage)) {
    return { item: "aws.rds.iops", attributes: { type: "io1", deployment } };
  }
  if (/^RDS:(Multi-AZ-)?GP3-PIOPS$/.test(usage)) {
    return { item: "aws.rds.iops", attributes: { type: "gp3", deployment } };
  }
  if (usage === "Aurora:StorageUsage") {
    return {
      item: "aws.rds.storage",
      attributes: { engine: "aurora", type: "aurora", deployment: "single-az" },
    };
  }
  const [, type] = STORAGE.find(([pattern]) => pattern.test(usage)) ?? [];
  return type === undefined
    ? undefined
    : { item: "aws.rds.storage", attributes: { engine: "any", type, deployment } };
};
