import { weekSchedule } from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import { addService, newProject } from "../../testing/cloud-run-model.ts";
import { OFFICE_WEEK } from "../../testing/google-fixtures.ts";
import { gcp, lines, refusalOf, stepsOf } from "../../testing/plan-action.ts";
import { cloudRunMinimumsAction as action } from "./cloud-run-minimums-action.ts";
import { cronOf } from "./minimum-jobs.ts";

const api = gcp("run.googleapis.com/Service", "api");

const stateWith = (settings: Parameters<typeof addService>[2], jobs: readonly object[] = []) => {
  const project = newProject();
  addService(project, "api", settings);
  return action.parseState(JSON.stringify(project.services.api?.service), api, [JSON.stringify(jobs)]);
};

const planFor = (to: unknown, state = stateWith({ serviceMin: 3 })) =>
  action.plan({
    resource: api,
    changes: [{ setting: "minInstances", from: 3, to: to as never }],
    state,
    guardrails: [],
    key: "k123456789",
  });

describe("minimums by the hour", () => {
  it("are jobs that set the service's own minimum, and nothing else of it", () => {
    const [step, ...more] = stepsOf(planFor(OFFICE_WEEK));
    expect(more).toEqual([]);
    const [down = "", up = ""] = lines(step?.apply ?? []);
    expect(down).toContain("--schedule=0 18 * * MON,TUE,WED,THU,FRI --time-zone=Etc/UTC");
    expect(down).toContain('--message-body={"scaling":{"minInstanceCount":1}}');
    expect(up).toContain("--schedule=0 8 * * MON,TUE,WED,THU,FRI");
    expect(up).toContain(
      "--uri=https://run.googleapis.com/v2/projects/shop-prod/locations/europe-west1/services/api?update_mask=scaling.minInstanceCount --http-method=put",
    );
    expect(up).toContain("--oauth-service-account-email=trimtab-minimums@shop-prod.iam.gserviceaccount.com");
  });

  it("are taken back job by job, and then the old minimum is set", () => {
    const [step] = stepsOf(planFor(OFFICE_WEEK));
    expect(step?.rollback.map(({ mayBeGone }) => mayBeGone)).toEqual([true, true, undefined]);
    expect(lines(step?.rollback ?? []).at(-1)).toMatch(/^gcloud run services update api --min=3 /);
    const [none] = stepsOf(planFor(OFFICE_WEEK, stateWith({})));
    expect(lines(none?.rollback ?? []).at(-1)).toMatch(/ --min=default /);
  });

  it("say what their jobs cost at list price", () => {
    const plan = planFor(OFFICE_WEEK);
    expect(plan).toMatchObject({
      notes: expect.arrayContaining([expect.stringContaining("2 jobs cost 0.2 USD")]),
    });
  });

  it("of other schedules have other names, and only a service's own are read as its", () => {
    const names = (schedule: unknown) =>
      stepsOf(planFor(schedule))[0]?.after.minimumJobs as readonly string[];
    const other = weekSchedule(Array.from({ length: 168 }, (_, at) => (at < 84 ? 2 : 1)));
    expect(names(other)).not.toEqual(names(OFFICE_WEEK));
    const [first = ""] = names(OFFICE_WEEK);
    const job = (name: string, state: string) => ({ name: `projects/p/locations/l/jobs/${name}`, state });
    const foreign = job("trimtab-minimums-0000000000-1111111111-01", "ENABLED");
    const jobs = [job(first, "ENABLED"), foreign, job(first.replace(/01$/, "02"), "PAUSED")];
    expect(stateWith({ serviceMin: 3 }, jobs)).toMatchObject({ minimumJobs: [first] });
    expect(refusalOf(planFor(OFFICE_WEEK, stateWith({ serviceMin: 3 }, jobs)))).toContain(first);
  });

  it("run on every day as a star", () => {
    expect(cronOf({ value: 1, hours: [0, 12], days: [0, 1, 2, 3, 4, 5, 6] })).toBe("0 0,12 * * *");
  });

  const hours = (value: (at: number) => number) =>
    weekSchedule(Array.from({ length: 168 }, (_, at) => value(at)));
  it.each<[string, unknown, Parameters<typeof addService>[2], string]>([
    ["a number", 2, { serviceMin: 3 }, "no schedule of a week"],
    [
      "a week of other length",
      { every: "week", timeZone: "UTC", runs: [[167, 1]] },
      { serviceMin: 3 },
      "168",
    ],
    ["one value", hours(() => 2), { serviceMin: 3 }, "needs no schedule"],
    ["more than the maximum", hours((at) => (at < 9 ? 21 : 1)), { serviceMin: 3 }, "above the maximum"],
    [
      "less than its revision keeps",
      hours((at) => (at < 9 ? 2 : 1)),
      { revisionMin: 3 },
      "--min-instances=default",
    ],
    ["too many changes", hours((at) => (at * 7919) % 20), { serviceMin: 3 }, "jobs, and 60 are the most"],
  ])("are refused for %s", (_, to, settings, why) => {
    expect(refusalOf(planFor(to, stateWith(settings)))).toContain(why);
  });
});
