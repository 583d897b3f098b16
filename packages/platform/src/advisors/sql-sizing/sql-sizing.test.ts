import { formatFixed, grossOf, type InventoryItem } from "@trimtab/domain";
import { expect, test } from "vitest";
import { evidenceOf, NOW, summaryOf } from "../../testing/advice-evidence.ts";
import { cloudSql } from "../../testing/sample-items.ts";
import { cloudSqlSizes } from "./cloud-sql-sizes.ts";
import { rdsSizes } from "./rds-sizes.ts";
import { sqlSizingAdvisor } from "./sql-sizing.ts";

const settings = sqlSizingAdvisor.settings.parse({});
const prices = {
  "gcp.sql.cpu POSTGRES ENTERPRISE REGIONAL": "0.0826",
  "gcp.sql.memory POSTGRES ENTERPRISE REGIONAL": "0.014",
  "gcp.sql.cpu POSTGRES ENTERPRISE ZONAL": "0.0413",
  "gcp.sql.memory POSTGRES ENTERPRISE ZONAL": "0.007",
};
const load = (cpu: number, memory: number, connections: number) => [
  summaryOf("cpu.utilization", "max", { p99: cpu, max: 1 }),
  summaryOf("memory.utilization", "max", { max: memory }),
  summaryOf("connections", "max", { max: connections }),
];
const advise = (given: Parameters<typeof evidenceOf>[0]) =>
  sqlSizingAdvisor.advise(evidenceOf(given) as never, settings);

test("the cheapest machine that holds the busiest hours is proposed", () => {
  const advice = advise({ resource: cloudSql, summaries: load(0.3, 0.4, 300), prices });
  if (advice.status !== "recommended") throw new Error(advice.reason);
  const [draft] = advice.drafts;
  // 0.3 × 16 ÷ 0.7 = 6.86 vCPU; 0.4 × 60 ÷ 0.85 = 28.2 GiB; 375 connections need 7.5 GiB.
  expect(draft?.changes).toEqual([{ setting: "tier", from: "db-custom-16-61440", to: "db-custom-8-29696" }]);
  const gross = grossOf(draft?.lines ?? [], draft?.costNow.currency as never);
  // (8 vCPU × 0.0826 + 31 GiB × 0.014) × 730
  expect(formatFixed(gross.mid, 4)).toBe("799.2040");
});

test("connections alone can keep a machine large", () => {
  const few = advise({ resource: cloudSql, summaries: load(0.05, 0.05, 560), prices });
  // 700 connections need 60 GiB by default, and those at least 10 vCPU.
  expect(few).toMatchObject({ drafts: [{ changes: [{ to: "db-custom-10-61440" }] }] });
  const none = advise({ resource: cloudSql, summaries: load(0.05, 0.05, 700), prices });
  // 875 need 120 GiB, more than it has.
  expect(none).toMatchObject({ status: "fine" });
});

test.each([
  [
    "memory",
    load(0.1, 0.1, 10).filter(({ metric }) => metric !== "memory.utilization"),
    prices,
    "memory.utilization",
  ],
  ["CPU", [], prices, "cpu.utilization"],
  ["a price", load(0.1, 0.1, 10), {}, "no price"],
  ["days", load(0.1, 0.1, 10).map((each) => ({ ...each, start: each.end })), prices, "known for 0.0 days"],
])("without %s it abstains", (_, summaries, known, reason) => {
  const advice = advise({ resource: cloudSql, summaries, prices: known });
  expect(advice).toMatchObject({ status: "abstained", reason: expect.stringContaining(reason) });
});

test("what is not production needs no second zone", () => {
  const resource = { ...cloudSql, tags: { environment: "dev" } };
  const advice = advise({ resource, summaries: load(0.6, 0.8, 300), prices });
  if (advice.status !== "recommended") throw new Error(advice.reason);
  const zone = advice.drafts.find(({ fingerprint }) => fingerprint === "availability");
  const gross = grossOf(zone?.lines ?? [], zone?.costNow.currency as never);
  expect(formatFixed(gross.mid, 4)).toBe("788.9840");
});

