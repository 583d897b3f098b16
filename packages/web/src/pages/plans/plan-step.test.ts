import { expect, test } from "vitest";
import { listOf, nextStep } from "./plan-step.ts";

const now = new Date("2026-07-01T12:00:00Z");
const line = {
  status: "draft",
  expiresAt: "2026-07-02T00:00:00Z",
  approvals: 0,
  requiredApprovals: 1,
  proof: null,
} as const;
const proof = (verdict: "pending" | "proven" | "not-proven" | "harmful") => ({
  ...{ verdict, realised: null, computedAt: "2026-07-01T00:00:00Z" },
});

test("a plan waits for those approvals that are missing", () => {
  expect(nextStep(line, now)).toEqual({ stage: "approve", text: "One approval" });
  expect(nextStep({ ...line, requiredApprovals: 3, approvals: 1 }, now).text).toBe("2 approvals");
  expect(listOf(line, now)).toBe("waiting");
});

test("what expired before it was applied is made anew, what was applied never expires", () => {
  const late = new Date("2026-07-02T00:00:00Z");
  expect(nextStep({ ...line, status: "approved" }, late).stage).toBe("over");
  expect(listOf(line, late)).toBe("over");
  expect(nextStep({ ...line, status: "failed" }, late).stage).toBe("mend");
  expect(listOf({ ...line, status: "applied" }, late)).toBe("applied");
});

test("an applied plan is verified until its bill is closed, and taken back where it did harm", () => {
  const applied = { ...line, status: "applied" } as const;
  expect(nextStep(applied, now).stage).toBe("verify");
  expect(nextStep({ ...applied, proof: proof("pending") }, now).stage).toBe("verify");
  expect(nextStep({ ...applied, proof: proof("harmful") }, now).stage).toBe("mend");
  expect(nextStep({ ...applied, proof: proof("proven") }, now).stage).toBe("over");
});
