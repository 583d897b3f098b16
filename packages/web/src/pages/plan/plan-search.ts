import { queryOptions } from "@tanstack/react-query";
import { type Answer, call } from "../../api/client.ts";

export const PLAN_PARTS = ["changes", "steps", "approval", "run", "proof", "commands"] as const;
export type PlanPart = (typeof PLAN_PARTS)[number];

export interface PlanSearch {
  /** Absent: what it changes. */
  readonly view?: PlanPart;
  /** The step that is unfolded. */
  readonly step?: string;
  /** How the commands are written; absent: for a shell. */
  readonly as?: "terraform";
  /** Number of a verification; absent: the newest. */
  readonly proof?: number;
}

export const readPlanSearch = ({ view, step, as, proof }: Record<string, unknown>): PlanSearch => {
  const part = PLAN_PARTS.find((name) => name === view);
  return {
    ...(part === undefined || part === "changes" ? {} : { view: part }),
    ...(typeof step === "string" && step !== "" ? { step } : {}),
    ...(as === "terraform" ? { as } : {}),
    ...(Number.isSafeInteger(proof) ? { proof: proof as number } : {}),
  };
};

export const planOptions = (id: string) =>
  queryOptions({
    queryKey: ["plan", id],
    queryFn: ({ signal }) => call("GET /api/v1/plans/:id", { params: { id }, signal }),
    // the server tells what happens, also of a run of another process; this is for an event that was lost
    refetchInterval: ({ state: { data } }) =>
      data?.line.status === "applying" || data?.run?.status === "running" ? 10_000 : false,
  });

export type PlanPage = Answer<"GET /api/v1/plans/:id">;
export type PlanStep = PlanPage["body"]["steps"][number];
export type PlanRun = NonNullable<PlanPage["run"]>;
export type Preflight = Answer<"POST /api/v1/plans/:id/check">;
export type Verified = Answer<"POST /api/v1/plans/:id/verifications">;
export type VerificationReport = Verified["report"];

export const isRunning = ({ run }: Pick<PlanPage, "run">): boolean => run?.status === "running";
