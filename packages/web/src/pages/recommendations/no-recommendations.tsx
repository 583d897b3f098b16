import { Lightbulb } from "lucide-react";
import { AskAdvisors } from "../../components/ask-advisors.tsx";
import { Button } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import type { RecommendationsSearch } from "./recommendations-search.ts";

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
