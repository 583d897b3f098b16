import {
  add,
  compare,
  currencyCode,
  decimal,
  hoursOf,
  known,
  multiply,
  type RecommendationDraft,
  unknown,
  type WeekSchedule,
  ZERO,
} from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import { cloudRunEvidence, type MeasuredRun, testPrice } from "../../testing/cloud-run-evidence.ts";
import { runOracle } from "../../testing/cloud-run-oracle.ts";
import { measuredByFormula, measuredByOracle } from "../../testing/cloud-run-services.ts";
import { generateRequests, lognormal, randomOf } from "../../testing/cloud-run-workload.ts";
import { cloudRunScalingAdvisor } from "./cloud-run-scaling-advisor.ts";
import { linesOf } from "./drafts.ts";
import { holds } from "./optimise.ts";
import { grossOf } from "./savings.ts";
import { scalingCase } from "./scaling-case.ts";

/** Busy by day, quiet by night and at weekends. */
const office = (minute: number): number => {
  const hour = Math.floor(minute / 60);
  const [ofDay, ofWeek] = [hour % 24, Math.floor(hour / 24) % 7];
  return ofDay >= 8 && ofDay < 18 && ofWeek < 5 ? 1 : 0.0008;
};

const OFFICE = {
  seed: "office",
  days: 28,
  intervalSeconds: 300,
  rate: office,
  time: lognormal(0.2, 0.5),
  startupSeconds: 4,
};
const SETTINGS = { minInstances: 3, maxInstances: 20, concurrency: 10 };
const measured: MeasuredRun = {
  ...measuredByOracle({ ...OFFICE, settings: SETTINGS }),
  settings: SETTINGS,
};

const advise = (run: MeasuredRun, settings: Readonly<Record<string, unknown>> = {}) =>
  cloudRunScalingAdvisor.advise(cloudRunEvidence(run), cloudRunScalingAdvisor.settings.parse(settings));

function drafts(
  run: MeasuredRun,
  settings: Readonly<Record<string, unknown>> = {},
): readonly RecommendationDraft[] {
  const advice = advise(run, settings);
  if (advice.status !== "recommended") throw new Error(`${advice.status}: ${advice.reason}`);
  return advice.drafts;
}

const changes = ({ changes: all }: RecommendationDraft) =>
  Object.fromEntries(all.map(({ setting, to }) => [setting, to]));
const gross = ({ lines }: RecommendationDraft, bound: "low" | "mid" | "high" = "mid") =>
  lines.map(({ units, price }) => multiply(units[bound], price.price)).reduce(add, ZERO);

