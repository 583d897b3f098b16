import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { addDays, type Day, day } from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import { verificationReportSchema } from "../../ledger/verify/verification-report.ts";
import { listVerifications } from "../../state/verifications.ts";
import { stateOf } from "../../testing/accepted.ts";
import { cloudRun, service } from "../../testing/action-fixtures.ts";
import { type TestCharge, writeChargeLake } from "../../testing/charge-lake.ts";
import { noise } from "../../testing/noise.ts";
import { keepPlan, runKept, timeFrom } from "../../testing/plan-home.ts";
import { hourly, openTestMetrics } from "../../testing/resource-metrics.ts";
import { runCli } from "../../testing/run-cli.ts";
import { tempFolder } from "../../testing/temp-folder.ts";

const START = day("2026-01-01");
const APPLIED = day("2026-05-03");
const END = day("2026-06-01");
const GUARDRAILS = [
  { metric: "request.latency", statistic: "p95", comparison: "<=", limit: 400 },
  { metric: "cpu.utilization", statistic: "p95", comparison: "<", limit: 0.9 },
  { metric: "request.errors", statistic: "sum", comparison: "<", limit: 0.02 },
];
const api = service("api");

const charge = (date: Day, name: string, cost: string): TestCharge => ({
  BillingCurrency: "USD",
  BillingPeriodStart: `${date.slice(0, 7)}-01 00:00:00`,
  ChargePeriodStart: `${date} 00:00:00`,
  ChargePeriodEnd: `${addDays(date, 1)} 00:00:00`,
  ChargeCategory: "Usage",
  ServiceName: "Cloud Run",
  SubAccountId: "p-1",
  RegionId: "us-central1",
  ResourceId: `//run.googleapis.com/projects/p-1/locations/us-central1/services/${name}`,
  SkuId: "hours",
  PricingUnit: "Hours",
  PricingQuantity: cost,
  BilledCost: cost,
  EffectiveCost: cost,
});

interface Made {
  /** Share of use that is left after the plan. */
  readonly left?: number;
  readonly end?: Day;
  /** How much longer requests take after it. */
  readonly slower?: number;
  /** Share of the requests that fail after it; 0.5 % do before. */
  readonly failing?: number;
  /** Times the requests of before: as many more errors are no worse. */
  readonly busier?: number;
  /** The bill calls it something else. */
  readonly billedAs?: string;
}

/** A bill and metrics of a service that a plan changes on 3 May from 12:00; that day costs ten times as much. */
const made = async ({
  left = 0.7,
  end = END,
  slower = 1,
  failing = 0.005,
  busier = 1,
  billedAs = "api",
}: Made = {}) => {
  const cwd = tempFolder();
  const lake = join(cwd, "lake");
  mkdirSync(lake);
  const { normal } = noise(13);
  const cost = (base: number) => (base * (1 + 0.01 * normal())).toFixed(6);
  const charges: TestCharge[] = [];
  for (let date = START; date < end; date = addDays(date, 1)) {
    const level = date < APPLIED ? 1 : date === APPLIED ? 10 : left;
    charges.push(charge(date, billedAs, cost(100 * level)), charge(date, "other", cost(50)));
  }
  const months = [...Map.groupBy(charges, (row) => String(row.BillingPeriodStart).slice(0, 10))];
  const loads = months.map(([billingPeriod, own]) => ({ id: billingPeriod, billingPeriod, charges: own }));
  (await writeChargeLake(lake, loads)).close();
  const metrics = await openTestMetrics(lake);
  const hours = (Date.parse(end) - Date.parse(START)) / 3_600_000;
  const before = (Date.parse(APPLIED) - Date.parse(START)) / 3_600_000 + 12;
  const latency = Array.from(
    { length: hours },
    (_, hour) => 200 * (hour < before ? 1 : slower) * (1 + 0.02 * normal()),
  );
  const of = { resource: api.id, metric: "request.latency", statistic: "p95" } as const;
  const requests = latency.map((_, hour) => 10_000 * (hour < before ? 1 : busier));
  const errors = requests.map((count, hour) =>
    Math.round(count * (hour < before ? 0.005 : failing) * (1 + 0.05 * normal())),
  );
  const counts = (metric: "requests" | "request.errors", values: readonly number[]) =>
    hourly(`${START}T00:00:00Z`, values, { resource: api.id, metric, statistic: "sum" });
  await metrics.store.write((sink) =>
    sink.add([
      ...hourly(`${START}T00:00:00Z`, latency, of),
      ...counts("requests", requests),
      ...counts("request.errors", errors),
    ]),
  );
  metrics.lake.close();
  return { cwd, lake };
};

/** The plan in the database beside the lake, carried out as far as asked. */
const planned = async (cwd: string, ...modes: readonly ("execute" | "roll-back")[]): Promise<string> => {
  const time = timeFrom(`${APPLIED}T12:00:00Z`);
  const state = await stateOf(cwd, time.now);
  const cloud = cloudRun({ serviceMin: 3 })();
  const change = {
    resource: api,
    changes: [{ setting: "minInstances", from: 3, to: 1 }],
    guardrails: GUARDRAILS,
  };
  const id = await keepPlan(state, {
    ...{ action: "cloud-run", changes: [change], run: cloud.run, now: time.now() },
    policy: "version: 1\nwatchSeconds: 120\n",
  });
  for (const mode of modes)
    await runKept(state, id, mode, {
      run: cloud.run,
      sleep: time.sleep,
      leaseMs: 36_000_000,
      mayBeUnwatched: true,
    });
  await state.close();
  return id;
};

const kept = async (cwd: string, id: string) => {
  const state = await stateOf(cwd);
  try {
    return await listVerifications(state, id);
  } finally {
    await state.close();
  }
};

