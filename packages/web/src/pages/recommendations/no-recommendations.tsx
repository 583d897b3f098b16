import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Lightbulb } from "lucide-react";
import { call } from "../../api/client.ts";
import { toProblem } from "../../api/problem.ts";
import { useMay, useMe } from "../../api/use-me.ts";
import { Button } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { toast } from "../../components/toaster.tsx";
import type { RecommendationsSearch } from "./recommendations-search.ts";

/** Asks all advisors about everything: only who sees everything may. */
export const AskAdvisors = () => {
  const client = useQueryClient();
  const mayDecide = useMay("decide");
  const seesAll = useMe()?.scope.kind === "all";
  const ask = useMutation({
    mutationFn: () => call("POST /api/v1/advice", {}),
    onSuccess: ({ advisors }) => {
      const found = advisors.reduce((sum, { recommended }) => sum + recommended, 0);
      toast(`${advisors.length} advisors looked: ${found} recommendations`);
    },
    onError: (error) => toast(`${toProblem(error).message} ${toProblem(error).hint}`, "failed"),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ["recommendations"] });
      await client.invalidateQueries({ queryKey: ["overview"] });
    },
  });
  if (!mayDecide || !seesAll) return null;
  return (
    <Button onClick={() => ask.mutate()} disabled={ask.isPending}>
      <Lightbulb size={15} aria-hidden />
      {ask.isPending ? "Looking…" : "Look for savings now"}
    </Button>
  );
};

export const NoRecommendations = ({
  search,
  onChoose,
}: {
  readonly search: RecommendationsSearch;
  readonly onChoose: (search: RecommendationsSearch) => void;
}) => {
  const { rank: _rank, status, ...narrowed } = search;
  const isNarrowed = Object.keys(narrowed).length > 0;
  return (
    <EmptyState
      icon={<Lightbulb size={20} aria-hidden />}
      title={
        isNarrowed ? "Nothing matches" : `Nothing is ${status === "all" ? "recommended" : (status ?? "open")}`
      }
      actions={
        isNarrowed || (status !== undefined && status !== "all") ? (
          <Button onClick={() => onChoose({ status: "all" })}>Show all</Button>
        ) : (
          <AskAdvisors />
        )
      }
    >
      {isNarrowed
        ? "No recommendation fits all that is chosen above."
        : "The advisors read bills, settings and metrics, and tell what to change. They abstain where evidence is missing."}
    </EmptyState>
  );
};
