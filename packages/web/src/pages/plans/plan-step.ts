import type { PlanLine, PlanList } from "./plans-search.ts";

/** What a plan waits for; `over`: for nothing more. */
export type PlanStage = "approve" | "apply" | "watch" | "mend" | "verify" | "over";

export interface NextStep {
  readonly stage: PlanStage;
  /** In a few words, for lists. */
  readonly text: string;
}

type Known = Pick<PlanLine, "status" | "expiresAt" | "approvals" | "requiredApprovals" | "proof">;

export const isExpired = ({ status, expiresAt }: Known, now: Date): boolean =>
  (status === "draft" || status === "approved") && Date.parse(expiresAt) <= now.getTime();

/** What is to be done next with a plan. */
export const nextStep = (line: Known, now: Date): NextStep => {
  if (isExpired(line, now)) return { stage: "over", text: "Expired: make it anew" };
  switch (line.status) {
    case "draft": {
      const open = Math.max(1, line.requiredApprovals - line.approvals);
      return { stage: "approve", text: open === 1 ? "One approval" : `${open} approvals` };
    }
    case "approved":
      return { stage: "apply", text: "Dry run, then execute" };
    case "applying":
      return { stage: "watch", text: "Watch it" };
    case "failed":
      return { stage: "mend", text: "Resume it or take it back" };
    case "applied":
      return afterApplied(line.proof);
    case "rolled-back":
      return { stage: "over", text: "Taken back" };
    case "withdrawn":
      return { stage: "over", text: "Withdrawn" };
  }
};

const afterApplied = (proof: PlanLine["proof"]): NextStep => {
  switch (proof?.verdict) {
    case undefined:
      return { stage: "verify", text: "Prove what it saved" };
    case "pending":
      return { stage: "verify", text: "Verify again, once the bill is closed" };
    case "harmful":
      return { stage: "mend", text: "It did harm: take it back" };
    case "not-proven":
      return { stage: "over", text: "Not proven; more days may tell" };
    case "proven":
      return { stage: "over", text: "None: its saving is proven" };
  }
};

/** Which part of the list a plan is in. */
export const listOf = (line: Known, now: Date): PlanList => {
  if (line.status === "applied") return "applied";
  return nextStep(line, now).stage === "over" ? "over" : "waiting";
};
