import { currencyCode, day, decimal, estimate, type Instant } from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import { createPlan } from "../../state/plans.ts";
import { recordVerification } from "../../state/verifications.ts";
import { acceptRecommendations, stateOf } from "../../testing/accepted.ts";
import { programmeLake } from "../../testing/programme-lake.ts";
import { sampleRecommendation } from "../../testing/sample-recommendation.ts";

const FILE = `version: 1
name: Autumn
currency: USD
starts: 2026-06-22
ends: 2026-07-31
people: [ana, bob]
target: 1000
targets: {Cloud Run: 700}
baseline: {from: 2026-05, lines: {Cloud Run: ServiceName = 'Cloud Run', Cloud SQL: ServiceName = 'Cloud SQL'}}
tasks:
  - id: resize
    title: Fewer instances
    starts: 2026-06-22
    due: 2026-06-24
    effects: [-200/-250/-300 on Cloud Run]
    criteria: ["effective(ServiceName = 'Cloud Run', last month) <= 750"]
  - id: indexes
    title: Indexes
    starts: 2026-07-02
    due: 2026-07-03
    after: resize
    effects: [-10% on Cloud SQL]
claims: [{title: A third off, saving: 450}]
risks: [{title: Slower pages, impact: high, probability: low, trend: falling, mitigation: a canary}]
blockers: [{title: No quota, workaround: the other region, tasks: [indexes]}]
incidents: [{title: Errors, startedAt: "2026-06-23T10:00:00Z", endedAt: "2026-06-23T10:20:00Z", effect: 0.4 % of requests}]
milestones: [{title: Half way, dueOn: 2026-06-24, closed: true}, {title: All, dueOn: 2026-07-03}]
sign-offs: [{title: Design, by: ana, role: lead, statement: fine}]
lessons: [{title: Indexes first, lesson: they cost nothing}]
budget: [{title: Work, allocated: 1200, spent: 300, people: 2}]
`;

describe("trimtab programme status", () => {
  it("reads well in the terminal and as Markdown", async () => {
    const { cli, write } = await programmeLake("2026-05", "2026-06");
    write("p.yaml", FILE);
    await cli("programme", "import", "p.yaml");
    await cli("programme", "task", "resize", "start");
    const { out, err } = await cli("programme", "status");
    expect(err).toBe("");
    await expect(out).toMatchFileSnapshot("goldens/programme-status.txt");
    const markdown = (await cli("programme", "status", "--daily", "--format", "md")).out;
    await expect(markdown).toMatchFileSnapshot("goldens/programme-status.md");
    for (const line of markdown.split("\n")) expect(line.startsWith("|") ? line.length : 0).toBeLessThan(60);
  });

  it("tells costs, plan and target, and no figure for what is not verified", async () => {
    const { cli, write } = await programmeLake("2026-05", "2026-06");
    write("p.yaml", FILE);
    const report = JSON.parse((await cli("programme", "status", "--file", "p.yaml", "--format", "json")).out);
    expect(report).toMatchObject({
      baseline: { first: "2026-05" },
      now: { first: "2026-06" },
      lines: [
        {
          line: "Cloud Run",
          baseline: "1000",
          now: "1000",
          planned: { low: "800", mid: "750", high: "700" },
          target: "700",
        },
        { line: "Cloud SQL", planned: { mid: "300" }, target: "270" },
        { line: "Others", target: "60" },
      ],
      total: {
        baseline: "1360",
        planned: { mid: "1110" },
        target: "1000",
        realised: { status: "not-verified", reason: "not verified" },
      },
      budgets: [{ allocated: "1200", spent: "300", remaining: "900" }],
      returns: {
        planned: {
          paybackMonths: { value: { low: "5.2174", mid: "4.2857", high: "3.6364" } },
          firstYear: { value: { mid: "1.8" } },
        },
        realised: { reason: "not verified" },
      },
      late: [
        { task: "resize", due: "2026-06-24", finish: "2026-07-03" },
        { task: "indexes", due: "2026-07-03", finish: "2026-07-07" },
      ],
    });
  });

  it("tells what verification has proven, per task and line", async () => {
    const lake = await programmeLake("2026-06");
    const made = [
      sampleRecommendation("api", { costNow: "1000", net: "400" }),
      sampleRecommendation("db", { costNow: "300" }),
    ];
    const ids = await acceptRecommendations(lake.cwd, made);
    await lake.cli("programme", "create", "Mine");
    const state = await stateOf(lake.cwd);
    const plans: string[] = [];
    for (const id of ids)
      plans.push(
        await createPlan(state, "ana", {
          title: "a plan",
          body: {},
          expiresAt: "2026-08-01T00:00:00Z" as Instant,
          requiredApprovals: 0,
          recommendations: [id],
        }),
      );
    const realised = {
      ...estimate(decimal("350"), decimal("380.5"), decimal("400")),
      currency: currencyCode("USD"),
    };
    const span = { coversFrom: day("2026-07-01"), coversTo: day("2026-08-01"), lakeVersion: 1, body: {} };
    await recordVerification(state, "ana", { planId: plans[0] ?? "", verdict: "pending", ...span });
    await recordVerification(state, "ana", { planId: plans[0] ?? "", verdict: "proven", realised, ...span });
    await recordVerification(state, "ana", { planId: plans[1] ?? "", verdict: "pending", ...span });
    await state.close();
    const report = JSON.parse((await lake.cli("programme", "status", "--json")).out);
    const proven = { status: "verified", saving: { low: "350", mid: "380.5", high: "400" } };
    expect(report.total.realised).toMatchObject({ ...proven, note: expect.stringContaining("pending") });
    expect(
      report.lines.map(({ line, realised: own }: { line: string; realised: object }) => [line, own]),
    ).toMatchObject([
      ["Cloud Run", proven],
      ["Cloud SQL", { status: "not-verified", reason: "verification is pending" }],
      ["Cache", { status: "not-verified", reason: "not verified" }],
    ]);
    expect(report.returns.planned.investment).toMatchObject({ status: "unknown" });
  });
});

describe("trimtab programme close", () => {
  it("refuses while tasks are open, cancels them with a reason, and tells what was claimed", async () => {
    const { cli, write } = await programmeLake("2026-05", "2026-06");
    write("p.yaml", FILE);
    await cli("programme", "import", "p.yaml");
    expect((await cli("programme", "close")).err).toMatch(/PROGRAMME_UNFINISHED[\s\S]*resize, indexes/);
    const closed = await cli("programme", "close", "--unfinished", "the company was sold", "--format", "md");
    expect(closed).toMatchObject({ code: 0, err: "" });
    await expect(closed.out).toMatchFileSnapshot("goldens/programme-close.md");
    expect((await cli("programme", "close")).code).toBe(0);
    expect((await cli("programme", "--json")).out).toContain('"reason": "the company was sold"');
  });
});
