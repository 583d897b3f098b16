import { call } from "../../api/client.ts";
import { useChange } from "../../api/use-change.ts";
import { toast } from "../../components/toaster.tsx";
import type { PlanRun } from "./plan-search.ts";

const refreshes = ["plan", "plans", "recommendations", "recommendation", "overview"];

export interface Permits {
  readonly mayBeIrreversible: boolean;
  readonly mayBeUnwatched: boolean;
}

export const useApproval = (id: string, onDone: () => void) =>
  useChange({
    run: ({ digest, comment }: { readonly digest: string; readonly comment: string }) =>
      call("POST /api/v1/plans/:id/approval", {
        params: { id },
        body: { digest, ...(comment.trim() === "" ? {} : { comment: comment.trim() }) },
      }),
    refreshes,
    done: "Plan approved",
    onDone,
    isFormShowingProblem: true,
  });

export const useRevocation = (id: string) =>
  useChange({
    run: () => call("DELETE /api/v1/plans/:id/approval", { params: { id } }),
    refreshes,
    done: "Approval taken back",
  });

export const useWithdrawal = (id: string) =>
  useChange({
    run: () => call("POST /api/v1/plans/:id/withdrawal", { params: { id } }),
    refreshes,
    done: "Plan withdrawn",
  });

const begun: Readonly<Record<PlanRun["mode"], string>> = {
  execute: "The run has begun",
  resume: "The run goes on",
  "roll-back": "The plan is being taken back",
};

/** Begins a run; what becomes of it is told by the server's events. */
export const useRunStart = (id: string, onDone: () => void) =>
  useChange({
    run: ({ mode, permits }: { readonly mode: PlanRun["mode"]; readonly permits: Permits }) =>
      call("POST /api/v1/plans/:id/runs", { params: { id }, body: { mode, ...permits } }),
    refreshes,
    onDone: ({ mode }) => {
      toast(begun[mode]);
      onDone();
    },
    isFormShowingProblem: true,
  });

export const useRunStop = (id: string) =>
  useChange({
    run: () => call("POST /api/v1/plans/:id/stop", { params: { id } }),
    refreshes,
    done: "It stops after the step that it is in",
  });

export const useDryRun = (id: string) =>
  useChange({
    run: (permits: Permits) => call("POST /api/v1/plans/:id/check", { params: { id }, body: permits }),
    refreshes: [],
    isFormShowingProblem: true,
  });

export const useVerification = (id: string, onKept: (seq: number) => void) =>
  useChange({
    run: (body: { readonly basis: "billed" | "effective"; readonly isDryRun: boolean }) =>
      call("POST /api/v1/plans/:id/verifications", { params: { id }, body }),
    refreshes: ["plan", "plans", "overview", "programme"],
    onDone: ({ recorded }) => {
      if (recorded !== null) onKept(recorded);
    },
    isFormShowingProblem: true,
  });
