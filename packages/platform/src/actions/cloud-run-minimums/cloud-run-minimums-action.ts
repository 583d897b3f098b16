import {
  CLOUD_SCHEDULER_JOB,
  formatDecimal,
  hoursOf,
  type Json,
  schedulerJobsUsd,
  type WeekSchedule,
} from "@trimtab/domain";
import { z } from "zod";
import { type ChangeRequest, defineAction, type PlannedSteps, type StepDraft } from "../action.ts";
import { refused } from "../shared/changes.ts";
import {
  isServiceAbsent,
  REVISION_CHANGES,
  rolloutProblem,
  rolloutSteps,
  runServices,
  SETTLE_SECONDS,
  type Service,
} from "../shared/cloud-run/cloud-run-rollout.ts";
import { type CloudRunState, parseCloudRunState } from "../shared/cloud-run/cloud-run-state.ts";
import { createJob, deleteJob, identityOf, jobsOf, listJobs, readJobs } from "./minimum-jobs.ts";

type Request = ChangeRequest<"run.googleapis.com/Service">;
type State = CloudRunState & { readonly minimumJobs: readonly string[] | null };

const DOCS = "https://cloud.google.com/run/docs";
const date = "2026-11-22";
/** Each is paid for, and a person has to be able to read them. */
const MOST_JOBS = 60;

const scheduleSchema = z
  .strictObject({
    every: z.literal("week"),
    timeZone: z.literal("UTC"),
    runs: z.array(z.tuple([z.int().min(1).max(168), z.int().min(0)])).min(1),
  })
  .refine(({ runs }) => runs.reduce((sum, [hours]) => sum + hours, 0) === 168, "its runs are not 168 hours");

/**
 * A service's minimum by the hour of the week, by jobs of Cloud Scheduler that set it: no server of ours must be up for it.
 * The setting `minInstances` is then a schedule; read back, `minimumJobs` are the names of the jobs, which tell the schedule.
 */
export const cloudRunMinimumsAction = defineAction<"run.googleapis.com/Service">({
  apiVersion: 1,
  id: "cloud-run-minimums",
  summary: "minimum instances of a Cloud Run service by the hour of the week, by jobs of Cloud Scheduler",
  kinds: ["run.googleapis.com/Service"],
  changes: REVISION_CHANGES,
  facts: [
    {
      text: "A service's own minimum acts at once and without a new revision, shared out among revisions by their traffic; a revision's own minimum holds besides.",
      source: `${DOCS}/configuring/min-instances`,
      date,
    },
    {
      text: "Google documents jobs of Cloud Scheduler that change a service's scaling by hours: a PUT to the Admin API v2 with an update mask and the header X-HTTP-Method-Override: PATCH, with the OAuth token of a service account.",
      source: `${DOCS}/configuring/services/manual-scaling`,
      date,
    },
    {
      text: `A job costs ${formatDecimal(CLOUD_SCHEDULER_JOB.usdPerMonth)} USD for 31 days at list price, however often it runs; ${CLOUD_SCHEDULER_JOB.freePerBillingAccount} jobs of a billing account are free.`,
      source: CLOUD_SCHEDULER_JOB.source,
      date: CLOUD_SCHEDULER_JOB.date,
    },
    {
      text: "Cloud Scheduler runs a job at least once at each of its times, rarely more often; setting the same minimum twice changes nothing.",
      source: "https://cloud.google.com/scheduler/docs/overview",
      date,
    },
    {
      text: "Whoever makes a job must be allowed to act as the service account that it uses.",
      source: "https://cloud.google.com/scheduler/docs/http-target-auth",
      date,
    },
  ],
  read: (resource) => runServices(resource, "describe", resource.name),
  readMore: (resource) => [listJobs(resource)],
  isAbsent: isServiceAbsent,
  parseState: (output, resource, [listed = "[]"] = []) => {
    const state = parseCloudRunState(output, resource);
    return output === undefined ? state : { ...state, minimumJobs: readJobs(listed, resource) };
  },
  plan: (request) => {
    const { resource, changes } = request;
    // What the engine hands over is what parseState read.
    const state = request.state as unknown as State;
    const wanted = scheduleSchema.safeParse(changes.find(({ setting }) => setting === "minInstances")?.to);
    if (!wanted.success)
      return refused(`minInstances is no schedule of a week: ${wanted.error.issues[0]?.message}`);
    const schedule = wanted.data as WeekSchedule;
    const problem = scheduleProblem(request, state, schedule);
    if (problem !== undefined) return refused(problem);
    const others = changes.filter(({ setting }) => setting !== "minInstances");
    const rollout = others.length === 0 ? [] : rolloutSteps(request, state, others);
    return planned(resource, [...rollout, scheduleStep(resource, state, schedule)], schedule);
  },
});

