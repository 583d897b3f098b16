import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { FileUp } from "lucide-react";
import { useState } from "react";
import { useMay } from "../../api/use-me.ts";
import { Button } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { FirstBill } from "../../components/first-bill.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { PageTabs } from "../../components/page-tabs.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { Skeleton, SkeletonRows } from "../../components/skeleton.tsx";
import { formatDay } from "../../format/dates.ts";
import { formatBytes, formatCount } from "../../format/numbers.ts";
import { ChangesTab } from "./changes-tab.tsx";
import { ConformanceTab } from "./conformance-tab.tsx";
import { type DataPart, type DataSearch, type Lake, lakeOptions } from "./data-search.ts";
import { LoadDialog } from "./load-dialog.tsx";
import { LoadsTab } from "./loads-tab.tsx";
import { QuarantineTab } from "./quarantine-tab.tsx";
import { ReconciliationTab } from "./reconciliation-tab.tsx";
import { SourcesTab } from "./sources-tab.tsx";
import { UploadDialog } from "./upload-dialog.tsx";

/** Where the numbers come from, how complete they are, and whether they match the files. */
export const DataPage = () => {
  const { data: lake, error, refetch } = useQuery(lakeOptions);
  const mayIngest = useMay("ingest");
  const [isUploading, setUploading] = useState(false);
  if (lake === undefined) {
    return (
      <>
        <PageHeader title="Data" />
        {error === null ? <DataSkeleton /> : <ProblemPanel error={error} onRetry={() => void refetch()} />}
      </>
    );
  }
  if (lake.rows === 0) return <EmptyData mayIngest={mayIngest} />;
  return (
    <>
      <PageHeader
        title="Data"
        about={<LakeFacts lake={lake} />}
        actions={
          mayIngest && (
            <Button kind="primary" onClick={() => setUploading(true)}>
              <FileUp size={16} aria-hidden /> Upload bills
            </Button>
          )
        }
      />
      <DataTabs lake={lake} />
      {isUploading && <UploadDialog onClose={() => setUploading(false)} />}
    </>
  );
};

const EmptyData = ({ mayIngest }: { readonly mayIngest: boolean }) => (
  <>
    <PageHeader title="Data" about="Nothing is loaded yet" />
    {mayIngest ? (
      <FirstBill />
    ) : (
      <EmptyState className="min-h-[50dvh]" icon={<FileUp size={20} aria-hidden />} title="No bills yet">
        Somebody with the role operator or admin has to bring the first bill; then this page fills.
      </EmptyState>
    )}
  </>
);

const LakeFacts = ({ lake }: { readonly lake: Lake }) => (
  <>
    <span>{formatCount(lake.rows)} charges</span>
    <span aria-hidden>·</span>
    <span>{formatBytes(lake.bytes)}</span>
    <span aria-hidden>·</span>
    <span>
      {lake.completeTo === null
        ? "completeness not known"
        : `complete to ${formatDay(lake.completeTo.slice(0, 10))}`}
    </span>
    <span aria-hidden>·</span>
    <span>version {lake.version}</span>
  </>
);

const DataTabs = ({ lake }: { readonly lake: Lake }) => {
  const search = useSearch({ from: "/signed-in/data" });
  const navigate = useNavigate();
  const go = (next: DataSearch) => void navigate({ to: "/data", search: next });
  const view = search.view ?? "sources";
  const { quarantined } = lake;
  const choices: readonly { readonly value: DataPart; readonly title: string; readonly note?: string }[] = [
    { value: "sources", title: "Sources" },
    { value: "loads", title: "Loads" },
    { value: "conformance", title: "Conformance" },
    { value: "changes", title: "Restatements" },
    { value: "reconciliation", title: "Reconciliation" },
    {
      value: "quarantine",
      title: "Quarantine",
      ...(quarantined > 0 ? { note: formatCount(quarantined) } : {}),
    },
  ];
  const openLoad = (load: string) => go({ ...search, load });
  const { load: _closed, ...withoutLoad } = search;
  return (
    <>
      <PageTabs
        label="What of the data"
        value={view}
        choices={choices}
        onChoose={(next) => go(next === "sources" ? {} : { view: next })}
      >
        {view === "sources" && <SourcesTab lake={lake} onLoad={openLoad} />}
        {view === "loads" && <LoadsTab lake={lake} onLoad={openLoad} />}
        {view === "conformance" && <ConformanceTab />}
        {view === "changes" && <ChangesTab search={search} onChange={(next) => go({ ...search, ...next })} />}
        {view === "reconciliation" && <ReconciliationTab />}
        {view === "quarantine" && <QuarantineTab />}
      </PageTabs>
      {search.load !== undefined && (
        <LoadDialog id={search.load} lake={lake} onClose={() => go(withoutLoad)} />
      )}
    </>
  );
};

const DataSkeleton = () => (
  <div role="status" aria-label="Loading what is known of the data">
    <Skeleton className="mb-4 h-9 w-full max-w-xl" />
    <div className="rounded-xl border border-line bg-surface p-4 shadow-card">
      <SkeletonRows count={6} />
    </div>
  </div>
);
