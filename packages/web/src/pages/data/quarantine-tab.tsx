import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { CircleCheckBig, Download } from "lucide-react";
import { call } from "../../api/client.ts";
import { toProblem } from "../../api/problem.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { saveFile } from "../../components/copy-text.ts";
import { type DataColumn, DataTable } from "../../components/data-table.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { toast } from "../../components/toaster.tsx";
import { formatCount } from "../../format/numbers.ts";
import { type QuarantinedRow, quarantineOptions } from "./data-search.ts";
import { quarantineCsv } from "./quarantine-csv.ts";

/** Rows of the bills that could not be read: where they stand, and why. */
export const QuarantineTab = () => {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery(quarantineOptions);
  if (error !== null) return <ProblemPanel error={error} onRetry={() => void refetch()} />;
  if (data === undefined) {
    return (
      <Card title="Quarantine" about="Looking up the rows that were set aside…">
        <SkeletonRows count={6} />
      </Card>
    );
  }
  const rows = data.pages.flatMap(({ items }) => items);
  const count = data.pages[0]?.quarantined ?? 0;
  if (count === 0) {
    return (
      <EmptyState
        icon={<CircleCheckBig size={20} aria-hidden className="text-down" />}
        title="Every row was read"
      >
        A row that can't be read is never dropped or guessed: it would stand here, with its file, its line and
        the reason.
      </EmptyState>
    );
  }
  return (
    <Card
      title={`${formatCount(count)} ${count === 1 ? "row" : "rows"} set aside`}
      about="In no total. Mend the file and upload it again: the load is then replaced as a whole."
      actions={<DownloadButton />}
      isFlush
    >
      <DataTable
        caption="Rows set aside"
        columns={columns}
        rows={rows.map((row, index) => ({ ...row, key: `${index}` }))}
        rowKey={({ key }) => key}
        className="max-h-[40rem]"
      />
      {hasNextPage && (
        <Button
          className="mt-2 self-center"
          disabled={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {isFetchingNextPage
            ? "Loading…"
            : `More (${formatCount(rows.length)} of ${formatCount(count)} shown)`}
        </Button>
      )}
    </Card>
  );
};

const columns: readonly DataColumn<QuarantinedRow & { readonly key: string }>[] = [
  {
    id: "reason",
    title: "Reason",
    sortBy: ({ reason }) => reason,
    className: "min-w-52",
    cell: ({ reason, column }) => (
      <>
        {reason}
        {column !== null && <span className="block font-mono text-xs text-ink-3">{column}</span>}
      </>
    ),
  },
  {
    id: "file",
    title: "File",
    sortBy: ({ file }) => file,
    className: "max-w-72 min-w-40",
    cell: ({ file }) => (
      <span className="block truncate font-mono text-xs" title={file}>
        {file.split("/").at(-1)}
      </span>
    ),
  },
  {
    id: "line",
    title: "Line",
    isNumber: true,
    sortBy: ({ line }) => line ?? 0,
    cell: ({ line }) => (line === null ? "not told" : formatCount(line)),
  },
  {
    id: "raw",
    title: "As it stands there",
    className: "max-w-md min-w-52",
    cell: ({ raw }) =>
      raw === null ? null : (
        <code className="line-clamp-2 font-mono text-xs break-all text-ink-2" title={raw}>
          {raw}
        </code>
      ),
  },
];

/** All of them, not only the shown. */
const everyRow = async (): Promise<readonly QuarantinedRow[]> => {
  const rows: QuarantinedRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await call("GET /api/v1/lake/quarantine", {
      query: { limit: 1000, ...(cursor === undefined ? {} : { cursor }) },
    });
    rows.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return rows;
};

const DownloadButton = () => {
  const download = useMutation({
    mutationFn: everyRow,
    onSuccess: (rows) => saveFile("quarantine.csv", new Blob([quarantineCsv(rows)], { type: "text/csv" })),
    onError: (error) => toast(toProblem(error).message, "failed"),
  });
  return (
    <Button disabled={download.isPending} onClick={() => download.mutate()}>
      <Download size={15} aria-hidden /> {download.isPending ? "Collecting…" : "Download as CSV"}
    </Button>
  );
};
