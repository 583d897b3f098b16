import { hoursOf, type RecommendationDraft, type WeekSchedule } from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import { actions } from "../../packages/platform/src/actions/registry.ts";
import { cloudRunScalingAdvisor } from "../../packages/platform/src/advisors/cloud-run-scaling/cloud-run-scaling-advisor.ts";
import { makePlan } from "../../packages/platform/src/apply/plan/make-plan.ts";
import { toPlanJson } from "../../packages/platform/src/apply/plan/plan-schema.ts";
import { readRecommendationInput } from "../../packages/platform/src/apply/plan/recommendation-input.ts";
import { DEFAULT_POLICY } from "../../packages/platform/src/apply/policy/policy.ts";
import { approvePlan } from "../../packages/platform/src/state/approvals.ts";
import { createPlan, readPlan } from "../../packages/platform/src/state/plans.ts";
import type { SimulatedCloud } from "../../packages/platform/src/testing/action-fixtures.ts";
import { cloudRunEvidence } from "../../packages/platform/src/testing/cloud-run-evidence.ts";
import {
  addService,
  type CloudRunProject,
  newProject,
} from "../../packages/platform/src/testing/cloud-run-model.ts";
import { measuredByOracle } from "../../packages/platform/src/testing/cloud-run-services.ts";
import { lognormal } from "../../packages/platform/src/testing/cloud-run-workload.ts";
import type { GoogleResources } from "../../packages/platform/src/testing/google-cloud-model.ts";
import {
  acceptChanges,
  recommendationBody,
  runKept,
  timeFrom,
} from "../../packages/platform/src/testing/plan-home.ts";
import { simulateGcloud } from "../../packages/platform/src/testing/simulated-gcloud.ts";
import { simulateGoogle } from "../../packages/platform/src/testing/simulated-google.ts";
import { STATE_ENGINES } from "../../packages/platform/src/testing/state-engines.ts";

/** Crowds by day, nearly nothing by night and at weekends. */
const crowds = (minute: number): number => {
  const [ofDay, ofWeek] = [Math.floor(minute / 60) % 24, Math.floor(minute / 1440) % 7];
  return ofDay >= 8 && ofDay < 18 && ofWeek < 5 && minute % 20 === 0 ? 12 : 0.05;
};
const settings = { minInstances: 6, maxInstances: 30, concurrency: 2 };
const workload = {
  seed: "crowds",
  days: 28,
  intervalSeconds: 60,
  time: lognormal(0.2, 0.5),
  startupSeconds: 4,
};

/** What the advisor proposes of such a service. */
const recommended = () => {
  const evidence = cloudRunEvidence({
    ...measuredByOracle({ ...workload, rate: crowds, settings }),
    settings,
  });
  const own = cloudRunScalingAdvisor.settings.parse({ coldStartShare: 0.001, p95Ms: 800 });
  const advice = cloudRunScalingAdvisor.advise(evidence, own);
  if (advice.status !== "recommended") throw new Error(advice.reason);
  const draft = advice.drafts.find(({ fingerprint }) => fingerprint === "scheduled-minimums");
  if (draft === undefined) throw new Error("No schedule is proposed");
  const { kind, id, name, scope } = evidence.resource;
  return { draft, resource: { kind, id, name, scope } };
};

const { draft, resource } = recommended();
const schedule = draft.changes.find(({ setting }) => setting === "minInstances")
  ?.to as unknown as WeekSchedule;

const bodyOf = ({ fingerprint: _, lines: __, ...rest }: RecommendationDraft) => {
  const { key, saving, costNow, ...made } = recommendationBody(draft.action ?? "", {
    resource,
    changes: draft.changes,
  });
  return { ...made, ...JSON.parse(JSON.stringify(rest)), key, saving, costNow } as ReturnType<
    typeof recommendationBody
  >;
};

const makeCloud = () => {
  const project = newProject();
  addService(project, resource.name, {
    serviceMin: settings.minInstances,
    maxInstances: settings.maxInstances,
    concurrency: settings.concurrency,
    cpu: "1",
    memory: "512Mi",
  });
  const jobs: GoogleResources = new Map();
  const run: SimulatedCloud["run"] = async ({ args }) =>
    args[0] === "run" ? simulateGcloud(project, args) : simulateGoogle(jobs, project.effects, args);
  return { project, jobs, run };
};
type Cloud = ReturnType<typeof makeCloud>;

const minimumOf = ({ services }: CloudRunProject): number =>
  Number(services[resource.name]?.service.metadata.annotations?.["run.googleapis.com/minScale"]);

const DAYS = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"];

/** Runs, hour by hour, what Cloud Scheduler would, as the Admin API would answer it. @returns the minimum of each hour */
const playWeek = ({ project, jobs }: Cloud): readonly number[] =>
  Array.from({ length: 168 }, (_, at) => {
    for (const job of jobs.values()) {
      const [minute, hours = "", date, month, days = ""] = String(job.schedule).split(" ");
      expect([minute, date, month, job.timeZone]).toEqual(["0", "*", "*", "Etc/UTC"]);
      const isDay = days === "*" || days.split(",").includes(DAYS[Math.floor(at / 24)] ?? "");
      if (isDay && hours.split(",").includes(String(at % 24))) callRun(project, job.httpTarget as HttpTarget);
    }
    return minimumOf(project);
  });

