import { currencyCode, decimal, estimate, instant } from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import { STATE_ENGINES } from "../testing/state-engines.ts";
import { readAudit } from "./audit.ts";
import {
  decideRecommendation,
  listRecommendations,
  readDecisions,
  readRecommendation,
  readRevision,
  recommendationId,
} from "./recommendations.ts";
import { type AdvisorFindings, recordRecommendations } from "./record-recommendations.ts";
import type { State } from "./state.ts";

const key = (resource: string) => ({
  advisor: "idle-resources",
  resource,
  scope: "acme/europe-west1",
  fingerprint: "delete",
});

const found = (resource: string, mid = "41.30") => ({
  key: key(resource),
  title: `Delete ${resource}`,
  saving: { ...estimate(decimal("40"), decimal(mid), decimal("99.99")), currency: currencyCode("USD") },
  body: { current: { size: 100 }, evidence: ["no reads for 30 days", "é\u0000\ud800"] },
});

const findings = (...list: readonly ReturnType<typeof found>[]): AdvisorFindings => ({
  advisor: "idle-resources",
  found: list,
  abstained: [],
  settings: { idleDays: 30 },
  lakeVersion: 7,
  programVersion: "0.1.0",
});

const record = (state: State, ...list: readonly ReturnType<typeof found>[]) =>
  recordRecommendations(state, "advise", findings(...list));

describe.each(STATE_ENGINES.filter(({ isThere }) => isThere))("recommendations $name", ({ home }) => {
  it("are the same ones in the next analysis, with a revision where figures are new", async () => {
    const state = await (await home()).open();
    expect(await record(state, found("disk-1"), found("disk-2"))).toEqual({
      added: 2,
      changed: 0,
      unchanged: 0,
      withdrawn: 0,
    });
    expect(await record(state, found("disk-1"), found("disk-2", "50"))).toEqual({
      added: 0,
      changed: 1,
      unchanged: 1,
      withdrawn: 0,
    });
    const [one, two] = ["disk-1", "disk-2"].map((name) => recommendationId(key(name)));
    expect(await readRecommendation(state, one ?? "")).toMatchObject({
      status: "open",
      revision: 1,
      version: 1,
    });
    const changed = await readRecommendation(state, two ?? "");
    expect(changed).toMatchObject({ revision: 2, version: 2 });
    expect(String(changed.saving?.mid)).toBe("50");
    const first = await readRevision(state, two ?? "", 1);
    expect(String(first.saving?.mid)).toBe("41.3");
    expect(first).toMatchObject({ lakeVersion: 7, settings: { idleDays: 30 }, programVersion: "0.1.0" });
    expect(first.body).toEqual(found("disk-2").body);
  });

  it("that are no longer found are withdrawn, unless their advisor could not judge; found again, they are back", async () => {
    const state = await (await home()).open();
    await record(state, found("disk-1"), found("disk-2"), found("disk-3"));
    const report = await recordRecommendations(state, "advise", {
      ...findings(found("disk-1")),
      abstained: ["disk-2"],
    });
    expect(report).toEqual({ added: 0, changed: 0, unchanged: 1, withdrawn: 1 });
    expect((await listRecommendations(state)).map(({ resource }) => resource).toSorted()).toEqual([
      "disk-1",
      "disk-2",
    ]);
    expect(await listRecommendations(state, { withWithdrawn: true })).toHaveLength(3);
    expect(await record(state, found("disk-1"), found("disk-2"), found("disk-3"))).toMatchObject({
      changed: 1,
    });
    expect(await listRecommendations(state)).toHaveLength(3);
  });

  it("are decided once: who decides on what is no longer so is told", async () => {
    const { open } = await home();
    const [anna, bob] = [await open(), await open()];
    await record(anna, found("disk-1"));
    const id = recommendationId(key("disk-1"));
    const { version } = await readRecommendation(anna, id);
    const decide = (state: State, actor: string, status: "accepted" | "dismissed") =>
      decideRecommendation(state, actor, { id, version, decision: { status, reason: `says ${actor}` } });
    const outcomes = await Promise.allSettled([
      decide(anna, "anna", "accepted"),
      decide(bob, "bob", "dismissed"),
    ]);
    const refused = outcomes.filter((outcome) => outcome.status === "rejected");
    expect(refused).toHaveLength(1);
    expect(refused[0]?.reason).toMatchObject({ code: "STATE_CONFLICT" });
    const winner = outcomes[0]?.status === "fulfilled" ? "anna" : "bob";
    expect(await readRecommendation(anna, id)).toMatchObject({
      decidedBy: winner,
      decidedRevision: 1,
      version: 2,
    });
    expect(await readDecisions(anna, id)).toMatchObject([
      { seq: 1, fromStatus: "open", actor: winner, revision: 1 },
    ]);
    expect((await readAudit(anna, { subject: `recommendation ${id}` })).map(({ actor }) => actor)).toEqual([
      winner,
    ]);
  });

  it("that are snoozed are open again when their time has come", async () => {
    const { open } = await home();
    const state = await open({ now: () => new Date("2026-07-01T00:00:00Z") });
    await record(state, found("disk-1"));
    const id = recommendationId(key("disk-1"));
    const decision = { status: "snoozed", until: instant("2026-08-01T00:00:00Z") } as const;
    await decideRecommendation(state, "anna", { id, version: 1, decision });
    expect(await listRecommendations(state, { status: "open" })).toEqual([]);
    const later = await open({ now: () => new Date("2026-08-01T00:00:00Z") });
    expect(await listRecommendations(later, { status: "open" })).toMatchObject([
      { id, snoozedUntil: "2026-08-01T00:00:00.000Z" },
    ]);
  });

  it.each([
    [{ status: "dismissed" }, "STATE_MOVE_REFUSED", "needs a reason"],
    [{ status: "snoozed" }, "STATE_MOVE_REFUSED", "until when"],
    [
      { status: "snoozed", until: instant("2020-01-01T00:00:00Z") },
      "STATE_MOVE_REFUSED",
      "not in the future",
    ],
    [{ status: "open" }, "STATE_MOVE_REFUSED", "open already"],
    [{ status: "accepted", until: instant("2030-01-01T00:00:00Z") }, "STATE_MOVE_REFUSED", "only a snooze"],
    [{ status: "dismissed", reason: "zero\0byte" }, "STATE_INPUT_INVALID", "zero byte"],
    [{ status: "dismissed", reason: "half \ud800" }, "STATE_INPUT_INVALID", "half a character"],
  ] as const)("refuse %j", async (decision, code, reason) => {
    const state = await (await home()).open();
    await record(state, found("disk-1"));
    const id = recommendationId(key("disk-1"));
    const refused = decideRecommendation(state, "anna", { id, version: 1, decision });
    await expect(refused).rejects.toMatchObject({ code, message: expect.stringContaining(reason) });
    expect(await readRecommendation(state, id)).toMatchObject({ status: "open", version: 1 });
  });

  it("keep amounts exactly", async () => {
    const state = await (await home()).open();
    const exact = "12345678901234567890.123456789012345678901";
    const saving = {
      ...estimate(decimal("-0.1"), decimal("0.3"), decimal(exact)),
      currency: currencyCode("EUR"),
    };
    await record(state, { ...found("disk-1"), saving });
    const read = await readRecommendation(state, recommendationId(key("disk-1")));
    expect([read.saving?.low, read.saving?.mid, read.saving?.high].map(String)).toEqual([
      "-0.1",
      "0.3",
      exact,
    ]);
  });
});
