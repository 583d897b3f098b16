import { currencyCode, day, decimal, estimate, instant } from "@trimtab/domain";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { STATE_ENGINES } from "../testing/state-engines.ts";
import { approvePlan, listApprovals, revokeApproval } from "./approvals.ts";
import { beginStep, endStep, readJournal, readStepStates } from "./journal.ts";
import { acquireLease, releaseLease, renewLease } from "./leases.ts";
import { finishPlan, resumePlan, startPlan } from "./plan-runs.ts";
import { createPlan, listPlans, readPlan, withdrawPlan } from "./plans.ts";
import type { State } from "./state.ts";
import { listVerifications, recordVerification } from "./verifications.ts";

const body = { steps: [{ id: "resize", argv: ["gcloud", "sql", "instances", "patch", "db", "--tier=x"] }] };

const freeze = (state: State, requiredApprovals = 2) =>
  createPlan(state, "anna", {
    title: "Resize db",
    body,
    expiresAt: instant("2026-07-02T00:00:00Z"),
    requiredApprovals,
    recommendations: [],
  });

const run = (id: string, holder = "host-1") => ({ id, holder, leaseMs: 60_000 });

const approved = async (open: () => Promise<State>) => {
  const state = await open();
  const id = await freeze(state, 1);
  const { digest } = await readPlan(state, id);
  await approvePlan(state, "bob", { id, digest });
  return { state, id };
};

