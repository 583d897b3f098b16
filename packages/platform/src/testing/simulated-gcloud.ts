import type { CommandOutcome } from "../apply/commands/command-runner.ts";
import {
  CloudRefusal,
  type CloudRunProject,
  getService,
  replaceService,
  type ServiceJson,
} from "./cloud-run-model.ts";

const ended = (exitCode: number, stdout: string, stderr: string): CommandOutcome => ({
  status: "ended",
  exitCode,
  stdout,
  stderr,
});

/**
 * A stand-in for gcloud, at the level of its arguments, over a project kept in memory: the documented flags of
 * `run services describe|update|update-traffic`, and nothing else.
 * @see https://cloud.google.com/sdk/gcloud/reference/run/services, read 2026-11-22
 */
export const simulateGcloud = (project: CloudRunProject, args: readonly string[]): CommandOutcome => {
  const [group, noun, verb = "", name = "", ...rest] = args;
  if (group !== "run" || noun !== "services")
    return ended(2, "", `ERROR: Invalid choice: '${group} ${noun}'`);
  try {
    if (verb === "describe") return ended(0, JSON.stringify(getService(project, name)), "");
    const edit = verb === "update" ? EDITS : verb === "update-traffic" ? TRAFFIC : undefined;
    if (edit === undefined) return ended(2, "", `ERROR: Invalid choice: '${verb}'`);
    const service = getService(project, name);
    delete service.spec.template.metadata?.name;
    for (const flag of rest) {
      const [option = "", value = ""] = flag.split(/=(.*)/s);
      if (["--project", "--region", "--format", "--quiet"].includes(option)) continue;
      const change = edit[option];
      if (change === undefined) return ended(2, "", `ERROR: unrecognized arguments: ${flag}`);
      change(service, value);
    }
    const changed = replaceService(project, service);
    project.effects.push(args.join(" "));
    return ended(0, JSON.stringify(changed), "Done.");
  } catch (error) {
    if (!(error instanceof CloudRefusal)) throw error;
    const text = error.status === 404 ? `Cannot find service [${name}]` : `${error.reason}: ${error.message}`;
    return ended(1, "", `ERROR: (gcloud.run.services.${verb}) ${text}`);
  }
};

type Edit = (service: ServiceJson, value: string) => void;

const annotations = (owner: { annotations?: Record<string, string> }): Record<string, string> => {
  owner.annotations ??= {};
  return owner.annotations;
};

const ofRevision = ({ spec }: ServiceJson): Record<string, string> => {
  spec.template.metadata ??= {};
  return annotations(spec.template.metadata);
};

const set = (target: Record<string, string>, key: string, value: string): void => {
  if (value === "default") delete target[key];
  else target[key] = value;
};

const limits = ({ spec }: ServiceJson): Record<string, string> => {
  const [container] = spec.template.spec.containers;
  if (container === undefined) return {};
  container.resources ??= {};
  container.resources.limits ??= {};
  return container.resources.limits;
};

/** What traffic is pinned to, when the newest revision is to get none of it. */
const pin: Edit = (service) => {
  const live = (service.status?.traffic ?? []) as { revisionName?: string; percent?: number }[];
  service.spec.traffic = live.map(({ revisionName = "", percent = 0 }) => ({ revisionName, percent }));
};

const EDITS: Readonly<Record<string, Edit>> = {
  "--cpu": (service, value) => set(limits(service), "cpu", value),
  "--memory": (service, value) => set(limits(service), "memory", value),
  "--concurrency": ({ spec }, value) => {
    if (value === "default") delete spec.template.spec.containerConcurrency;
    else spec.template.spec.containerConcurrency = Number(value);
  },
  "--min": ({ metadata }, value) => set(annotations(metadata), "run.googleapis.com/minScale", value),
  "--min-instances": (service, value) => set(ofRevision(service), "autoscaling.knative.dev/minScale", value),
  "--max-instances": (service, value) => set(ofRevision(service), "autoscaling.knative.dev/maxScale", value),
  "--cpu-throttling": (service) => set(ofRevision(service), "run.googleapis.com/cpu-throttling", "true"),
  "--no-cpu-throttling": (service) => set(ofRevision(service), "run.googleapis.com/cpu-throttling", "false"),
  "--cpu-boost": (service) => set(ofRevision(service), "run.googleapis.com/startup-cpu-boost", "true"),
  "--no-cpu-boost": (service) => set(ofRevision(service), "run.googleapis.com/startup-cpu-boost", "false"),
  "--execution-environment": (service, value) =>
    set(ofRevision(service), "run.googleapis.com/execution-environment", value),
  "--revision-suffix": (service, value) => {
    service.spec.template.metadata ??= {};
    service.spec.template.metadata.name = `${service.metadata.name}-${value}`;
  },
  "--no-traffic": pin,
};

const TRAFFIC: Readonly<Record<string, Edit>> = {
  "--to-latest": (service) => {
    service.spec.traffic = [{ latestRevision: true, percent: 100 }];
  },
  "--to-revisions": (service, value) => {
    service.spec.traffic = value.split(",").map((part) => {
      const [revisionName = "", percent = "0"] = part.split("=");
      return { revisionName, percent: Number(percent) };
    });
  },
};
