import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { ClipboardCheck } from "lucide-react";
import { useState } from "react";
import { useMay, useMe } from "../../api/use-me.ts";
import { AskAdvisors } from "../../components/ask-advisors.tsx";
import { buttonClass } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { Skeleton, SkeletonRows } from "../../components/skeleton.tsx";
import { formatMoney } from "../../format/numbers.ts";
import { allThatFit, obstacleTo } from "../plans/plannable.ts";
import { ChosenBar } from "./chosen-bar.tsx";
import { NoRecommendations } from "./no-recommendations.tsx";
import { RecommendationCards } from "./recommendation-cards.tsx";
import { RecommendationFilters } from "./recommendation-filters.tsx";
import { RecommendationTable } from "./recommendation-table.tsx";
import {
  type RecommendationLine,
  type Recommendations,
  type RecommendationsSearch,
  recommendationsOptions,
} from "./recommendations-search.ts";

/** Everything that was recommended: what it saves together, what is quickly done, and the rest by rank. */
export const RecommendationsPage = () => {
  const search = useSearch({ from: "/signed-in/recommendations" });
  const navigate = useNavigate();
  const { data, error, refetch, isPlaceholderData } = useQuery(recommendationsOptions(search));
  const choose = (next: RecommendationsSearch) => void navigate({ to: "/recommendations", search: next });
  return (
    <>
      <PageHeader
        title="Recommendations"
        about="What to change, what it saves a month net of commitments, and what it risks"
        actions={
          <>
            <AskAdvisors />
            <PlanAccepted found={data} isAccepted={search.status === "accepted"} />
          </>
        }
      />
      {data !== undefined && (
        <RecommendationFilters search={search} narrowings={data.narrowings} onChoose={choose} />
      )}
      {data === undefined ? (
        error === null ? (
          <ListSkeleton />
        ) : (
          <ProblemPanel error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <div aria-busy={isPlaceholderData} className={isPlaceholderData ? "opacity-70" : ""}>
          {data.items.length === 0 ? (
            <NoRecommendations search={search} onChoose={choose} />
          ) : (
            <Found found={data} search={search} />
          )}
        </div>
      )}
    </>
  );
};

/** Whoever runs plans begins one here; of those that are listed where only accepted ones are. */
const PlanAccepted = ({
  found,
  isAccepted,
}: {
  readonly found: Recommendations | undefined;
  readonly isAccepted: boolean;
}) => {
  const mayOperate = useMay("operate");
  const seesAll = useMe()?.scope.kind === "all";
  if (!mayOperate || !seesAll) return null;
  const of = isAccepted ? allThatFit(found?.items ?? []).map(({ id }) => id) : [];
  return (
    <Link to="/plans/new" search={of.length === 0 ? {} : { of }} className={buttonClass()}>
      <ClipboardCheck size={15} aria-hidden /> Make a plan
    </Link>
  );
};

const toggled = (chosen: ReadonlySet<string>, id: string): ReadonlySet<string> =>
  new Set(chosen.has(id) ? [...chosen].filter((one) => one !== id) : [...chosen, id]);

const ListSkeleton = () => (
  <div className="flex flex-col gap-4">
    <Skeleton className="h-20 w-full" />
    <SkeletonRows count={8} />
  </div>
);

const Found = ({
  found,
  search,
}: {
  readonly found: Recommendations;
  readonly search: RecommendationsSearch;
}) => {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const mayDecide = useMay("decide");
  const mayOperate = useMay("operate");
  const isOpenList = (search.status ?? "open") === "open";
  const quick = isOpenList ? found.items.filter(({ isQuickWin }) => isQuickWin) : [];
  const others = found.items.filter((line) => !quick.includes(line));
  const lists = {
    chosen,
    mayChoose: mayDecide || mayOperate,
    isFree: (line: RecommendationLine) =>
      line.status === "accepted" ? mayOperate && obstacleTo(line, []) === undefined : mayDecide,
    onToggle: (id: string) => setChosen((before) => toggled(before, id)),
  };
  return (
    <div className="flex flex-col gap-4">
      <Totals found={found} quick={quick} />
      {quick.length > 0 && (
        <Card title="Quick wins" about="Little work, little risk, easily taken back" isFlush>
          <Lines caption="Quick wins, ranked" lines={quick} {...lists} />
        </Card>
      )}
      {others.length > 0 && (
        <Card
          title={quick.length > 0 ? "All others" : "Recommendations"}
          about={
            found.count > found.items.length
              ? `The first ${found.items.length} of ${found.count}: narrow the list to see the rest`
              : "Open one to see the evidence, and what would break"
          }
          isFlush
        >
          <Lines caption="Recommendations, ranked" lines={others} {...lists} />
        </Card>
      )}
      <ChosenBar
        lines={found.items.filter((line) => chosen.has(line.id) && lists.isFree(line))}
        onDone={() => setChosen(new Set())}
      />
    </div>
  );
};

export interface LinesProps {
  readonly caption: string;
  readonly lines: readonly RecommendationLine[];
  readonly chosen: ReadonlySet<string>;
  readonly mayChoose: boolean;
  /** Whether there is anything to do with it from the list. */
  readonly isFree: (line: RecommendationLine) => boolean;
  readonly onToggle: (id: string) => void;
}

const Lines = (props: LinesProps) => (
  <>
    <div className="max-md:hidden">
      <RecommendationTable {...props} />
    </div>
    <div className="md:hidden">
      <RecommendationCards {...props} />
    </div>
  </>
);

const Totals = ({
  found: { together, count },
  quick,
}: {
  readonly found: Recommendations;
  readonly quick: readonly RecommendationLine[];
}) => (
  <section aria-label="Totals" className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
    {together.map(({ low, mid, high, currency }) => (
      <div key={currency} className="rounded-xl border border-line bg-surface px-4 py-3 shadow-card">
        <p className="text-sm text-ink-3">Saved together, a month</p>
        <p className="num text-2xl font-semibold">{formatMoney(mid, currency)}</p>
        <p className="num text-xs text-ink-3">
          {formatMoney(low, currency)} to {formatMoney(high, currency)} · {currency} · of those that exclude
          each other one is counted
        </p>
      </div>
    ))}
    <div className="rounded-xl border border-line bg-surface px-4 py-3 shadow-card">
      <p className="text-sm text-ink-3">Recommendations</p>
      <p className="num text-2xl font-semibold">{count}</p>
      <p className="text-xs text-ink-3">
        {quick.length === 0 ? "none of them a quick win" : `${quick.length} of them quick wins`}
      </p>
    </div>
  </section>
);
