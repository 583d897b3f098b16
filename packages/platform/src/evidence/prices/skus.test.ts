import { describe, expect, it } from "vitest";
import { amazonItem } from "./amazon-skus.ts";
import { googleItem } from "./google-skus.ts";
import type { Sku } from "./sku.ts";

const sku = (service: string, meter: string, more: Partial<Sku> = {}): Sku => ({
  service,
  meter,
  description: null,
  operation: null,
  details: null,
  ...more,
});

const textOf = (found: ReturnType<typeof googleItem>): string => {
  if (found === undefined) return "-";
  if ("reason" in found) return `${found.item}: ${found.reason.slice(0, 20)}`;
  return [found.item, ...Object.values(found.attributes)].join(" ");
};

describe("googleItem", () => {
  it.each([
    ["Cloud Run", "Services CPU (Request-based billing) in us-central1", "gcp.run.cpu request"],
    ["Cloud Run", "Services CPU (Instance-based billing) in us-central1", "gcp.run.cpu instance"],
    ["Cloud Run", "Services Min Instance CPU (Request-based billing) in us-central1", "gcp.run.cpu idle"],
    ["Cloud Run", "Services Memory (Request-based billing) in us-central1", "gcp.run.memory request"],
    ["Cloud Run", "CPU Allocation Time (tier 2)", "gcp.run.cpu request"],
    ["Cloud Run", "CPU Allocation Time (Always-on CPU) in europe-west3", "gcp.run.cpu instance"],
    ["Cloud Run", "Idle Min-Instance Memory Allocation Time", "gcp.run.memory idle"],
    ["Cloud Run", "Requests in us-central1", "gcp.run.requests"],
    ["Cloud Run", "Jobs CPU in us-central1", "-"],
    ["Cloud Run", "Cloud Run Network Internet Data Transfer Out", "-"],
    [
      "Cloud SQL",
      "Cloud SQL for PostgreSQL: Regional - vCPU in Americas",
      "gcp.sql.cpu POSTGRES ENTERPRISE REGIONAL",
    ],
    ["Cloud SQL", "Cloud SQL for MySQL: Zonal - RAM in Belgium", "gcp.sql.memory MYSQL ENTERPRISE ZONAL"],
    [
      "Cloud SQL",
      "Cloud SQL for PostgreSQL: Zonal - Enterprise Plus vCPU in Americas",
      "gcp.sql.cpu POSTGRES ENTERPRISE_PLUS ZONAL",
    ],
    [
      "Cloud SQL",
      "Cloud SQL for SQL Server: Zonal - Standard storage in Iowa",
      "gcp.sql.storage SQLSERVER PD_SSD ZONAL",
    ],
    [
      "Cloud SQL",
      "Cloud SQL for PostgreSQL: Zonal - Low cost storage in Iowa",
      "gcp.sql.storage POSTGRES PD_HDD ZONAL",
    ],
    [
      "Cloud SQL",
      "Cloud SQL for MySQL: Zonal - 4 vCPU + 15GB RAM in Americas",
      "gcp.sql.tier MYSQL db-n1-standard-4 ZONAL",
    ],
    [
      "Cloud SQL",
      "Cloud SQL for MySQL: Zonal - 4 vCPU + 26GB RAM in Americas",
      "gcp.sql.tier MYSQL db-n1-highmem-4 ZONAL",
    ],
    [
      "Cloud SQL",
      "Cloud SQL for MySQL: Regional - Micro instance in Americas",
      "gcp.sql.tier MYSQL db-f1-micro REGIONAL",
    ],
    ["Cloud SQL", "Cloud SQL: Backups in Americas", "-"],
    ["Cloud SQL", "Commitment - dollar based v1: Cloud SQL database in us-central1 for 1 year", "-"],
    ["Compute Engine", "N1 Predefined Instance Core running in Americas", "gcp.compute.core n1 no"],
    ["Compute Engine", "N2D AMD Instance Ram running in Belgium", "gcp.compute.ram n2d no"],
    ["Compute Engine", "Spot Preemptible E2 Instance Core running in Iowa", "gcp.compute.core e2 yes"],
    ["Compute Engine", "E2 Custom Instance Core running in Iowa", "-"],
    ["Compute Engine", "Storage PD Capacity in Finland", "gcp.compute.disk pd-standard"],
    ["Compute Engine", "SSD backed PD Capacity", "gcp.compute.disk pd-ssd"],
    ["Compute Engine", "Regional SSD backed PD Capacity", "-"],
    ["Compute Engine", "Storage PD Snapshot in US", "gcp.compute.snapshot"],
    ["Compute Engine", "Static Ip Charge", "gcp.compute.address idle"],
    ["Networking", "External IP Charge on a Standard VM", "gcp.compute.address in-use"],
    ["Networking", "Cloud Load Balancer Forwarding Rule Additional Global", "gcp.compute.forwarding-rule"],
    [
      "Networking",
      "Cloud Load Balancer Forwarding Rule Minimum Global",
      "gcp.compute.forwarding-rule: the first five forwa",
    ],
    ["Compute Engine", "Commitment v1: N2 Cpu in Americas for 1 Year", "-"],
  ])("%s: %s", (service, meter, expected) => {
    expect(textOf(googleItem(sku(service, meter)))).toBe(expected);
  });
});