describe("cloud-run-scaling", () => {
  it("lowers minimum instances as far as the limits for cold starts allow, and no further", () => {
    const [lax] = drafts(measured, { coldStartShare: 0.05 });
    expect(lax && changes(lax)).toEqual({ minInstances: 0 });
    const [strict] = drafts(measured, { coldStartShare: 0.0002 });
    expect(strict && changes(strict)).toEqual({ minInstances: 1 });
  });

  it("saves what the oracle says of the same requests at the proposed settings", () => {
    const [draft] = drafts(measured, { coldStartShare: 0.0002 });
    const requests = generateRequests(OFFICE.seed, OFFICE.days * 24, OFFICE.rate, OFFICE.time);
    const run = (minimum: number) =>
      runOracle({
        ...requests,
        slots: SETTINGS.concurrency,
        target: 0.6 * SETTINGS.concurrency,
        startupSeconds: OFFICE.startupSeconds,
        minInstances: () => minimum,
        maxInstances: SETTINGS.maxInstances,
        random: randomOf("check"),
      });
    const cost = ({ billedHours, idleMinimumHours }: ReturnType<typeof run>) =>
      3600 * (billedHours * (24e-6 + 2.5e-6) + idleMinimumHours * (2.5e-6 + 2.5e-6));
    const saved = ((cost(run(3)) - cost(run(1))) / (28 * 24)) * 730;
    expect(Number(String(draft && gross(draft)))).toBeCloseTo(saved, 0);
    expect(Math.abs(Number(String(draft && gross(draft))) / saved - 1)).toBeLessThan(0.03);
  });

  it("counts lines that sum to the saving, with lows and highs around it, never more than the cost", () => {
    for (const draft of drafts(measured, { coldStartShare: 0.05 })) {
      expect(compare(gross(draft, "low"), gross(draft))).toBeLessThanOrEqual(0);
      expect(compare(gross(draft), gross(draft, "high"))).toBeLessThanOrEqual(0);
      expect(compare(gross(draft, "high"), draft.costNow.amount)).toBeLessThanOrEqual(0);
    }
  });

  it("scales savings down to what is billed, and abstains where the bill is of something else", () => {
    const cost = (amount: string) =>
      known({
        currency: currencyCode("USD"),
        effectiveMonthly: decimal(amount),
        billedMonthly: decimal(amount),
        days: 30,
        rows: 30,
      });
    const [whole] = drafts(measured, { coldStartShare: 0.05 });
    const most = Number(String(whole?.costNow.amount));
    const [less] = drafts({ ...measured, cost: cost((most * 0.8).toFixed(2)) }, { coldStartShare: 0.05 });
    expect(Number(String(less && gross(less)))).toBeCloseTo(0.8 * Number(String(whole && gross(whole))), 1);
    expect(less?.notes.join(" ")).toContain("scaled down");
    expect(advise({ ...measured, cost: cost("1") })).toMatchObject({
      status: "abstained",
      reason: expect.stringContaining("not half of what was replayed was billed"),
    });
  });

  it("changes CPU and memory only where their use was measured", () => {
    const large = { ...measured, settings: { ...SETTINGS, cpu: "4", memoryMiB: 4096 } };
    const limits = { coldStartShare: 0.0002, p95Ms: 600 };
    expect(Object.keys(changes(drafts(large, limits)[0] as RecommendationDraft))).toEqual(["minInstances"]);
    const seen = { ...large, cpuUtilization: 0.05, memoryUtilization: 0.1 };
    const draft = drafts(seen, limits)[0] as RecommendationDraft;
    expect(Number(changes(draft).cpu)).toBeLessThan(4);
    expect(changes(draft)).toMatchObject({ memoryMiB: 512, minInstances: 1 });
    expect(draft.risk.level).toBe("medium");
    expect(draft.guardrails.map(({ metric }) => metric)).toContain("memory.utilization");
  });

  it("schedules minimums by hour of the week, and says what they missed", () => {
    // Crowds by day: whoever comes first in them waits for a start, unless instances are kept warm.
    const crowds = (minute: number) => (office(minute) === 1 && minute % 20 === 0 ? 12 : 0.05);
    const settings = { minInstances: 6, maxInstances: 30, concurrency: 2 };
    const service = { ...OFFICE, seed: "crowds", intervalSeconds: 60, rate: crowds, settings };
    const run = { ...measuredByOracle(service), settings };
    const scheduled = drafts(run, { coldStartShare: 0.001, p95Ms: 800 }).find(
      ({ fingerprint }) => fingerprint === "scheduled-minimums",
    );
    expect(scheduled).toBeDefined();
    expect(scheduled?.action).toBe("cloud-run-minimums");
    expect(scheduled?.notes.join(" ")).toMatch(
      /\d+ jobs of Cloud Scheduler set .* cost \d+\.\d+ USD a month/,
    );
    const schedule = scheduled?.changes[0]?.to as unknown as WeekSchedule;
    const hours = hoursOf(schedule);
    // Wednesday 03:00 and 11:00.
    expect(hours[51]).toBeLessThan(hours[59] as number);
    expect(scheduled?.notes.join(" ")).toMatch(
      /learned without the last 1 weeks, it was in \d+\.\d % of their 10080/,
    );
  });

  it.each([
    ["no latency", { latency: { bounds: [10], counts: [0, 0] } }, "the distribution is empty"],
    [
      "too few days",
      { requests: measured.requests.slice(0, 2000) },
      "6.9 days of requests are known, 14 are needed",
    ],
    ["no requests at all", { requests: measured.requests.map(() => 0) }, "it had no requests"],
    ["settings that can't be", { settings: { ...SETTINGS, cpu: "3" } }, "3 vCPU is not among"],
    [
      "other instances than replayed",
      { idle: measured.active.map(() => 9) },
      "too far from what was measured",
    ],
    [
      "an unknown price",
      {
        price: (question) =>
          question.attributes.billing === "idle" ? unknown("no idle price") : testPrice(question),
      },
      "the price of vCPU-seconds of waiting minimum instances: no idle price",
    ],
    [
      "a bill in another currency",
      {
        cost: known({
          currency: currencyCode("EUR"),
          effectiveMonthly: decimal("100"),
          billedMonthly: decimal("100"),
          days: 30,
          rows: 1,
        }),
      },
      "billed in EUR",
    ],
  ] as readonly (readonly [string, Partial<MeasuredRun>, string])[])(
    "abstains with %s",
    (_, change, reason) => {
      const advice = advise({ ...measured, ...change });
      expect(advice).toMatchObject({ status: "abstained", reason: expect.stringContaining(reason) });
    },
  );

  it("takes missing counts for no requests only where the instances were seen", () => {
    const requests = measured.requests.map((count) => (count === 0 ? null : count));
    const [gappy] = drafts({ ...measured, requests }, { coldStartShare: 0.05 });
    const [whole] = drafts(measured, { coldStartShare: 0.05 });
    expect(gappy?.lines).toEqual(whole?.lines);
    const { active } = measured;
    const unseen = active.map((value, at) => (at < 6000 ? null : value));
    const gaps = {
      ...measured,
      requests: requests.map((count, at) => (at < 6000 ? null : count)),
      active: unseen,
      idle: unseen,
    };
    expect(advise(gaps)).toMatchObject({
      status: "abstained",
      reason: expect.stringContaining("days of requests are known"),
    });
  });
});