const rds: InventoryItem<"AWS::RDS::DBInstance"> = {
  kind: "AWS::RDS::DBInstance",
  id: "arn:aws:rds:us-east-1:111111111111:db:orders",
  name: "orders",
  scope: { provider: "aws", account: "111111111111", region: "us-east-1" },
  settings: {
    engine: "postgres",
    engineVersion: "16.3",
    instanceClass: "db.r6g.4xlarge",
    licenseModel: "postgresql-license",
    storageGiB: 1000,
    storageType: "gp3",
    iops: 12_000,
    throughputMiBps: 500,
    multiAz: true,
    replicaOf: null,
    replicas: [],
    cluster: null,
    status: "available",
  },
  tags: {},
  aliases: [],
  readAt: NOW,
};
const GIB = 1024 ** 3;
const rdsLoad = (iops: number) => [
  summaryOf("cpu.utilization", "max", { p99: 0.15 }),
  summaryOf("memory.free", "min", { min: 100 * GIB }),
  summaryOf("connections", "max", { max: 200 }),
  summaryOf("disk.read.operations", "sum", { p99: iops * 3600 }),
  summaryOf("disk.write.operations", "sum", { p99: 0 }),
];
const rdsPrices = {
  "aws.rds.instance postgres db.r6g.4xlarge multi-az postgresql-license": "3.44",
  "aws.rds.instance postgres db.r6g.xlarge multi-az postgresql-license": "0.86",
  "aws.rds.instance postgres db.r6g.2xlarge multi-az postgresql-license": "1.72",
};

test("RDS keeps its family, and a class must sustain the operations", () => {
  const to = (iops: number) => {
    const advice = advise({ resource: rds, summaries: rdsLoad(iops), prices: rdsPrices });
    return advice.status === "recommended" ? advice.drafts[0]?.changes[0]?.to : advice.reason;
  };
  // 0.15 × 16 ÷ 0.7 = 3.4 vCPU; 28 used ÷ 0.85 = 32.9 GiB: an xlarge has 32.
  expect(to(5000)).toBe("db.r6g.2xlarge");
  expect(to(13_000)).toBe("no smaller class holds its busiest hours");
});

const quiet = (settings: Partial<(typeof rds)["settings"]> = {}, samples?: number) =>
  advise({
    resource: { ...rds, settings: { ...rds.settings, ...settings } },
    summaries: [
      ...rdsLoad(1).filter(({ metric }) => metric !== "connections"),
      summaryOf("connections", "max", { max: 0 }, samples === undefined ? {} : { samples }),
    ],
    prices: { ...rdsPrices, "aws.rds.instance postgres db.r6g.4xlarge single-az postgresql-license": "1.72" },
  });

test("an instance that nobody connected to is deleted with a snapshot, or stopped for the week that RDS leaves it so", () => {
  const advice = quiet();
  if (advice.status !== "recommended") throw new Error(advice.reason);
  expect(advice.drafts.map(({ fingerprint, action }) => [fingerprint, action])).toEqual([
    ["idle-instance", undefined],
    ["stop-idle-instance", "rds"],
  ]);
  const [gone, stopped] = advice.drafts.map(({ lines }) => grossOf(lines, "USD" as never));
  // 3.44 × 730 hours; × 168 of one stop.
  expect(formatFixed(gone?.mid as never, 2)).toBe("2511.20");
  expect(formatFixed(stopped?.mid as never, 2)).toBe("577.92");
  expect(formatFixed(stopped?.high as never, 2)).toBe("2511.20");
  expect(advice.drafts[1]?.notes[0]).toMatch(/storage and backups.*after seven days.*USER_StopInstance/);
});

