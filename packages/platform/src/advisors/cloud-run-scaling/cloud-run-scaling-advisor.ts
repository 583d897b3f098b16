import {
  type Advice,
  CLOUD_SCHEDULER_JOB,
  compare,
  decimal,
  formatDecimal,
  hoursOf,
  multiply,
  type RecommendationDraft,
  schedulerJobsUsd,
  weekChanges,
  weekSchedule,
  ZERO,
} from "@trimtab/domain";
import { defineAdvisor } from "../advisor.ts";
import { changeWords } from "./change-words.ts";
import { costOf, unitsOf } from "./cost.ts";
import { changesOf, draftOf, linesOf, type Proposal, readable } from "./drafts.ts";
import { predictMinimums } from "./minimums.ts";
import { type Choice, cheapest, holds } from "./optimise.ts";
import { grossOf } from "./savings.ts";
import { type ScalingCase, scalingCase } from "./scaling-case.ts";
import { scalingSettings } from "./scaling-settings.ts";

/** Instances, their size and their billing, by replaying the requests on every setting that Cloud Run takes. */
export const cloudRunScalingAdvisor = defineAdvisor({
  apiVersion: 1,
  id: "cloud-run-scaling",
  summary:
    "Minimum and maximum instances, CPU, memory, concurrency and billing of Cloud Run services, by replaying their requests",
  kinds: ["run.googleapis.com/Service"],
  settings: scalingSettings,
  needs: [
    { metric: "requests", statistic: "sum", detail: "series", required: true },
    { metric: "request.latency", statistic: "histogram", detail: "distribution", required: true },
    { metric: "instances.active", statistic: "mean", detail: "series", required: true },
    { metric: "instances.idle", statistic: "mean", detail: "series", required: false },
    { metric: "request.latency", statistic: "mean", detail: "summary", required: false },
    { metric: "instance.startup.latency", statistic: "p95", detail: "summary", required: false },
    { metric: "instance.startup.latency", statistic: "mean", detail: "summary", required: false },
    { metric: "instance.startup.latency", statistic: "p50", detail: "summary", required: false },
    { metric: "cpu.utilization", statistic: "mean", detail: "summary", required: false },
    { metric: "memory.utilization", statistic: "max", detail: "summary", required: false },
    { metric: "memory.utilization", statistic: "p99", detail: "summary", required: false },
  ],
  windowDays: ({ windowDays }) => windowDays,
  advise: (evidence, settings): Advice => {
    const answer = scalingCase(evidence, settings);
    if (answer.status === "unknown") return { status: "abstained", reason: answer.reason };
    const scaling = answer.value;
    const choice = cheapest(scaling.problem, scaling.shapes);
    if (choice === undefined) return { status: "fine", reason: noneHolds(scaling) };
    const constant = worthwhile(scaling, constantProposal(scaling, choice));
    const scheduled = worthwhile(scaling, scheduledProposal(scaling, choice));
    const drafts = [constant, scheduled].filter((draft) => draft !== undefined);
    if (drafts.length > 0) return { status: "recommended", drafts };
    return { status: "fine", reason: nothingWorthIt(scaling, choice) };
  },
});

function constantProposal(
  { now, demands, evidence }: ScalingCase,
  { point, replay }: Choice,
): Proposal | undefined {
  const changes = changesOf(now.point, point);
  if (changes.length === 0) return undefined;
  const title = changes.map(changeWords).join(", ");
  const { shape } = demands.of(point);
  return {
    fingerprint: "settings",
    title: `${evidence.resource.name}: ${title}`,
    point,
    replay,
    changes,
    isScheduled: false,
    leastMinimum: point.minInstances,
    notes: [
      `An instance has room for ${shape.slots} requests at once; the autoscaler aims at ${shape.target.toFixed(1)}`,
    ],
  };
}

/** The chosen size, with a minimum for each hour of the week in place of one for all. */
function scheduledProposal(scaling: ScalingCase, choice: Choice): Proposal | undefined {
  const { demands, settings, problem, now, evidence } = scaling;
  // Where nothing is kept warm there is nothing to schedule.
  if (choice.point.minInstances === 0) return undefined;
  const { demand, shape } = demands.of(choice.point);
  const predicted = predictMinimums(demand, shape, settings.missRate, choice.point.maxInstances);
  if (predicted === undefined) return undefined;
  const replay = demands.replay(choice.point, predicted.hours);
  const cost = costOf(unitsOf(replay.total, choice.point), problem.rates);
  // It must be worth the moving parts: a schedule changes the service several times a day.
  if (!holds(replay, problem.limits) || cost > choice.cost * 0.97) return undefined;
  const schedule = weekSchedule(predicted.hours);
  const hours = hoursOf(schedule);
  const [least, most] = [Math.min(...hours), Math.max(...hours)];
  const others = changesOf(now.point, choice.point).filter(({ setting }) => setting !== "minInstances");
  const jobs = weekChanges(schedule).length;
  const achieved = (predicted.achievedMissRate * 100).toFixed(1);
  return {
    fingerprint: "scheduled-minimums",
    title: [
      `Schedule min instances of ${evidence.resource.name} by hour of the week, ${least} to ${most} in place of ${now.point.minInstances}`,
      ...others.map(changeWords),
    ].join(", "),
    point: choice.point,
    replay,
    changes: [{ setting: "minInstances", from: now.point.minInstances, to: schedule }, ...others],
    isScheduled: true,
    leastMinimum: least,
    notes: [
      `The schedule has ${schedule.runs.length} changes a week, in UTC. It may be too low in ${settings.missRate * 100} % of the intervals; learned without the last ${predicted.checkedWeeks} weeks, it was in ${achieved} % of their ${predicted.checkedIntervals}`,
      `${jobs} jobs of Cloud Scheduler set the service's minimum; at list price (${CLOUD_SCHEDULER_JOB.source}, ${CLOUD_SCHEDULER_JOB.date}) they cost ${formatDecimal(schedulerJobsUsd(jobs))} USD a month, which is not taken off the saving; ${CLOUD_SCHEDULER_JOB.freePerBillingAccount} of a billing account are free`,
      "Of this and one minimum for all hours, one is chosen",
    ],
  };
}

/** A draft, unless its saving is not worth the change or may be none. */
function worthwhile(scaling: ScalingCase, proposal: Proposal | undefined): RecommendationDraft | undefined {
  if (proposal === undefined) return undefined;
  const lines = linesOf(scaling, proposal);
  const gross = grossOf(lines);
  const least = multiply(scaling.costNow.amount, decimal(String(scaling.settings.leastSavingShare)));
  if (compare(gross.low, ZERO) <= 0 || compare(gross.mid, least) < 0) return undefined;
  return draftOf(scaling, proposal, lines);
}

function noneHolds({ problem: { limits } }: ScalingCase): string {
  const p95 = Math.round(limits.p95Seconds * 1000);
  return `no setting holds the limits (P95 ${p95} ms, ${percent(limits.errorShare)} refused, ${percent(limits.coldShare)} cold): today's does not either`;
}

function nothingWorthIt(
  { costNow, now, settings }: ScalingCase,
  { replayed, points, point }: Choice,
): string {
  const isToday = changesOf(now.point, point).length === 0;
  const searched = `of ${points} settings, ${replayed} replayed`;
  if (isToday) return `today's settings are the cheapest that hold the limits (${searched})`;
  return `the cheapest settings save less than ${percent(settings.leastSavingShare)} of ${readable(costNow.amount)} ${costNow.currency} a month, or may save nothing (${searched})`;
}

const percent = (share: number): string => `${(share * 100).toFixed(2).replace(/\.?0+$/, "")} %`;