describe("amazonItem", () => {
  const EC2 = "Amazon Elastic Compute Cloud";
  const RDS = "Amazon Relational Database Service";
  const running = (engine: string) => ({
    description: `$0.29 per RDS db.r6g.large Single-AZ instance hour (or partial hour) running ${engine}`,
  });
  it.each([
    [EC2, "BoxUsage:m6i.2xlarge", { operation: "RunInstances" }, "aws.ec2.instance m6i.2xlarge linux"],
    [
      EC2,
      "EUW1-BoxUsage:m6i.2xlarge",
      { operation: "RunInstances:0002" },
      "aws.ec2.instance m6i.2xlarge windows",
    ],
    [EC2, "BoxUsage:m6i.large", { operation: "RunInstances:0010" }, "-"],
    [
      EC2,
      "BoxUsage:m6i.large",
      { details: '{"OperatingSystem":"Linux"}' },
      "aws.ec2.instance m6i.large linux",
    ],
    [EC2, "BoxUsage:m6i.large", { details: '{"OperatingSystem":"RHEL"}' }, "-"],
    [
      EC2,
      "BoxUsage:m6i.large",
      { description: "$0.096 per On Demand Linux m6i.large Instance Hour" },
      "aws.ec2.instance m6i.large linux",
    ],
    [EC2, "BoxUsage:m6i.large", {}, "-"],
    [EC2, "SpotUsage:m6i.large", { operation: "RunInstances" }, "-"],
    [EC2, "DedicatedUsage:m6i.large", { operation: "RunInstances" }, "-"],
    [EC2, "USW2-EBS:VolumeUsage.gp3", {}, "aws.ebs.volume gp3"],
    [EC2, "EBS:VolumeUsage", {}, "aws.ebs.volume standard"],
    [EC2, "EBS:VolumeP-IOPS.gp3", {}, "-"],
    [EC2, "EU-EBS:SnapshotUsage", {}, "aws.ebs.snapshot"],
    ["Amazon Virtual Private Cloud", "USE2-PublicIPv4:IdleAddress", {}, "aws.ec2.address idle"],
    [EC2, "PublicIPv4:InUseAddress", {}, "aws.ec2.address in-use"],
    [
      "Elastic Load Balancing",
      "LoadBalancerUsage",
      { operation: "LoadBalancing:Application" },
      "aws.elb.balancer application",
    ],
    [
      "Elastic Load Balancing",
      "APN1-LoadBalancerUsage",
      { operation: "LoadBalancing:Network" },
      "aws.elb.balancer network",
    ],
    [
      "Elastic Load Balancing",
      "LoadBalancerUsage",
      { operation: "LoadBalancing" },
      "aws.elb.balancer classic",
    ],
    ["Elastic Load Balancing", "LCUUsage", { operation: "LoadBalancing:Application" }, "-"],
    [
      RDS,
      "InstanceUsage:db.r6g.large",
      running("PostgreSQL"),
      "aws.rds.instance postgres db.r6g.large single-az none",
    ],
    [
      RDS,
      "EU-Multi-AZUsage:db.r6g.large",
      running("MySQL"),
      "aws.rds.instance mysql db.r6g.large multi-az none",
    ],
    [
      RDS,
      "InstanceUsage:db.r6g.large",
      running("Aurora PostgreSQL"),
      "aws.rds.instance aurora-postgresql db.r6g.large single-az none",
    ],
    [
      RDS,
      "InstanceUsage:db.m5.large",
      running("SQL Server SE (LI)"),
      "aws.rds.instance sqlserver-se db.m5.large single-az license-included",
    ],
    [
      RDS,
      "InstanceUsage:db.m5.large",
      running("Oracle SE2 (BYOL)"),
      "aws.rds.instance oracle-se2 db.m5.large single-az bring-your-own-license",
    ],
    [RDS, "InstanceUsage:db.m5.large", {}, "-"],
    [RDS, "RDS:Multi-AZ-GP3-Storage", {}, "aws.rds.storage any gp3 multi-az"],
    [RDS, "RDS:GP2-Storage", {}, "aws.rds.storage any gp2 single-az"],
    [RDS, "USE2-RDS:Multi-AZ-PIOPS", {}, "aws.rds.iops io1 multi-az"],
    [RDS, "Aurora:StorageUsage", {}, "aws.rds.storage aurora aurora single-az"],
  ])("%s: %s %j", (service, meter, more, expected) => {
    expect(textOf(amazonItem(sku(service, meter, more)))).toBe(expected);
  });
});