test("what has replicas or a cluster is not idle, too few points prove nothing, and some can't be stopped", () => {
  const prints = (advice: ReturnType<typeof quiet>) =>
    advice.status === "recommended" ? advice.drafts.map(({ fingerprint }) => fingerprint) : [];
  expect(prints(quiet({ replicas: ["orders-2"] }))).toEqual(["instance-class"]);
  expect(prints(quiet({ cluster: "c" }))).toEqual(["instance-class"]);
  expect(prints(quiet({}, 500))).toEqual(["instance-class"]);
  expect(prints(quiet({ replicaOf: "main" }))).toEqual(["idle-replica"]);
});

const burstable = (mean: number, busiest: number, own: readonly ReturnType<typeof summaryOf>[]) => {
  const advice = advise({
    resource: { ...rds, settings: { ...rds.settings, instanceClass: "db.t4g.large", multiAz: false } },
    summaries: [
      summaryOf("cpu.utilization", "max", { p99: 0.6 }),
      summaryOf("cpu.utilization", "mean", { p95: mean, p99: mean, max: busiest }),
      summaryOf("memory.free", "min", { min: 7 * GIB }),
      summaryOf("connections", "max", { max: 10 }),
      summaryOf("disk.read.operations", "sum", { p99: 100 * 3600 }),
      summaryOf("disk.write.operations", "sum", { p99: 0 }),
      ...own,
    ],
    prices: {
      "aws.rds.instance postgres db.t4g.large single-az postgresql-license": "0.129",
      "aws.rds.instance postgres db.t4g.small single-az postgresql-license": "0.032",
    },
  });
  return advice.status === "recommended" ? advice.drafts[0]?.changes[0]?.to : advice.reason;
};

test("a burstable class must earn the credits that are used", () => {
  const left = summaryOf("cpu.credit.balance", "min", { min: 300 });
  // 1 used ÷ 0.85 = 1.2 GiB: a small would do, which earns 24 an hour: 20 % of two vCPUs.
  expect(burstable(0.19, 0.2, [left])).toBe("db.t4g.small");
  // Of 1008 hours 10 may be as busy as the busiest, 0.6 × 120 − 24 = 48 beyond each: 484 of the 576 that it keeps.
  expect(burstable(0.19, 0.6, [left])).toBe("db.t4g.small");
  expect(burstable(0.19, 0.7, [left])).toBe("no smaller class holds its busiest hours");
  expect(burstable(0.21, 0.21, [left])).toBe("no smaller class holds its busiest hours");
});

test.each([
  ["charged", summaryOf("cpu.credit.surplus", "sum", { sum: 12 }), "12 were charged on top"],
  ["used up", summaryOf("cpu.credit.balance", "min", { min: 0 }), "its CPU credits ran out"],
  ["not known", summaryOf("replication.lag", "max", {}), "cpu.credit.balance is not known"],
])("credits that are %s keep a burstable class", (_, summary, reason) => {
  expect(burstable(0.05, 0.05, [summary])).toContain(reason);
});

test("sizes are those that are documented", () => {
  expect(
    cloudSqlSizes("ENTERPRISE")
      .slice(0, 2)
      .map(({ tier }) => tier),
  ).toEqual(["db-custom-1-4096", "db-custom-1-5120"]);
  for (const { vCpus, memoryMiB } of cloudSqlSizes("ENTERPRISE")) {
    expect(vCpus === 1 || vCpus % 2 === 0).toBe(true);
    expect(memoryMiB % 256).toBe(0);
    expect(memoryMiB / 1024 / vCpus).toBeLessThanOrEqual(6.5);
    expect(memoryMiB / 1024 / vCpus).toBeGreaterThanOrEqual(0.9);
  }
  expect(rdsSizes("db.t2.medium")).toEqual([]);
  // The documented baseline: credits an hour ÷ vCPUs ÷ 60.
  expect(rdsSizes("db.t3.medium").map((size) => (size.creditsPerHour ?? 0) / size.vCpus / 0.6)).toEqual([
    10, 20, 20, 30, 40, 40,
  ]);
  expect(rdsSizes("db.m6i.large").at(-1)?.instanceClass).toBe("db.m6i.24xlarge");
});