describe("ion's minimum instances", () => {
  /**
   * At 9,270 requests a second the fee for requests alone would be 9,745 a month, and the company pays 1,200 for Cloud Run: either
   * it is billed by instance, or that is a peak. Here: by instance, and 9,270 at the peak of all three regions.
   */
  const service = (peak: number, busiestHour: number, minInstances: number): MeasuredRun => {
    const rate = (hour: number) => {
      const weekend = Math.floor(hour / 24) % 7 > 4 ? 0.9 : 1;
      return peak * weekend * (0.6 + 0.4 * Math.cos((2 * Math.PI * (hour - busiestHour)) / 24));
    };
    const settings = {
      minInstances,
      concurrency: 80,
      cpu: "2",
      memoryMiB: 2048,
      maxInstances: 50,
      cpuAllocation: "instance",
    } as const;
    const time = lognormal(0.012, 0.5);
    const series = measuredByFormula({ weeks: 5, rate, meanSeconds: 0.0135, time, settings });
    return { ...series, settings, startupMs: 3000 };
  };
  const LIMITS = { p95Ms: 50, errorShare: 0.005 };

  /** What a minimum saves a month, and whether it holds the limits. */
  const judge = (run: MeasuredRun, minInstances: number) => {
    const answer = scalingCase(cloudRunEvidence(run), cloudRunScalingAdvisor.settings.parse(LIMITS));
    if (answer.status === "unknown") throw new Error(answer.reason);
    const { now, demands, problem } = answer.value;
    const point = { ...now.point, minInstances };
    const replay = demands.replay(point);
    const saved = Number(String(grossOf(linesOf(answer.value, { point, replay })).mid));
    return { saved, isHeld: holds(replay, problem.limits) };
  };

  it("US 3 → 2 and EU 2 → 1 hold, and save less than the 250 that the company claims for the two", () => {
    const us = judge(service(5500, 20, 3), 2);
    const eu = judge(service(2500, 13, 2), 1);
    expect([us.isHeld, eu.isHeld]).toEqual([true, true]);
    // An instance of 2 vCPU and 2 GiB for 730 hours, where it is not needed anyway.
    expect(us.saved).toBeCloseTo(105.12, 0);
    expect(eu.saved).toBeCloseTo(105.12, 0);
  });

  it("needs no minimum for its traffic: the traffic of every hour keeps the instances that it needs", () => {
    const [draft] = drafts(service(5500, 20, 3), LIMITS);
    // With one, the first start of all is saved.
    expect(draft && changes(draft)).toEqual({ minInstances: 1 });
    expect(Number(String(draft && gross(draft)))).toBeGreaterThan(105.12);
    const [cautious] = drafts(service(5500, 20, 3), { ...LIMITS, leastMinInstances: 2 });
    expect(cautious && changes(cautious)).toEqual({ minInstances: 2 });
  });

  it("would save next to nothing where that traffic is so high that three instances always work", () => {
    const advice = advise(service(60_000, 20, 3), LIMITS);
    expect(advice).toMatchObject({ status: "fine" });
    expect(judge(service(60_000, 20, 3), 2).saved).toBeLessThan(30);
  });
});

describe("aiprod's pipelines", () => {
  it("min 5 → 1, max 50 → 20, 4 → 2 GB, 2 → 1 CPU: all but the maximum, which saves nothing", () => {
    const settings = { minInstances: 5, maxInstances: 50, concurrency: 10, cpu: "2", memoryMiB: 4096 };
    const series = measuredByOracle({ ...OFFICE, seed: "aiprod", settings });
    const run: MeasuredRun = { ...series, settings, cpuUtilization: 0.15, memoryUtilization: 0.35 };
    const [draft] = drafts(run, { coldStartShare: 0.0002, p95Ms: 500 });
    expect(draft && changes(draft)).toMatchObject({ minInstances: 1, cpu: "1", memoryMiB: 2048 });
    expect(draft && changes(draft)).not.toHaveProperty("maxInstances");
    // Twice the requests, as it is to be tested: what is proposed holds them, too.
    const twice = { ...OFFICE, seed: "aiprod twice", rate: (minute: number) => 2 * office(minute) };
    const proposed = measuredByOracle({
      ...twice,
      settings: { minInstances: 1, maxInstances: 20, concurrency: 10 },
    });
    expect(Math.max(...proposed.active.map((value) => value ?? 0))).toBeLessThan(20);
  });
});
