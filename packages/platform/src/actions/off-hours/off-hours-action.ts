import type { Json } from "@trimtab/domain";
import { z } from "zod";
import { defineAction, type StepDraft } from "../action.ts";
import { refused, wantedChanges } from "../shared/changes.ts";
import { zoneOf } from "../shared/gce-place.ts";
import { readJson } from "../shared/read-json.ts";
import { hoursSchema, sentence } from "./hours.ts";
import {
  createSchedules,
  deleteSchedules,
  identityOf,
  listSchedules,
  namesOf,
  type OffHoursKind,
  prefixOf,
} from "./schedules.ts";

const wantedSchema = z.strictObject({ offHours: hoursSchema.nullable() });
const awsSchedules = z.object({ Schedules: z.array(z.object({ Name: z.string(), State: z.string() })) });
const googleJobs = z.array(z.object({ name: z.string(), state: z.string() }));
const date = "2026-11-22";

/**
 * Stops something out of hours and starts it again, by the cloud's own scheduler: no server of ours must be up at night.
 * The setting `offHours` is null, or says when it runs; read back, it is the names of the schedules, which tell the hours.
 */
export const offHoursAction = defineAction<OffHoursKind>({
  apiVersion: 1,
  id: "off-hours",
  summary: "stop machines and databases out of hours, by schedules of the cloud itself",
  kinds: [
    "compute.googleapis.com/Instance",
    "sqladmin.googleapis.com/Instance",
    "AWS::EC2::Instance",
    "AWS::RDS::DBInstance",
  ],
  changes: ["offHours"],
  facts: [
    {
      text: "EventBridge Scheduler calls nearly any AWS API by a universal target, with a role that may call it and that scheduler.amazonaws.com may assume.",
      source: "https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html",
      date,
    },
    {
      text: "Cloud Scheduler calls Google's APIs with an OAuth token of a service account, which whoever makes the job must be allowed to act as.",
      source: "https://cloud.google.com/scheduler/docs/http-target-auth",
      date,
    },
    {
      text: "Google's APIs take a POST with the header X-HTTP-Method-Override: PATCH for a PATCH, which gcloud can't give a job.",
      source:
        "https://cloud.google.com/java/docs/reference/google-api-client/latest/com.google.api.client.googleapis.MethodOverride",
      date,
    },
    {
      text: "Three jobs of Cloud Scheduler a billing account are free, as are 14 million calls of EventBridge Scheduler a month.",
      source: "https://cloud.google.com/scheduler/pricing, https://aws.amazon.com/eventbridge/pricing",
      date,
    },
    {
      text: "Stopped machines and databases still pay their storage and reserved addresses. RDS starts again by itself after seven days, which no schedule of less than a week meets.",
      source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_StopInstance.html",
      date,
    },
  ],
  read: listSchedules,
  // A list that fails tells nothing.
  isAbsent: () => false,
  parseState: (output, resource) => {
    // It tells the schedules, not the resource: what has none is there all the same.
    if (output === undefined) return { exists: true, offHours: null };
    const found = resource.kind.startsWith("AWS")
      ? readJson("aws", output, awsSchedules, resource).Schedules.map(({ Name, State }) => ({
          name: Name,
          state: State,
        }))
      : readJson("gcloud", output, googleJobs, resource);
    const own = found
      .filter(({ state }) => state === "ENABLED")
      .map(({ name }) => name.slice(name.lastIndexOf("/") + 1))
      .filter((name) => name.startsWith(prefixOf(resource)))
      .toSorted();
    return { exists: true, offHours: own.length === 0 ? null : own };
  },
  plan: (request) => {
    const { resource, state } = request;
    const checked = wantedChanges(request, wantedSchema);
    if ("refusal" in checked) return refused(checked.refusal);
    const hours = checked.wanted.offHours;
    const old = (state.offHours ?? []) as readonly string[];
    if (hours === null)
      return old.length === 0
        ? refused("it has no schedules")
        : refused("schedules are taken away by taking back the plan that made them, or by hand");
    if (old.length > 0) return refused(`it has schedules already: ${old.join(", ")}`);
    if (hours.start === hours.stop) return refused("it would never stop: start and stop are the same");
    if (resource.kind === "compute.googleapis.com/Instance" && zoneOf(resource) === undefined)
      return refused("its full name, with its zone, is needed for the call that stops it");
    const names = namesOf(resource, hours);
    const step: StepDraft = {
      title: `Let ${resource.name} run ${sentence(hours)} only`,
      before: { exists: true, offHours: null },
      apply: createSchedules(resource, hours),
      after: { exists: true, offHours: names.toSorted() as readonly Json[] },
      rollback: deleteSchedules(resource, names),
      restored: { exists: true, offHours: null },
      reversibility: "reversible",
      settleSeconds: 120,
      watchSeconds: 0,
    };
    const notes = [
      `${identityOf(resource, hours)} must exist and may stop and start it.`,
      "It is stopped at the next time of the schedule, not now; taken back while it is stopped, start it by hand.",
    ];
    return { status: "planned", steps: [step], notes };
  },
});
