import type { Json, ResourceRef } from "@trimtab/domain";
import { z } from "zod";
import { type Command, defineAction } from "../action.ts";
import { pick, refused, wantedChanges } from "../shared/changes.ts";
import { gcloud, word } from "../shared/commands.ts";
import { readJson } from "../shared/read-json.ts";

type Kind = "cloudtasks.googleapis.com/Queue";
type Settings = { readonly [setting: string]: Json };

/** @see https://cloud.google.com/tasks/docs/reference/rest/v2/projects.locations.queues#RateLimits, 2026-11-22 */
const wantedSchema = z.strictObject({
  maxDispatchesPerSecond: z.number().positive().max(500).optional(),
  maxConcurrentDispatches: z.int().min(1).max(5000).optional(),
  maxAttempts: z.union([z.literal(-1), z.int().min(1).max(1_000_000)]).optional(),
});

const queue = z.object({
  state: z.string().default("RUNNING"),
  rateLimits: z
    .object({ maxDispatchesPerSecond: z.number().optional(), maxConcurrentDispatches: z.number().optional() })
    .default({}),
  retryConfig: z.object({ maxAttempts: z.number().optional() }).default({}),
});

const FLAGS: Readonly<Record<string, string>> = {
  maxDispatchesPerSecond: "max-dispatches-per-second",
  maxConcurrentDispatches: "max-concurrent-dispatches",
  maxAttempts: "max-attempts",
};

/** How fast a Cloud Tasks queue hands out tasks, and how often it tries. */
export const cloudTasksQueueAction = defineAction<Kind>({
  apiVersion: 1,
  id: "cloud-tasks-queue",
  summary: "rate, concurrency and attempts of a Cloud Tasks queue",
  kinds: ["cloudtasks.googleapis.com/Queue"],
  changes: Object.keys(wantedSchema.shape),
  facts: [
    {
      text: "A queue hands out at most 500 tasks a second, and at most 5,000 at once.",
      source: "https://cloud.google.com/tasks/docs/reference/rest/v2/projects.locations.queues#RateLimits",
      date: "2026-11-22",
    },
    {
      text: "Attempts beyond the limit are lost: a task that fails the last time is deleted.",
      source: "https://cloud.google.com/tasks/docs/reference/rest/v2/projects.locations.queues#RetryConfig",
      date: "2026-11-22",
    },
  ],
  read: (resource) => queues(resource, "describe"),
  parseState: (output, resource) => {
    if (output === undefined) return { exists: false };
    const { state, rateLimits, retryConfig } = readJson("gcloud", output, queue, resource);
    return {
      exists: true,
      state,
      maxDispatchesPerSecond: rateLimits.maxDispatchesPerSecond ?? null,
      maxConcurrentDispatches: rateLimits.maxConcurrentDispatches ?? null,
      maxAttempts: retryConfig.maxAttempts ?? null,
    };
  },
  plan: (request) => {
    const { resource, state } = request;
    const checked = wantedChanges(request, wantedSchema);
    if ("refusal" in checked) return refused(checked.refusal);
    const wanted = checked.wanted as Settings;
    const from = pick(state, Object.keys(wanted));
    const step = {
      title: `Set ${said(wanted)} of the queue ${resource.name}`,
      before: { exists: true, ...from },
      apply: [queues(resource, "update", ...flags(wanted))],
      after: { exists: true, ...wanted },
      rollback: [queues(resource, "update", ...flags(from))],
      restored: { exists: true, ...from },
      reversibility: "reversible" as const,
      settleSeconds: 120,
      watchSeconds: 900,
    };
    const notes = ["Slower than tasks come in, the queue grows: watch its depth."];
    return { status: "planned", steps: [step], notes };
  },
  terraform: (_, changes) => {
    const value = (name: string) => changes.find(({ setting }) => setting === name)?.to;
    const group = (names: Readonly<Record<string, string>>) =>
      Object.fromEntries(
        Object.entries(names).flatMap(([setting, name]) => {
          const to = value(setting);
          return to === undefined ? [] : [[name, to] as const];
        }),
      );
    const limits = group({
      maxDispatchesPerSecond: "max_dispatches_per_second",
      maxConcurrentDispatches: "max_concurrent_dispatches",
    });
    const retry = group({ maxAttempts: "max_attempts" });
    return {
      type: "google_cloud_tasks_queue",
      attributes: {
        ...(Object.keys(limits).length === 0 ? {} : { rate_limits: limits }),
        ...(Object.keys(retry).length === 0 ? {} : { retry_config: retry }),
      },
    };
  },
});

/** What has no value of its own is cleared: the cloud's default holds again. */
const flags = (settings: Settings): readonly string[] =>
  Object.entries(settings).map(([name, value]) => {
    const flag = FLAGS[name] ?? name;
    if (value === null) return `--clear-${flag}`;
    return name === "maxAttempts" && value === -1 ? `--${flag}=unlimited` : `--${flag}=${String(value)}`;
  });

const said = (settings: Settings): string =>
  Object.entries(settings)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(", ");

const queues = ({ scope, name }: ResourceRef, verb: string, ...options: readonly string[]): Command =>
  gcloud(
    scope,
    ...["tasks", "queues", verb, word("name", name)],
    `--location=${word("region", scope.region)}`,
    ...options,
  );
