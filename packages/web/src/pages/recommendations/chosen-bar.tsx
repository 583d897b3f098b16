import { Link } from "@tanstack/react-router";
import { Check, ClipboardCheck } from "lucide-react";
import { Button, buttonClass } from "../../components/button.tsx";
import type { RecommendationLine } from "./recommendations-search.ts";
import { useDecision } from "./use-decision.ts";

interface ChosenBarProps {
  readonly lines: readonly RecommendationLine[];
  readonly onDone: () => void;
}

/** What can be done with all that are chosen: those that are open are accepted, accepted ones become a plan. */
export const ChosenBar = ({ lines, onDone }: ChosenBarProps) => {
  const decide = useDecision();
  if (lines.length === 0) return null;
  const accepted = lines.filter(({ status }) => status === "accepted");
  const others = lines.filter(({ status }) => status !== "accepted");
  return (
    <section
      aria-label="Chosen"
      className="sticky bottom-20 z-30 flex flex-wrap items-center justify-between gap-2 rounded-xl border border-line-strong bg-raised px-4 py-2.5 shadow-float md:bottom-4"
    >
      <span className="num">{lines.length} chosen</span>
      <span className="flex flex-wrap gap-2">
        <Button kind="quiet" onClick={onDone}>
          Clear
        </Button>
        {accepted.length > 0 && (
          <Link
            to="/plans/new"
            search={{ of: accepted.map(({ id }) => id) }}
            className={buttonClass(others.length === 0 ? "primary" : "plain")}
          >
            <ClipboardCheck size={15} aria-hidden /> Make a plan of {accepted.length}
          </Link>
        )}
        {others.length > 0 && (
          <Button
            kind="primary"
            disabled={decide.isPending}
            onClick={() =>
              decide.mutate({ lines: others, decision: { status: "accepted" } }, { onSuccess: onDone })
            }
          >
            <Check size={15} aria-hidden />
            {decide.isPending ? "Accepting…" : `Accept ${others.length}`}
          </Button>
        )}
      </span>
    </section>
  );
};
