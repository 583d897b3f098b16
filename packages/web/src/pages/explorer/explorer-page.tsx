import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
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
import { ViewActions } from "./view-actions.tsx";
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

const Explorer = ({ model }: { readonly model: Model }) => {
  const search = useSearch({ from: "/signed-in/explorer" });
  const navigate = useNavigate();
  const state: ExplorerState = explorerState(search, model);
  const table = useAnswer(tableQuestion(state));
  const series = useAnswer(seriesQuestion(state), isOverTime(state));
  const onChange = useCallback(
    (change: SearchChange) =>
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
        <PageHeader title="Explorer" actions={<ViewActions state={state} search={search} />} />
      </div>
      <Toolbar state={state} model={model} onChange={onChange} />
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
    </div>
  );
};

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
