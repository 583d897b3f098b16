import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { FigureMetaProvider } from "../../components/figure-meta.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { useAfterPaint } from "../../components/use-after-paint.ts";
import { EmptyLake } from "./empty-lake.tsx";
import { KeyFigures } from "./key-figures.tsx";
import { MoversCard } from "./movers-card.tsx";
import { OverviewControls, OverviewFacts } from "./overview-controls.tsx";
import { type Overview, type OverviewSearch, overviewOptions } from "./overview-search.ts";
import { OverviewSkeleton } from "./overview-skeleton.tsx";
import { monthPeriod } from "./periods.ts";
import { ProgrammeSkeleton } from "./programme-skeleton.tsx";
import { SavingsCard } from "./savings-card.tsx";
import { SharesCard } from "./shares-card.tsx";
import { TagsCard } from "./tags-card.tsx";
import { TasksCard } from "./tasks-card.tsx";
import { TrendCard } from "./trend-card.tsx";
import { UnitCostsCard } from "./unit-costs-card.tsx";

/** Stands below the first screen, and asks a question of its own: neither may hold up what is above. */
const ProgrammeCards = lazy(() =>
  import("./programme-cards.tsx").then(({ ProgrammeCards }) => ({ default: ProgrammeCards })),
);

/** The month at a glance: one request, one screen. */
export const OverviewPage = () => {
  const search = useSearch({ from: "/signed-in/" });
  const navigate = useNavigate();
  const { data, error, refetch, isPlaceholderData } = useQuery(overviewOptions(search));
  const choose = (next: OverviewSearch) => void navigate({ to: "/", search: { ...search, ...next } });
  if (error !== null && data === undefined) {
    return (
      <>
        <PageHeader title="Overview" />
        <ProblemPanel error={error} onRetry={() => void refetch()} />
      </>
    );
  }
  if (data === undefined) return <OverviewSkeleton />;
  if (data.status === "empty") {
    return (
      <>
        <PageHeader title="Overview" />
        <EmptyLake isLakeEmpty={data.isLakeEmpty} />
      </>
    );
  }
  return (
    <div aria-busy={isPlaceholderData} className={isPlaceholderData ? "opacity-70" : ""}>
      <PageHeader
        title="Overview"
        about={<OverviewFacts overview={data} />}
        actions={<OverviewControls overview={data} onChoose={choose} />}
      />
      <FigureMetaProvider
        meta={{
          currency: data.currency,
          basis: data.basis,
          completeTo: data.completeTo,
          lakeVersion: data.lakeVersion,
          status: data.current.status,
          period: monthPeriod(data.current.month),
        }}
      >
        <Cards overview={data} search={search} onChoose={choose} />
      </FigureMetaProvider>
    </div>
  );
};

interface CardsProps {
  readonly overview: Overview;
  readonly search: OverviewSearch;
  readonly onChoose: (next: OverviewSearch) => void;
}

const Cards = ({ overview, search, onChoose }: CardsProps) => (
  <div className="grid grid-cols-1 gap-4 lg:grid-cols-12">
    <div className="lg:col-span-12">
      <KeyFigures overview={overview} />
    </div>
    <TrendCard overview={overview} className="lg:col-span-7" />
    <SharesCard overview={overview} className="lg:col-span-5" />
    <MoversCard overview={overview} className="lg:col-span-7" />
    <SavingsCard overview={overview} className="lg:col-span-5" />
    {!overview.hidden.includes("tasks") && (
      <LaterCards overview={overview} search={search} onChoose={onChoose} />
    )}
    <UnitCostsCard overview={overview} className="lg:col-span-4" />
    <TagsCard overview={overview} className="lg:col-span-4" />
    <TasksCard overview={overview} className="lg:col-span-4" />
  </div>
);

const LaterCards = ({ overview, search, onChoose }: CardsProps) =>
  useAfterPaint() ? (
    <Suspense fallback={<ProgrammeSkeleton />}>
      <ProgrammeCards
        overview={overview}
        chosen={search.programme}
        onChoose={(programme) => onChoose({ programme })}
      />
    </Suspense>
  ) : (
    <ProgrammeSkeleton />
  );
