import type { ResourceEvidence } from "../advisors/advisor.ts";
import { cloudRunEvidence, type MeasuredRun } from "./cloud-run-evidence.ts";
import { measuredByFormula } from "./cloud-run-services.ts";
import { lognormal } from "./cloud-run-workload.ts";

/** Evidence of which it is known what an advisor has to say. Each advisor has one of each answer here. */
export interface AdvisorFixture {
  /** Id of the advisor. */
  readonly advisor: string;
  readonly name: string;
  readonly evidence: ResourceEvidence;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly expected: "recommended" | "fine" | "abstained";
}

export const advisorFixtures = (): readonly AdvisorFixture[] => [...cloudRunScaling()];

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