describe("trimtab verify PLAN", () => {
  it("proves what an applied plan saved, beside its promise, and keeps it", async () => {
    const { cwd, lake } = await made();
    const id = await planned(cwd, "execute");
    const verify = (...more: readonly string[]) => runCli(["verify", id, "--lake", lake, ...more], { cwd });
    const dry = await verify("--dry-run", "--json");
    expect([dry.code, dry.err]).toEqual([0, ""]);
    expect(await kept(cwd, id)).toEqual([]);
    const { plan, ...report } = JSON.parse(dry.out);
    const { verdict, window, statistics, metrics, notes, plot } = verificationReportSchema.parse(report);
    expect([verdict, window?.start]).toEqual(["proven", "2026-05-04"]);
    expect(notes.join()).toContain("from 2026-05-03 to before 2026-05-04 were left out");
    expect(plot.find((point) => point.day === APPLIED)?.actual).toBeNull();
    expect(statistics?.effect).toBeCloseTo(-0.3, 1);
    expect(metrics).toMatchObject([
      { id: "request.latency/p95", verdict: "held", labels: { resource: "api" } },
      {
        id: "request.errors/sum",
        verdict: "held",
        margin: { kind: "absolute", worse: "higher", size: 0.001 },
      },
    ]);
    expect(plan).toMatchObject({
      ...{ id, resources: ["api"], recorded: null, startedAt: "2026-05-03T12:00:00.000Z" },
      promised: [{ currency: "USD", mid: "100" }],
      notJudged: [expect.stringContaining("cpu.utilization/p95 of api")],
    });

    const { out, code } = await verify();
    expect(code).toBe(0);
    expect(out).toContain("Proven: the change of 2026-05-03");
    expect(out).toMatch(/promised +USD +80\.00 +100\.00 +120\.00/);
    expect(out).toMatch(/realised +USD .* 9\d\d %/);
    expect(out).toContain("verification 1 of the plan");
    const [first, ...others] = await kept(cwd, id);
    expect(others).toEqual([]);
    expect(first).toMatchObject({ verdict: "proven", coversFrom: "2026-05-04", coversTo: window?.end });
    // 30 of 100 a day, 730 ÷ 24 days a month
    expect(Number(String(first?.realised?.mid))).toBeCloseTo(912.5, -2);
    expect((await verify("--markdown")).out).toMatch(/\| promised \| USD \|/);
    expect(await kept(cwd, id)).toHaveLength(2);
  });

  it("calls a plan harmful that made requests slower", async () => {
    const { cwd, lake } = await made({ slower: 1.3 });
    const id = await planned(cwd, "execute");
    const { code, out } = await runCli(["verify", id, "--lake", lake], { cwd });
    expect(code).toBe(1);
    expect(out).toContain("request.latency/p95 got worse by more than its margin");
    expect(await kept(cwd, id)).toMatchObject([{ verdict: "harmful" }]);
  });

  it("judges errors by their share of the requests", async () => {
    const of = async (how: Made) => {
      const { cwd, lake } = await made(how);
      const id = await planned(cwd, "execute");
      const { out } = await runCli(["verify", id, "--lake", lake, "--json"], { cwd });
      const { metrics } = JSON.parse(out) as {
        metrics: readonly { id: string; verdict: string; result: { change: number } }[];
      };
      return metrics.find(({ id: name }) => name === "request.errors/sum");
    };
    expect((await of({ busier: 3 }))?.verdict).toBe("held");
    const worse = await of({ failing: 0.008 });
    expect(worse?.verdict).toBe("broken");
    expect(worse?.result.change).toBeCloseTo(0.003, 3);
  });

  it("waits for the bill of a plan that was just applied", async () => {
    const { cwd, lake } = await made({ end: addDays(APPLIED, 1) });
    const id = await planned(cwd, "execute");
    const { code, out } = await runCli(["verify", id, "--lake", lake], { cwd, now: "2026-05-04T06:00:00Z" });
    expect(code).toBe(0);
    expect(out).toContain("Pending");
    const [first] = await kept(cwd, id);
    expect(first).toMatchObject({ verdict: "pending", coversFrom: "2026-05-04", coversTo: "2026-05-04" });
    expect(first).not.toHaveProperty("realised");
  });

  it("refuses a plan that does not stand, and keeps nothing", async () => {
    const { cwd, lake } = await made();
    for (const [modes, reason] of [
      [[], "it was never applied"],
      [["execute", "roll-back"], "it was rolled back"],
    ] as const) {
      const id = await planned(cwd, ...modes);
      const { code, err } = await runCli(["verify", id, "--lake", lake], { cwd });
      expect([code, err]).toEqual([2, expect.stringContaining(reason)]);
      expect(err).toContain("VERIFY_PLAN_NOT_APPLIED");
      expect(await kept(cwd, id)).toEqual([]);
    }
    const unknown = await runCli(["verify", "plan-x", "--lake", lake], { cwd });
    expect(unknown.err).toContain("STATE_NOT_FOUND");
    const both = await runCli(["verify", "plan-x", "--changed-at", APPLIED, "--lake", lake], { cwd });
    expect(both.err).toContain("CLI_OPTIONS_CONFLICT");
  });

  it("asks for a filter where the bill does not name the resource", async () => {
    const { cwd, lake } = await made({ billedAs: "something-else" });
    const id = await planned(cwd, "execute");
    const verify = (...more: readonly string[]) => runCli(["verify", id, "--lake", lake, ...more], { cwd });
    expect((await verify()).err).toContain("VERIFY_PLAN_NOT_BILLED");
    const { code, out } = await verify("--where", "ServiceName = 'Cloud Run'");
    expect([code, out]).toEqual([0, expect.stringContaining("Proven")]);
  });
});
