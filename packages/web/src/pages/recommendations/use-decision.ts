import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "../../api/client.ts";
import { toProblem } from "../../api/problem.ts";
import { toast } from "../../components/toaster.tsx";
import type { RecommendationLine } from "./recommendations-search.ts";

interface Decision {
  readonly status: RecommendationLine["status"];
  readonly reason?: string;
  readonly until?: string;
}

interface DecisionOrder {
  readonly lines: readonly Pick<RecommendationLine, "id" | "version">[];
  readonly decision: Decision;
}

const words: Readonly<Record<Decision["status"], string>> = {
  accepted: "accepted",
  dismissed: "dismissed",
  snoozed: "snoozed",
  open: "opened again",
};

/** Decides on one or many; those that somebody else decided on meanwhile are said, the others stand. */
export const useDecision = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ lines, decision }: DecisionOrder) => {
      const problems: unknown[] = [];
      for (const { id, version } of lines) {
        try {
          await call("POST /api/v1/recommendations/:id/decision", {
            params: { id },
            body: { version, ...decision },
          });
        } catch (error) {
          problems.push(error);
        }
      }
      return { done: lines.length - problems.length, problems };
    },
    onSuccess: ({ done, problems }, { decision }) => {
      if (done > 0)
        toast(`${done === 1 ? "Recommendation" : `${done} recommendations`} ${words[decision.status]}`);
      const [first] = problems;
      if (first !== undefined) {
        const { message, hint } = toProblem(first);
        toast(`${problems.length} could not be decided: ${message} ${hint}`, "failed");
      }
    },
    onSettled: async () => {
      for (const key of ["recommendations", "recommendation", "overview"])
        await client.invalidateQueries({ queryKey: [key] });
    },
  });
};