describe.each(STATE_ENGINES.filter(({ isThere }) => isThere))("a plan $name", ({ home }) => {
  it("is approved by as many people as it needs, each once, for what they read", async () => {
    const state = await (await home()).open();
    const id = await freeze(state);
    const { digest } = await readPlan(state, id);
    await expect(startPlan(state, "anna", run(id))).rejects.toMatchObject({ code: "STATE_APPROVAL_REFUSED" });
    await expect(approvePlan(state, "bob", { id, digest: "0".repeat(64) })).rejects.toMatchObject({
      code: "STATE_APPROVAL_REFUSED",
    });
    await approvePlan(state, "bob", { id, digest, comment: "fine" });
    await expect(approvePlan(state, "bob", { id, digest })).rejects.toMatchObject({
      code: "STATE_APPROVAL_REFUSED",
    });
    expect((await readPlan(state, id)).status).toBe("draft");
    await approvePlan(state, "eve", { id, digest });
    expect((await readPlan(state, id)).status).toBe("approved");
    await revokeApproval(state, "bob", { id, approver: "bob" });
    expect((await readPlan(state, id)).status).toBe("draft");
    await approvePlan(state, "bob", { id, digest });
    expect(await listPlans(state)).toMatchObject([{ id, status: "approved" }]);
    expect(await listApprovals(state, id)).toHaveLength(3);
    expect((await listApprovals(state, id)).filter(({ revokedAt }) => revokedAt !== null)).toMatchObject([
      { approver: "bob", comment: "fine", revokedBy: "bob" },
    ]);
  });

  it("is neither approved nor begun once it has expired", async () => {
    const { open } = await home();
    const { state, id } = await approved(open);
    const late = await open({ now: () => new Date("2026-07-02T00:00:00Z") });
    await expect(startPlan(late, "anna", run(id))).rejects.toMatchObject({ code: "STATE_PLAN_EXPIRED" });
    const draft = await freeze(state);
    const { digest } = await readPlan(state, draft);
    await expect(approvePlan(late, "bob", { id: draft, digest })).rejects.toMatchObject({
      code: "STATE_PLAN_EXPIRED",
    });
  });

  it("that was changed behind our back is refused", async () => {
    const { state, id } = await approved((await home()).open);
    await sql`update plans set body = '{"steps":[]}'`.execute(state.db);
    for (const use of [readPlan(state, id), startPlan(state, "anna", run(id))])
      await expect(use).rejects.toMatchObject({ code: "STATE_RECORD_INVALID" });
  });

  it("is begun by one of two, and taken up by the other once the first has died", async () => {
    const { open } = await home();
    const { state, id } = await approved(open);
    const other = await open();
    const both = await Promise.allSettled([
      startPlan(state, "anna", run(id)),
      startPlan(other, "bob", run(id, "host-2")),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await expect(resumePlan(other, "bob", run(id, "host-2"))).rejects.toMatchObject({
      code: "STATE_LEASE_HELD",
    });
    const later = await open({ now: () => new Date("2026-07-01T12:01:00Z") });
    const lease = await resumePlan(later, "bob", run(id, "host-2"));
    const first = both.find((outcome) => outcome.status === "fulfilled")?.value;
    const step = { planId: id, step: "resize", direction: "apply", detail: {}, runner: "host-1" } as const;
    await expect(beginStep(later, "anna", { ...step, lease: first ?? lease })).rejects.toMatchObject({
      code: "STATE_LEASE_LOST",
    });
    await beginStep(later, "bob", { ...step, lease });
  });

  it("journals each step before and after it, and runs none twice", async () => {
    const { state, id } = await approved((await home()).open);
    const lease = await startPlan(state, "anna", run(id));
    const line = { planId: id, lease, step: "resize", direction: "apply", runner: "host-1" } as const;
    await expect(endStep(state, "anna", { ...line, detail: {}, result: "succeeded" })).rejects.toMatchObject({
      code: "STATE_JOURNAL_REFUSED",
    });
    await beginStep(state, "anna", { ...line, detail: { before: { tier: "y" } } });
    await expect(beginStep(state, "anna", { ...line, detail: {} })).rejects.toMatchObject({
      code: "STATE_JOURNAL_REFUSED",
      message: expect.stringContaining("live system"),
    });
    await expect(finishPlan(state, "anna", { id, lease, status: "applied" })).rejects.toMatchObject({
      code: "STATE_MOVE_REFUSED",
    });
    await endStep(state, "anna", { ...line, detail: { exitCode: 0 }, result: "succeeded" });
    await expect(beginStep(state, "anna", { ...line, detail: {} })).rejects.toMatchObject({
      code: "STATE_JOURNAL_REFUSED",
    });
    expect(await readStepStates(state, id)).toEqual(new Map([["resize", "applied"]]));
    await finishPlan(state, "anna", { id, lease, status: "applied" });

    const again = await resumePlan(state, "guardrail", run(id));
    const back = { ...line, lease: again, direction: "roll-back" } as const;
    await beginStep(state, "guardrail", { ...back, detail: {} });
    await endStep(state, "guardrail", { ...back, detail: {}, result: "succeeded" });
    await finishPlan(state, "guardrail", { id, lease: again, status: "rolled-back" });
    expect(
      (await readJournal(state, id)).map(({ seq, direction, kind }) => `${seq} ${direction} ${kind}`),
    ).toEqual(["1 apply intent", "2 apply outcome", "3 roll-back intent", "4 roll-back outcome"]);
    expect((await readPlan(state, id)).status).toBe("rolled-back");
    await expect(resumePlan(state, "anna", run(id))).rejects.toMatchObject({ code: "STATE_MOVE_REFUSED" });
  });

  it("can be withdrawn until it is begun", async () => {
    const { state, id } = await approved((await home()).open);
    await expect(withdrawPlan(state, "anna", { id, version: 1, reason: "stale" })).rejects.toMatchObject({
      code: "STATE_CONFLICT",
    });
    await withdrawPlan(state, "anna", { id, version: 2, reason: "no longer wanted" });
    await expect(startPlan(state, "anna", run(id))).rejects.toMatchObject({ code: "STATE_MOVE_REFUSED" });
  });

  it("keeps every verification", async () => {
    const { state, id } = await approved((await home()).open);
    const span = {
      coversFrom: day("2026-07-01"),
      coversTo: day("2026-08-01"),
      lakeVersion: 9,
      body: { method: "bsts" },
    };
    expect(await recordVerification(state, "verify", { planId: id, verdict: "pending", ...span })).toBe(1);
    const realised = {
      ...estimate(decimal("10.5"), decimal("12"), decimal("14")),
      currency: currencyCode("USD"),
    };
    expect(
      await recordVerification(state, "verify", { planId: id, verdict: "proven", realised, ...span }),
    ).toBe(2);
    const all = await listVerifications(state, id);
    expect(all).toMatchObject([
      { verdict: "pending" },
      { verdict: "proven", body: { method: "bsts" }, coversFrom: "2026-07-01" },
    ]);
    expect(String(all[1]?.realised?.low)).toBe("10.5");
  });
});

describe.each(STATE_ENGINES.filter(({ isThere }) => isThere))("a lease $name", ({ home }) => {
  it("is held by one at a time, as long as it is renewed", async () => {
    const { open } = await home();
    let now = new Date("2026-07-01T12:00:00Z");
    const state = await open({ now: () => now });
    const request = { name: "expire", holder: "a", durationMs: 1000 };
    const lease = await acquireLease(state, "a", request);
    await expect(acquireLease(state, "b", request)).rejects.toMatchObject({
      code: "STATE_LEASE_HELD",
      details: { holder: "a" },
    });
    now = new Date("2026-07-01T12:00:00.900Z");
    await renewLease(state, "a", lease, 1000);
    now = new Date("2026-07-01T12:00:01.500Z");
    await expect(acquireLease(state, "b", request)).rejects.toMatchObject({ code: "STATE_LEASE_HELD" });
    now = new Date("2026-07-01T12:00:01.900Z");
    const taken = await acquireLease(state, "b", { ...request, holder: "b" });
    await expect(renewLease(state, "a", lease, 1000)).rejects.toMatchObject({ code: "STATE_LEASE_LOST" });
    await releaseLease(state, "a", lease);
    await renewLease(state, "b", taken, 1000);
    await releaseLease(state, "b", taken);
    await acquireLease(state, "a", request);
  });
});
