import { canonicalJson, type WeekChange, type WeekSchedule, weekChanges } from "@trimtab/domain";
import { z } from "zod";
import type { Command } from "../action.ts";
import type { Service } from "../shared/cloud-run/cloud-run-rollout.ts";
import { gcloud, word } from "../shared/commands.ts";
import { nameDigest } from "../shared/name-digest.ts";
import { readJson } from "../shared/read-json.ts";

const DAYS = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"] as const;

export interface MinimumJob {
  readonly name: string;
  readonly change: WeekChange;
}

/** Every job of a service starts so. */
const prefixOf = ({ kind, id }: Service): string => `trimtab-minimums-${nameDigest(`${kind} ${id}`)}-`;

/** Who acts when a job runs. */
export const identityOf = ({ scope }: Service): string =>
  `trimtab-minimums@${scope.account}.iam.gserviceaccount.com`;

/** The jobs of a schedule. Another schedule has other names, so that names tell which one holds. */
export function jobsOf(resource: Service, schedule: WeekSchedule): readonly MinimumJob[] {
  const own = `${prefixOf(resource)}${nameDigest(canonicalJson(schedule))}`;
  return weekChanges(schedule).map((change, index) => ({
    name: `${own}-${String(index + 1).padStart(2, "0")}`,
    change,
  }));
}

const location = ({ scope }: Service): string => `--location=${word("region", scope.region)}`;

export const listJobs = (resource: Service): Command =>
  gcloud(resource.scope, "scheduler", "jobs", "list", location(resource));

const jobs = z.array(z.object({ name: z.string(), state: z.string() }));

/** Names of the jobs that set the service's minimum; null: none does. @throws ACTION_STATE_UNREADABLE */
export function readJobs(output: string, resource: Service): readonly string[] | null {
  const own = readJson("gcloud", output, jobs, resource)
    .filter(({ state }) => state === "ENABLED")
    .map(({ name }) => name.slice(name.lastIndexOf("/") + 1))
    .filter((name) => name.startsWith(prefixOf(resource)))
    .toSorted();
  return own.length === 0 ? null : own;
}

/**
 * A job that sets the minimum at its moments, as Google's own example sets a number of instances: gcloud makes no jobs that
 * PATCH, and Google's APIs take a PUT that says so for one.
 * @see https://cloud.google.com/run/docs/configuring/services/manual-scaling (schedule-based scaling), 2026-11-22
 */
export function createJob(resource: Service, { name, change }: MinimumJob): Command {
  const { scope } = resource;
  const service = `projects/${word("project", scope.account)}/locations/${word("region", scope.region)}/services/${word("name", resource.name)}`;
  return gcloud(
    scope,
    ...["scheduler", "jobs", "create", "http", name, location(resource)],
    `--schedule=${cronOf(change)}`,
    "--time-zone=Etc/UTC",
    `--uri=https://run.googleapis.com/v2/${service}?update_mask=scaling.minInstanceCount`,
    "--http-method=put",
    `--message-body=${JSON.stringify({ scaling: { minInstanceCount: change.value } })}`,
    "--headers=Content-Type=application/json,X-HTTP-Method-Override=PATCH",
    "--max-retry-attempts=5",
    `--oauth-service-account-email=${identityOf(resource)}`,
    "--oauth-token-scope=https://www.googleapis.com/auth/cloud-platform",
    `--description=Trimtab: ${resource.name} keeps ${change.value} instances from here on`,
  );
}

/** It may be gone already, after a run that died while it took them back. */
export const deleteJob = (resource: Service, { name }: MinimumJob): Command => ({
  ...gcloud(resource.scope, "scheduler", "jobs", "delete", name, location(resource)),
  mayBeGone: true,
});

/** `0 8,18 * * MON,TUE` */
export const cronOf = ({ hours, days }: WeekChange): string =>
  `0 ${hours.join(",")} * * ${days.length === DAYS.length ? "*" : days.map((day) => DAYS[day]).join(",")}`;
