import type { Json, LiveSettings, ResourceRef, SettingChange } from "@trimtab/domain";
import type { CommandRunner } from "../apply/commands/command-runner.ts";
import { AWS_FIXTURES } from "./aws-fixtures.ts";
import { addService, newProject } from "./cloud-run-model.ts";
import { GOOGLE_FIXTURES } from "./google-fixtures.ts";
import { simulateGcloud } from "./simulated-gcloud.ts";

/** A cloud that understands the argument lists of one action, made anew for every test. */
export interface SimulatedCloud {
  /** As the tool would answer; a change is carried out before it answers. */
  readonly run: CommandRunner;
  /** All that is in it, to compare: what a test must not change, or must bring back. */
  snapshot(): Json;
  /** Argument lists of the changes that it carried out, in order. */
  effects(): readonly string[];
}

/** One change that an action can make, and a cloud in which it can. */
export interface ActionFixture {
  readonly about: string;
  readonly resource: ResourceRef;
  readonly changes: readonly SettingChange[];
  cloud(): SimulatedCloud;
  /**
   * What of the resource's state has to be as before once all is taken back. Absent: all that the action reads, but for
   * what it names here.
   */
  readonly mayDiffer?: readonly string[];
  /** What the state says when it is done, where it can't show a setting as it was asked for: schedules by their names. */
  readonly reached?: LiveSettings;
}

export const service = (name: string): ResourceRef<"run.googleapis.com/Service"> => ({
  kind: "run.googleapis.com/Service",
  id: `//run.googleapis.com/projects/p-1/locations/us-central1/services/${name}`,
  name,
  scope: { provider: "gcp", account: "p-1", region: "us-central1" },
});

export const cloudRun = (settings: Parameters<typeof addService>[2]) => (): SimulatedCloud => {
  const project = newProject();
  addService(project, "api", settings);
  return {
    run: async ({ args }) => simulateGcloud(project, args),
    snapshot: () => JSON.parse(JSON.stringify(project.services)),
    effects: () => project.effects,
  };
};

const CLOUD_RUN_FIXTURES: Readonly<Record<string, readonly ActionFixture[]>> = {
  "cloud-run": [
    {
      about: "the service's own minimum",
      resource: service("api"),
      changes: [{ setting: "minInstances", from: 10, to: 4 }],
      cloud: cloudRun({ serviceMin: 10 }),
    },
    {
      about: "a minimum back to none",
      resource: service("api"),
      changes: [{ setting: "minInstances", from: 1, to: 0 }],
      cloud: cloudRun({ serviceMin: 1 }),
    },
    {
      about: "CPU, memory and concurrency of a revision",
      resource: service("api"),
      changes: [
        { setting: "cpu", from: "2", to: "1" },
        { setting: "memoryMiB", from: 2048, to: 1024 },
        { setting: "concurrency", from: 40, to: 80 },
      ],
      cloud: cloudRun({}),
      // The old settings come back in a revision of another name.
      mayDiffer: ["revision", "traffic"],
    },
    {
      about: "a revision's minimum and maximum, and the CPU while it waits",
      resource: service("api"),
      changes: [
        { setting: "minInstances", from: 2, to: 1 },
        { setting: "maxInstances", from: 20, to: 10 },
        { setting: "cpuAllocation", from: "request", to: "instance" },
        { setting: "startupCpuBoost", from: false, to: true },
      ],
      cloud: cloudRun({ revisionMin: 2 }),
      mayDiffer: ["revision", "traffic"],
    },
  ],
};

/** By action: at least one for each in the registry, of each cloud that it knows. */
export const ACTION_FIXTURES: Readonly<Record<string, readonly ActionFixture[]>> = Object.fromEntries(
  [CLOUD_RUN_FIXTURES, GOOGLE_FIXTURES, AWS_FIXTURES]
    .flatMap(Object.keys)
    .map((id) => [
      id,
      [...(CLOUD_RUN_FIXTURES[id] ?? []), ...(GOOGLE_FIXTURES[id] ?? []), ...(AWS_FIXTURES[id] ?? [])],
    ]),
);
