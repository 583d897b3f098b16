import type { ResourceEvidence } from "../advisors/advisor.ts";
import { evidenceOf, hourlySeries, summaryOf } from "./advice-evidence.ts";
import { cloudRunEvidence, type MeasuredRun } from "./cloud-run-evidence.ts";
import { measuredByFormula } from "./cloud-run-services.ts";
import { lognormal } from "./cloud-run-workload.ts";
import { cloudSql, machine, volume } from "./sample-items.ts";

/** Evidence of which it is known what an advisor has to say. Each advisor has one of each answer here. */
export interface AdvisorFixture {
  /** Id of the advisor. */
  readonly advisor: string;
  readonly name: string;
  readonly evidence: ResourceEvidence;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly expected: "recommended" | "fine" | "abstained";
}

export const advisorFixtures = (): readonly AdvisorFixture[] => [
  ...cloudRunScaling(),
  ...idleResources(),
  ...offHours(),
  ...sqlSizing(),
];

function cloudRunScaling(): readonly AdvisorFixture[] {
  const settings = { minInstances: 4, concurrency: 20 } as const;
  const rate = (hour: number) => (hour % 24 < 7 ? 4 : 60);
  const time = lognormal(0.1, 0.5);
  const run = (change: Partial<MeasuredRun>): ResourceEvidence =>
    cloudRunEvidence({
      ...measuredByFormula({ weeks: 5, rate, meanSeconds: 0.12, time, settings }),
      settings,
      startupMs: 2000,
      ...change,
    }) as unknown as ResourceEvidence;
  const advisor = "cloud-run-scaling";
  const none = { ...settings, minInstances: 0 };
  return [
    { advisor, name: "minimum instances that wait all night", evidence: run({}), expected: "recommended" },
    {
      advisor,
      name: "a large instance that uses little of it",
      evidence: run({
        settings: { ...settings, cpu: "4", memoryMiB: 8192 },
        cpuUtilization: 0.1,
        memoryUtilization: 0.2,
      }),
      expected: "recommended",
    },
    {
      advisor,
      name: "nothing kept warm, nothing known of CPU and memory",
      evidence: run({
        ...measuredByFormula({ weeks: 5, rate, meanSeconds: 0.12, time, settings: none }),
        settings: none,
        idle: Array.from({ length: 840 }, () => 0.5),
      }),
      settings: { cpuAllocation: "keep" },
      expected: "fine",
    },
    {
      advisor,
      name: "instances that work outside requests",
      evidence: run({ idle: Array.from({ length: 840 }, () => 30) }),
      expected: "abstained",
    },
  ];
}

function idleResources(): readonly AdvisorFixture[] {
  const prices = { "aws.ebs.volume": "0.088", "aws.ebs.snapshot": "0.05" };
  const summaries = (sum: number) => [
    summaryOf("disk.read.operations", "sum", { sum }),
    summaryOf("disk.write.operations", "sum", { sum }),
  ];
  const disk = (sum: number) => evidenceOf({ resource: volume, summaries: summaries(sum), prices });
  const advisor = "idle-resources";
  const unknown = evidenceOf({ resource: volume, prices });
  return [
    { advisor, name: "a disk that nothing used", evidence: asAny(disk(0)), expected: "recommended" },
    { advisor, name: "a disk that was used", evidence: asAny(disk(12)), expected: "fine" },
    { advisor, name: "a disk of unknown use", evidence: asAny(unknown), expected: "abstained" },
  ];
}

function offHours(): readonly AdvisorFixture[] {
  const at = (valueAt: (time: Date) => number | null) =>
    asAny(
      evidenceOf({
        resource: machine({ env: "dev" }),
        series: [hourlySeries("cpu.utilization", 42, valueAt)],
        prices: { "aws.ec2.instance": "0.23" },
      }),
    );
  const isDay = (time: Date) => time.getUTCHours() >= 8 && time.getUTCHours() < 18;
  const advisor = "off-hours";
  return [
    {
      advisor,
      name: "busy by day",
      evidence: at((time) => (isDay(time) ? 0.5 : 0)),
      expected: "recommended",
    },
    { advisor, name: "always busy", evidence: at(() => 0.5), expected: "fine" },
    {
      advisor,
      name: "seen by day only",
      evidence: at((time) => (isDay(time) ? 0.5 : null)),
      expected: "abstained",
    },
  ];
}

function sqlSizing(): readonly AdvisorFixture[] {
  const of = (cpu: number, connections?: number) =>
    asAny(
      evidenceOf({
        resource: cloudSql,
        summaries: [
          summaryOf("cpu.utilization", "max", { p99: cpu, max: 1 }),
          summaryOf("memory.utilization", "max", { max: 0.5 }),
          ...(connections === undefined ? [] : [summaryOf("connections", "max", { max: connections })]),
        ],
        prices: { "gcp.sql.cpu": "0.0826", "gcp.sql.memory": "0.014" },
      }),
    );
  const advisor = "sql-sizing";
  return [
    { advisor, name: "a database that is half idle", evidence: of(0.3, 100), expected: "recommended" },
    { advisor, name: "a busy database", evidence: of(0.95, 700), expected: "fine" },
    { advisor, name: "unknown connections", evidence: of(0.3), expected: "abstained" },
  ];
}

/** Advisors are called for any kind here, as the house calls them. */
const asAny = (evidence: object): ResourceEvidence => evidence as ResourceEvidence;
