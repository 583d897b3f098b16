import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { memo, useCallback, useDeferredValue, useMemo } from "react";
import { call } from "../../api/client.ts";
import { modelOptions } from "../../api/model.ts";
import { PageHeader } from "../../components/page-header.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { EmptyLake } from "../overview/empty-lake.tsx";
import { ChargesPanel } from "./charges-panel.tsx";
import { type ExplorerQuestion, isOverTime, seriesQuestion, tableQuestion } from "./explorer-question.ts";
import { changedSearch, type SearchChange } from "./explorer-search.ts";
import { type ExplorerState, explorerState, type Model } from "./explorer-state.ts";
import { ResultCards } from "./result-cards.tsx";
import { Toolbar } from "./toolbar.tsx";
import { ViewActions, type ViewActionsProps } from "./view-actions.tsx";
import { WhyPanel } from "./why-panel.tsx";

/** Any cost by any dimension; everything that is chosen stands in the address. */
export const ExplorerPage = () => {
  const model = useQuery(modelOptions);
  if (model.isError) return <ProblemPanel error={model.error} onRetry={() => void model.refetch()} />;
  if (model.data === undefined) return <ExplorerSkeleton />;
  if (model.data.covers === null) {
    return (
      <>
        <PageHeader title="Explorer" />
        <EmptyLake isLakeEmpty={model.data.lakeVersion === 0} />
      </>
    );
  }
  return <Explorer model={model.data} />;
};

const useAnswer = (question: ExplorerQuestion, isWanted = true) =>
  useQuery({
    queryKey: ["query", question],
    queryFn: ({ signal }) => call("POST /api/v1/query", { body: question, signal }),
    placeholderData: keepPreviousData,
    enabled: isWanted,
  });

type OnChange = (change: SearchChange) => void;

/** Without what only changes how the answer is shown: it stays the same object while the question does. */
const useAsked = () =>
  useSearch({
    from: "/signed-in/explorer",
    select: ({ chart, why, lines, linesWhere, ...asked }) => asked,
    structuralSharing: true,
  });

/** The controls show at once what was chosen; what is drawn follows as soon as there is time for it, and never holds a click up. */
const Explorer = ({ model }: { readonly model: Model }) => {
  const search = useDeferredValue(useSearch({ from: "/signed-in/explorer" }));
  const asked = useAsked();
  const navigate = useNavigate();
  const drawn = useMemo(() => explorerState(search, model), [search, model]);
  const chosen = useMemo(() => explorerState(asked, model), [asked, model]);
  const onChange: OnChange = useCallback(
    (change) =>
      void navigate({
        to: "/explorer",
        search: (current) => changedSearch(current, change),
        resetScroll: false,
      }),
    [navigate],
  );
  return (
    <div className="flex flex-col gap-4">
      <div className="-mb-4">
        <ExplorerHeader state={drawn} search={search} />
      </div>
      <Toolbar state={chosen} model={model} onChange={onChange} />
      <Results state={drawn} model={model} onChange={onChange} />
    </div>
  );
};

const ExplorerHeader = memo((props: ViewActionsProps) => (
  <PageHeader title="Explorer" actions={<ViewActions {...props} />} />
));

interface ResultsProps {
  readonly state: ExplorerState;
  readonly model: Model;
  readonly onChange: OnChange;
}

const Results = memo(({ state, model, onChange }: ResultsProps) => {
  const table = useAnswer(tableQuestion(state));
  const series = useAnswer(seriesQuestion(state), isOverTime(state));
  return (
    <>
      <ResultCards state={state} model={model} table={table} series={series} onChange={onChange}>
        {state.why && (
          <WhyPanel
            state={state}
            comparison={table.data?.comparison}
            isWaiting={table.isPending || table.isPlaceholderData}
            onChange={onChange}
          />
        )}
      </ResultCards>
      {state.lines && <ChargesPanel state={state} onChange={onChange} />}
    </>
  );
});

const ExplorerSkeleton = () => (
  <div role="status" aria-label="Loading the explorer" className="flex flex-col gap-4">
    <div className="-mb-4">
      <PageHeader title="Explorer" />
    </div>
    <Skeleton className="h-24 w-full" />
    <Skeleton className="h-96 w-full" />
    <Skeleton className="h-72 w-full" />
  </div>
);
