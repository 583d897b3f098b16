import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { call } from "../../api/client.ts";
import { modelOptions } from "../../api/model.ts";
import { useChange } from "../../api/use-change.ts";
import { PageHeader } from "../../components/page-header.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import type { Definition } from "../../components/report/report-types.ts";
import { Skeleton } from "../../components/skeleton.tsx";
import type { Model } from "../explorer/explorer-state.ts";
import { type Report, reportOptions } from "../report/report-options.ts";
import { DraftPage } from "./draft-page.tsx";

/** A report is changed: each save is a new version. */
export const EditReportPage = () => {
  const { id } = useParams({ from: "/signed-in/reports/$id/edit" });
  const report = useQuery({ ...reportOptions(id), refetchOnMount: "always" });
  const model = useQuery(modelOptions);
  const error = report.error ?? model.error;
  if (error !== null) {
    return (
      <>
        <PageHeader title="Edit a report" />
        <ProblemPanel error={error} onRetry={() => void Promise.all([report.refetch(), model.refetch()])} />
      </>
    );
  }
  // what another tab or person saved meanwhile is what one begins with
  if (report.data === undefined || model.data === undefined || !report.isFetchedAfterMount) {
    return (
      <>
        <PageHeader title="Edit a report" />
        <div className="grid gap-4 xl:grid-cols-[27rem_minmax(0,1fr)]">
          <Skeleton className="h-96 w-full" />
          <Skeleton className="h-96 w-full" />
        </div>
      </>
    );
  }
  return <Editing key={report.data.version} report={report.data} model={model.data} />;
};

const Editing = ({ report, model }: { readonly report: Report; readonly model: Model }) => {
  const { block } = useSearch({ from: "/signed-in/reports/$id/edit" });
  const navigate = useNavigate();
  const { id } = report;
  const toReport = () => void navigate({ to: "/reports/$id", params: { id } });
  const save = useChange({
    run: async (given: {
      readonly definition: Definition;
      readonly version: number | undefined;
      readonly onSaved: () => void;
    }) => {
      const version = given.version ?? (await call("GET /api/v1/reports/:id", { params: { id } })).version;
      await call("PUT /api/v1/reports/:id", {
        params: { id },
        body: { definition: given.definition, version },
      });
      given.onSaved();
    },
    refreshes: ["reports", "report", "report-result", "report-versions"],
    done: "Saved as a new version",
    onDone: toReport,
    isFormShowingProblem: true,
  });
  return (
    <DraftPage
      title={`Edit ${report.title}`}
      report={id}
      saved={report.definition}
      version={report.version}
      model={model}
      chosen={block}
      onChoose={(next) =>
        void navigate({
          to: "/reports/$id/edit",
          params: { id },
          search: next === undefined ? {} : { block: next },
          replace: true,
          resetScroll: false,
        })
      }
      save={{
        isPending: save.isPending,
        error: save.error,
        run: (definition, version, onSaved) => save.mutate({ definition, version, onSaved }),
        force: (definition, onSaved) => save.mutate({ definition, version: undefined, onSaved }),
      }}
      onLeave={toReport}
    />
  );
};
