import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ListChecks } from "lucide-react";
import { buttonClass } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { BeforeAfterCard } from "./before-after-card.tsx";
import type { Overview } from "./overview-search.ts";
import { overviewProgrammeOptions } from "./programme-search.ts";
import { ProgrammeSkeleton } from "./programme-skeleton.tsx";
import { TimelineCard } from "./timeline-card.tsx";

interface ProgrammeCardsProps {
  readonly overview: Overview;
  readonly chosen: string | undefined;
  readonly onChoose: (programme: string) => void;
}

/** What the work on costs has brought, and what is done, under way and next. */
export const ProgrammeCards = ({ overview, chosen, onChoose }: ProgrammeCardsProps) => {
  const { data, error, refetch } = useQuery(overviewProgrammeOptions(chosen));
  if (error !== null) {
    return (
      <div className="lg:col-span-12">
        <ProblemPanel error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  if (data === undefined) return <ProgrammeSkeleton />;
  if (data.status === "none") return <NoProgramme />;
  return (
    <>
      <BeforeAfterCard figures={data} overview={overview} onChoose={onChoose} className="lg:col-span-5" />
      <TimelineCard figures={data} className="lg:col-span-7" />
    </>
  );
};

const NoProgramme = () => (
  <Card className="lg:col-span-12" title="Before and after" about="What the work on costs has brought">
    <EmptyState
      className="py-6"
      icon={<ListChecks size={20} aria-hidden />}
      title="No programme of work yet"
      actions={
        <>
          <Link to="/recommendations" className={buttonClass("primary")}>
            See recommendations
          </Link>
          <Link to="/programme" className={buttonClass("plain")}>
            Make a programme
          </Link>
        </>
      }
    >
      Accept what is worth doing and make a programme of it: this card then shows the cost before, now and
      aimed at, and which tasks are done, under way and next.
    </EmptyState>
  </Card>
);
