import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { PageHeader } from "../../components/page-header.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { ReportPaper } from "../../components/report/report-paper.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { formatMoment } from "../../format/dates.ts";
import { ReportActions } from "./report-actions.tsx";
import { type Report, reportOptions, resultOptions, snapshotOptions } from "./report-options.ts";
import { ReportPanels } from "./report-panels.tsx";
import { type ReportSearch, type ReportSearchChange, readReportSearch } from "./report-search.ts";
import { ResultBar, SnapshotBar } from "./result-bar.tsx";

/** One report, run for whoever looks. */
export const ReportPage = () => {
  const { id } = useParams({ from: "/signed-in/reports/$id" });
  const { data: report, error, refetch } = useQuery(reportOptions(id));
  return (
    <>
      <Link
        to="/reports"
        className="mb-2 inline-flex min-h-6 items-center gap-1 text-sm text-ink-2 hover:text-ink print:hidden"
      >
        <ArrowLeft size={14} aria-hidden /> Reports
      </Link>
      {report !== undefined ? (
        <Reading report={report} />
      ) : (
        <>
          <PageHeader title="Report" />
          {error === null ? <PaperSkeleton /> : <ProblemPanel error={error} onRetry={() => void refetch()} />}
        </>
      )}
    </>
  );
};

const Reading = ({ report }: { readonly report: Report }) => {
  const search = useSearch({ from: "/signed-in/reports/$id" });
  const navigate = useNavigate();
  const onChange = (change: ReportSearchChange) =>
    void navigate({
      to: "/reports/$id",
      params: { id: report.id },
      search: readReportSearch({ ...search, ...change }),
      replace: true,
    });
  const { snapshot } = search;
  return (
    <>
      <div className="print:hidden">
        <PageHeader
          title={report.title}
          about={
            <span>
              {report.level === "own" ? "yours" : `${report.owner.name}'s`} · version {report.version} ·{" "}
              {formatMoment(report.updatedAt)}
            </span>
          }
          actions={<ReportActions report={report} search={search} onChange={onChange} />}
        />
      </div>
      {snapshot === undefined ? (
        <Now report={report} search={search} onChange={onChange} />
      ) : (
        <Pinned report={report} snapshot={snapshot} onChange={onChange} />
      )}
      <ReportPanels report={report} search={search} onChange={onChange} />
    </>
  );
};

interface PartProps {
  readonly report: Report;
  readonly onChange: (change: ReportSearchChange) => void;
}

const Now = ({ report, search, onChange }: PartProps & { readonly search: ReportSearch }) => {
  const options = resultOptions(report.id, search);
  const result = useQuery(options);
  return (
    <>
      <ResultBar report={report} search={search} result={result.data} onChange={onChange} />
      {result.isError ? (
        <ProblemPanel error={result.error} onRetry={() => void result.refetch()} />
      ) : result.data === undefined ? (
        <PaperSkeleton />
      ) : (
        <ReportPaper run={result.data.run} className="mx-auto max-w-[64rem]" />
      )}
    </>
  );
};

const Pinned = ({ report, snapshot, onChange }: PartProps & { readonly snapshot: string }) => {
  const pinned = useQuery(snapshotOptions(report.id, snapshot));
  return (
    <>
      <SnapshotBar report={report} snapshot={pinned.data} onChange={onChange} />
      {pinned.isError ? (
        <ProblemPanel error={pinned.error} onRetry={() => onChange({ snapshot: undefined })} />
      ) : pinned.data === undefined ? (
        <PaperSkeleton />
      ) : (
        <ReportPaper run={pinned.data.run} className="mx-auto max-w-[64rem]" />
      )}
    </>
  );
};

const PaperSkeleton = () => (
  <div className="mx-auto flex max-w-[64rem] flex-col gap-6 rounded-xl border border-line bg-surface p-6 md:p-10">
    <Skeleton className="h-7 w-2/3" />
    <div className="grid grid-cols-3 gap-4">
      <Skeleton className="h-24" />
      <Skeleton className="h-24" />
      <Skeleton className="h-24" />
    </div>
    <Skeleton className="h-64 w-full" />
    <Skeleton className="h-40 w-full" />
  </div>
);
