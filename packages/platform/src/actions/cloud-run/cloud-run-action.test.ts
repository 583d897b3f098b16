import { describe, expect, it } from "vitest";
import { service } from "../../testing/action-fixtures.ts";
import { addService, type CloudRunProject, newProject } from "../../testing/cloud-run-model.ts";
import { cloudRunAction } from "./cloud-run-action.ts";

const api = service("api");

const stateOf = (project: CloudRunProject, edit: (text: string) => string = (text) => text) =>
  cloudRunAction.parseState(edit(JSON.stringify(project.services.api?.service)), api);

const projectWith = (settings: Parameters<typeof addService>[2] = {}) => {
  const project = newProject();
  addService(project, "api", settings);
  return project;
};

const planFor = (
  changes: readonly { setting: string; from: unknown; to: unknown }[],
  project = projectWith(),
  more = {},
) =>
  cloudRunAction.plan({
    resource: api,
    changes: changes as never,
    state: { ...stateOf(project), ...more },
    guardrails: [],
    key: "k123456789",
  });

describe("the state of a service", () => {
  it("is read in the units of domain, with what the service leaves to the cloud", () => {
    expect(stateOf(projectWith({ cpu: "500m", memory: "1Gi", concurrency: 1, serviceMin: 2 }))).toMatchObject(
      {
        exists: true,
        cpu: "0.5",
        memoryMiB: 1024,
        minInstances: 2,
        minInstancesOn: "service",
        maxInstances: 20,
        ready: true,
        defaults: [],
      },
    );
    expect(stateOf(projectWith())).toMatchObject({ minInstances: 0, defaults: ["minInstances"] });
    expect(cloudRunAction.parseState(undefined, api)).toEqual({ exists: false });
  });

  it("is read whichever way gcloud spells truth", () => {
    const project = projectWith();
    const template = project.services.api?.service.spec.template.metadata;
    if (template?.annotations === undefined) throw new Error("No annotations");
    template.annotations["run.googleapis.com/cpu-throttling"] = "False";
    template.annotations["run.googleapis.com/startup-cpu-boost"] = "True";
    expect(stateOf(project)).toMatchObject({ cpuAllocation: "instance", startupCpuBoost: true });
  });

  it("is not ready while the cloud has not carried out what was asked", () => {
    const behind = (text: string) => text.replace('"observedGeneration":1', '"observedGeneration":0');
    expect(stateOf(projectWith(), behind)).toMatchObject({ ready: false });
  });

  it.each(["", "[]", '{"metadata":{}}', "ERROR"])("that says %j is refused", (output) => {
    expect(() => cloudRunAction.parseState(output, api)).toThrow(
      expect.objectContaining({ code: "ACTION_STATE_UNREADABLE" }),
    );
  });
});

describe("a plan for a service", () => {
  it("goes by four steps of value at most", () => {
    const planned = planFor([{ setting: "minInstances", from: 10, to: 3 }], projectWith({ serviceMin: 10 }));
    if (planned.status !== "planned") throw new Error(planned.reason);
    expect(planned.steps.map(({ after }) => after.minInstances)).toEqual([9, 7, 5, 3]);
    expect(planned.steps.every(({ restored }) => restored.minInstances === 10)).toBe(true);
  });

  it.each<[string, Parameters<typeof planFor>[2], unknown, string]>([
    [
      "is split",
      {
        traffic: [
          { revision: "a", percent: 50 },
          { revision: "b", percent: 50 },
        ],
      },
      "1",
      "a rollout is under way",
    ],
    [
      "does not serve its newest revision",
      { traffic: [{ revision: "old", percent: 100 }] },
      "1",
      "not its newest revision",
    ],
    ["is scaled by hand", { scaling: "manual" }, "1", "by hand"],
    ["is not ready", { ready: false }, "1", "not ready"],
    ["has two containers", { containers: 2 }, "1", "2 containers"],
    ["would not fit its memory", {}, "0.5", "concurrency of 1"],
  ])("is refused where it %s", (_, more, cpu, words) => {
    const planned = planFor([{ setting: "cpu", from: "2", to: cpu }], projectWith(), more);
    expect(planned).toMatchObject({ status: "refused", reason: expect.stringContaining(words) });
  });

  it.each<[string, unknown, unknown, string]>([
    ["minInstances", 0, 21, "above the maximum"],
    ["minInstances", 0, -1, "not a number of minimum instances"],
    ["maxInstances", 20, 0, "not a number of maximum instances"],
    ["concurrency", 40, 1001, "not between 1 and 1000"],
    ["cpu", "2", "nonsense", "nonsense vCPU is not among"],
    ["memoryMiB", 2048, 8193, "128 to 8192 MiB"],
  ])("is refused with %s %j → %j before gcloud is asked", (setting, from, to, words) => {
    const planned = planFor([{ setting, from, to }]);
    expect(planned).toMatchObject({ status: "refused", reason: expect.stringContaining(words) });
  });

  it("has a form in Terraform, the service's own minimum apart from a revision's", () => {
    const changes = [{ setting: "minInstances", from: 3, to: 2 }];
    const of = (minInstancesOn: string) =>
      cloudRunAction.terraform?.(api, changes, { minInstancesOn })?.attributes;
    expect(of("service")).toMatchObject({ scaling: { min_instance_count: 2 } });
    expect(of("revision")).toMatchObject({ template: { scaling: { min_instance_count: 2 } } });
  });

  it("leaves a minimum by the hour to a schedule", () => {
    const planned = planFor([{ setting: "minInstances", from: 0, to: [1, 2] }]);
    expect(planned).toMatchObject({ status: "refused", reason: expect.stringContaining("schedule") });
  });
});
