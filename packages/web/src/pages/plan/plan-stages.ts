import { isExpired } from "../plans/plan-step.ts";
import type { PlanPage } from "./plan-search.ts";

type Stage = {
  readonly title: string;
  readonly state: "done" | "now" | "failed" | "later";
  readonly note?: string | undefined;
};

/** Made, approved, applied, proven: how far a plan is. */
export const planStages = ({ line }: Pick<PlanPage, "line">, now = new Date()): readonly Stage[] => [
  { title: "Made", state: "done", note: line.createdBy },
  approved(line, now),
  applied(line, now),
  proven(line),
];

type Line = PlanPage["line"];

const approved = (line: Line, now: Date): Stage => {
  const note = line.approvers.length > 0 ? line.approvers.join(", ") : undefined;
  if (line.status !== "draft" && line.status !== "withdrawn")
    return { title: "Approved", state: "done", note: note ?? "none needed" };
  if (line.status === "withdrawn") return { title: "Withdrawn", state: "failed" };
  if (isExpired(line, now)) return { title: "Expired", state: "failed" };
  return { title: "Approval", state: "now", note: `${line.approvals} of ${line.requiredApprovals}` };
};

const applied = (line: Line, now: Date): Stage => {
  switch (line.status) {
    case "draft":
    case "withdrawn":
      return { title: "Applied", state: "later" };
    case "approved":
      return isExpired(line, now) ? { title: "Expired", state: "failed" } : { title: "Apply", state: "now" };
    case "applying":
      return { title: "Being applied", state: "now" };
    case "failed":
      return { title: "Stopped", state: "failed" };
    case "rolled-back":
      return { title: "Taken back", state: "failed" };
    case "applied":
      return { title: "Applied", state: "done" };
  }
};

const proven = ({ status, proof }: Line): Stage => {
  if (status !== "applied") return { title: "Proven", state: "later" };
  switch (proof?.verdict) {
    case undefined:
      return { title: "Prove it", state: "now" };
    case "pending":
      return { title: "Proof", state: "now", note: "pending" };
    case "proven":
      return { title: "Proven", state: "done" };
    case "not-proven":
      return { title: "Not proven", state: "now" };
    case "harmful":
      return { title: "Harmful", state: "failed" };
  }
};