function scheduleProblem(request: Request, state: State, schedule: WeekSchedule): string | undefined {
  const { resource, changes } = request;
  const hours = hoursOf(schedule);
  const [least, most] = [Math.min(...hours), Math.max(...hours)];
  const asked = changes.map((change) =>
    change.setting === "minInstances" ? { ...change, to: most } : change,
  );
  const problem = rolloutProblem({ ...request, changes: asked }, { ...state, minInstancesOn: "service" });
  if (problem !== undefined) return problem;
  if (state.minimumJobs !== null) return `it has a schedule already: ${state.minimumJobs.join(", ")}`;
  if (least === most) return `its minimum is ${most} at all hours: that needs no schedule`;
  if (state.revisionMinimum > least)
    return `its revision keeps ${state.revisionMinimum} instances whatever the service's minimum is: move them to the service first (\`gcloud run services update ${resource.name} --min=${state.revisionMinimum} --min-instances=default\`), then make the recommendation again`;
  const count = jobsOf(resource, schedule).length;
  return count > MOST_JOBS
    ? `it would take ${count} jobs, and ${MOST_JOBS} are the most that are made`
    : undefined;
}

function scheduleStep(resource: Service, state: State, schedule: WeekSchedule): StepDraft {
  const hours = hoursOf(schedule);
  const jobs = jobsOf(resource, schedule);
  const from = state.minInstances;
  const isDefault = state.defaults.includes("minInstances");
  const restored = { exists: true, minimumJobs: null, minInstances: from, ready: true };
  return {
    title: `Let ${resource.name} keep ${Math.min(...hours)} to ${Math.max(...hours)} instances warm by the hour of the week: ${jobs.length} jobs of Cloud Scheduler`,
    before: restored,
    apply: jobs.map((job) => createJob(resource, job)),
    after: { exists: true, minimumJobs: jobs.map(({ name }) => name).toSorted() as readonly Json[] },
    // First the jobs, so that none sets another minimum once the old one is back.
    rollback: [
      ...jobs.map((job) => deleteJob(resource, job)),
      runServices(resource, "update", resource.name, `--min=${isDefault ? "default" : from}`),
    ],
    restored,
    reversibility: "reversible",
    settleSeconds: SETTLE_SECONDS,
    // It changes nothing until the first of its hours comes.
    watchSeconds: 0,
  };
}

function planned(resource: Service, steps: readonly StepDraft[], schedule: WeekSchedule): PlannedSteps {
  const count = jobsOf(resource, schedule).length;
  const notes = [
    `${identityOf(resource)} must exist, with run.services.get and run.services.update on the service and iam.serviceAccounts.actAs on the service's own identity.`,
    `At list price ${count} jobs cost ${formatDecimal(schedulerJobsUsd(count))} USD a month, less where the free ones are not used up.`,
    "The minimum stays as it is until the schedule's next change (hours are UTC), so nothing is watched after this step: watch the service for a week; taking the plan back deletes the jobs and sets the old minimum.",
    "Who sets the service's minimum by hand or by Terraform sets it until the schedule's next change.",
  ];
  return { status: "planned", steps, notes };
}