interface HttpTarget {
  readonly uri: string;
  readonly httpMethod: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** `services.patch` of the Admin API v2 with a mask of one field. */
const callRun = ({ services }: CloudRunProject, { uri, httpMethod, headers, body }: HttpTarget): void => {
  const { host, pathname, searchParams } = new URL(uri);
  const { account, region } = resource.scope;
  expect([httpMethod, headers["X-HTTP-Method-Override"], host]).toEqual([
    "PUT",
    "PATCH",
    "run.googleapis.com",
  ]);
  expect(pathname).toBe(`/v2/projects/${account}/locations/${region}/services/${resource.name}`);
  expect([...searchParams]).toEqual([["update_mask", "scaling.minInstanceCount"]]);
  const asked = JSON.parse(Buffer.from(body, "base64").toString()) as {
    scaling: { minInstanceCount: number };
  };
  const { annotations } = services[resource.name]?.service.metadata ?? {};
  if (annotations === undefined) throw new Error("It is not there");
  annotations["run.googleapis.com/minScale"] = String(asked.scaling.minInstanceCount);
};

const prepare = async () => {
  const time = timeFrom();
  const state = await (await STATE_ENGINES[0]?.home())?.open({ now: time.now });
  if (state === undefined) throw new Error("No engine");
  const cloud = makeCloud();
  const kept = bodyOf(draft);
  const [recommendation = ""] = await acceptChanges(state, [kept]);
  const body = await makePlan({
    recommendations: [readRecommendationInput(recommendation, 1, JSON.parse(JSON.stringify(kept)))],
    actions,
    policy: DEFAULT_POLICY,
    run: cloud.run,
    signal: new AbortController().signal,
    now: time.now().toISOString() as never,
    program: "test",
    wasApplied: async () => false,
  });
  const id = await createPlan(state, "maker", {
    title: "test",
    body: toPlanJson(body),
    expiresAt: "2026-07-02T12:00:00Z" as never,
    requiredApprovals: 1,
    recommendations: [recommendation],
  });
  await approvePlan(state, "approver", { id, digest: (await readPlan(state, id)).digest });
  const go = (mode: Parameters<typeof runKept>[2], more: object = {}) =>
    runKept(state, id, mode, {
      run: cloud.run,
      sleep: time.sleep,
      leaseMs: 36_000_000,
      mayBeUnwatched: true,
      ...more,
    });
  return { cloud, body, go };
};

/** Ends a run at its nth point as a death would. @returns how many points it passed */
const dieAt = async (
  { go }: Awaited<ReturnType<typeof prepare>>,
  mode: "execute" | "roll-back",
  at: number,
) => {
  let points = 0;
  const onPoint = (): void => {
    points += 1;
    if (points === at) throw new Error("died");
  };
  await go(mode, { onPoint }).catch((error: Error) => expect(error.message).toBe("died"));
  return points;
};

describe("minimums by the hour, from the advisor to the cloud and back", () => {
  it("become jobs that play the recommended week, hour by hour, and leave nothing behind", async () => {
    const prepared = await prepare();
    const { cloud, body, go } = prepared;
    expect(draft.action).toBe("cloud-run-minimums");
    const [step, ...more] = body.steps;
    expect(more).toEqual([]);
    expect(cloud.jobs.size).toBe(0);

    await expect(go("execute")).resolves.toMatchObject({ report: { status: "applied" } });
    expect(cloud.jobs.size).toBe(step?.apply.length);
    expect(minimumOf(cloud.project)).toBe(settings.minInstances);
    // The second week: the first finds the minimum of before until its first change.
    playWeek(cloud);
    expect(playWeek(cloud)).toEqual(hoursOf(schedule));

    await expect(go("roll-back")).resolves.toMatchObject({ report: { status: "rolled-back" } });
    expect(cloud.jobs.size).toBe(0);
    expect(minimumOf(cloud.project)).toBe(settings.minInstances);
    expect(cloud.project.services[resource.name]?.revisions).toHaveLength(1);
  });

  it("are made or taken back whole, at whichever point of either a run died", async () => {
    for (const mode of ["execute", "roll-back"] as const) {
      const whole = await prepare();
      if (mode === "roll-back") await whole.go("execute");
      const points = await dieAt(whole, mode, 0);
      expect(points).toBeGreaterThan(8);
      for (let at = 1; at <= points; at++) {
        const made = await prepare();
        if (mode === "roll-back") await made.go("execute");
        await dieAt(made, mode, at);
        const outcome = await made.go(mode === "execute" ? "resume" : "roll-back");
        const status = outcome.kind === "ran" ? outcome.report.status : "checked";
        expect(["applied", "rolled-back"]).toContain(status);
        if (mode === "roll-back") expect(status).toBe("rolled-back");
        expect(made.cloud.jobs.size).toBe(status === "applied" ? made.body.steps[0]?.apply.length : 0);
        expect(minimumOf(made.cloud.project)).toBe(settings.minInstances);
      }
    }
  });
});
