import { instant } from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import { approvalProblem, approvalsFor, approvalsNeeded, openApprovals } from "./approvals.ts";
import { isInWindow, windowText } from "./maintenance-window.ts";
import { DEFAULT_POLICY, parsePolicy } from "./policy.ts";

const read = (text: string) => parsePolicy(text, "policy.yaml").policy;
const at = instant("2026-07-01T12:00:00Z");

const step = (action: string, reversibility: "reversible" | "irreversible" = "reversible", name = "api") => ({
  action,
  reversibility,
  resource: {
    kind: "run.googleapis.com/Service" as const,
    id: `//run/${name}`,
    name,
    scope: { provider: "gcp" as const, account: "p", region: "r" },
  },
});

describe("a policy", () => {
  it.each([
    ["version: 2", "version"],
    ["version: 1\nlimit: {}", "Unrecognized key"],
    ['version: 1\nwindows: [{ from: 25:00, to: "02:00" }]', "windows.0.from"],
    ['version: 1\nwindows: [{ from: "01:00", to: "02:00", timeZone: Mars/Base }]', "IANA"],
    ["version: 1\nlimits: { monthlyCost: { USD: many } }", "decimal"],
    ["version: 1\nguardrails: { prometheus: ftp://x, queries: {} }", "guardrails.prometheus"],
    ["a: [", "policy.yaml"],
  ])("is refused where it says %s", (text, words) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: "POLICY_INVALID" }));
    expect(() => read(text)).toThrow(words);
  });

  it("has a digest of its very text", () => {
    expect(parsePolicy("version: 1", "a").digest).not.toBe(parsePolicy("version: 1 ", "a").digest);
    expect(DEFAULT_POLICY.policy.approvals.creatorMayApproveAlone).toBe(true);
  });
});

describe("approvals", () => {
  const policy = read(`version: 1
approvals:
  rules:
    - { about: what can't be undone, when: { reversibility: irreversible }, needs: 2, approvers: [anna, bob] }
    - { about: Cloud Run, when: { action: cloud-run }, needs: 1, approvers: [carl, anna] }
  delegations:
    - { from: bob, to: dora, rules: ["what can't be undone"], until: "2026-07-31T00:00:00Z" }
`);

  it("are those of the first rule that each step meets, and one for what no rule names", () => {
    expect(approvalsFor(policy, [step("cloud-run")]).map(({ about }) => about)).toEqual(["Cloud Run"]);
    const all = approvalsFor(policy, [step("cloud-run"), step("x", "irreversible"), step("y")]);
    expect(all.map(({ about }) => about)).toEqual([
      "what can't be undone",
      "Cloud Run",
      "what no rule names",
    ]);
    expect(approvalsNeeded(all)).toBe(4);
    expect(approvalsFor(read("version: 1"), [step("x")])).toHaveLength(1);
  });

  it("each count for one rule, however they come", () => {
    const approvals = approvalsFor(policy, [step("cloud-run"), step("x", "irreversible")]);
    const body = { approvals, creatorMayApproveAlone: false };
    const given = (...names: readonly string[]) => names.map((approver) => ({ approver, at }));
    // Anna could be for either; Bob and Carl then settle which.
    expect(approvalProblem(body, policy, given("anna", "carl"), { approver: "bob", at }, "maker")).toBe(
      undefined,
    );
    expect(approvalProblem(body, policy, given("anna", "bob"), { approver: "carl", at }, "maker")).toBe(
      undefined,
    );
    expect(approvalProblem(body, policy, given("carl"), { approver: "eve", at }, "maker")).toContain(
      "no rule is still open",
    );
    expect(openApprovals(approvals, policy, given("anna", "carl"))).toEqual([
      "1 for what can't be undone (anna, bob)",
    ]);
    expect(openApprovals(approvals, policy, given("anna", "bob", "carl"))).toEqual([]);
  });

  it("may be given for another until the delegation ends", () => {
    const body = {
      approvals: approvalsFor(policy, [step("x", "irreversible")]),
      creatorMayApproveAlone: false,
    };
    const problem = (day: string) =>
      approvalProblem(
        body,
        policy,
        [{ approver: "anna", at }],
        { approver: "dora", at: instant(day) },
        "maker",
      );
    expect(problem("2026-07-30T00:00:00Z")).toBe(undefined);
    expect(problem("2026-08-01T00:00:00Z")).toContain("no rule is still open to dora");
  });

  it("are not the maker's alone, unless the policy says so", () => {
    const approvals = approvalsFor(read("version: 1"), [step("x")]);
    const ask = (creatorMayApproveAlone: boolean, needs: number) =>
      approvalProblem(
        { approvals: approvals.map((rule) => ({ ...rule, needs })), creatorMayApproveAlone },
        policy,
        [],
        { approver: "maker", at },
        "maker",
      );
    expect(ask(false, 1)).toContain("alone");
    expect(ask(true, 1)).toBe(undefined);
    expect(ask(false, 2)).toBe(undefined);
  });
});

describe("a maintenance window", () => {
  const windows = (text: string) => read(`version: 1\nwindows: [${text}]`).windows;
  const isOpen = (text: string, moment: string) => isInWindow(windows(text), new Date(moment));

  it.each([
    // 22:00 in Berlin is 20:00 UTC in summer and 21:00 in winter.
    ["2026-07-01T20:00:00Z", true],
    ["2026-07-01T19:59:00Z", false],
    ["2026-01-07T20:30:00Z", false],
    ["2026-01-07T21:00:00Z", true],
    // Past midnight it is still Wednesday's window.
    ["2026-07-01T23:59:00Z", true],
    ["2026-07-02T00:00:00Z", false],
    ["2026-06-30T23:00:00Z", false],
  ])("goes by its zone's clock: at %s it is open: %s", (moment, expected) => {
    expect(isOpen('{ days: [wed], from: "22:00", to: "02:00", timeZone: Europe/Berlin }', moment)).toBe(
      expected,
    );
  });

  it("is always open where there is none, and may last to the end of the day", () => {
    expect(isInWindow([], new Date())).toBe(true);
    expect(isOpen('{ from: "00:00", to: "24:00" }', "2026-07-01T23:59:59Z")).toBe(true);
    expect(windows('{ from: "00:00", to: "24:00" }').map(windowText)).toEqual(["every day 00:00–24:00 UTC"]);
  });
});
