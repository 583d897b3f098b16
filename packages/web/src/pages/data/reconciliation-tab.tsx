import { useQuery } from "@tanstack/react-query";
import { CircleCheckBig, FileQuestionMark, TriangleAlert } from "lucide-react";
import { Badge } from "../../components/badge.tsx";
import { Card } from "../../components/card.tsx";
import { type DataColumn, DataTable } from "../../components/data-table.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { formatMonth } from "../../format/dates.ts";
import { formatCount, formatMoney } from "../../format/numbers.ts";
import { type ReconciliationLine, reconciliationOptions } from "./data-search.ts";

/** The files read again, against what the lake holds: to the last digit. */
export const ReconciliationTab = () => {
  const { data, error, refetch } = useQuery(reconciliationOptions);
  if (error !== null) return <ProblemPanel error={error} onRetry={() => void refetch()} />;
  if (data === undefined) {
    return (
      <Card title="Reconciliation" about="Reading every file again and adding it up…">
        <SkeletonRows count={6} />
      </Card>
    );
  }
  const { lines, filesGone } = data;
  return (
    <div className="flex flex-col gap-4">
      <Card
        title="Files against lake"
        about="Each file of the provider, read again and added up by a second way, next to what the charges add up to"
        isFlush={lines.length > 0}
      >
        {lines.length === 0 ? (
          <EmptyState icon={<FileQuestionMark size={20} aria-hidden />} title="No file to compare with">
            The files that the bills were loaded from are no longer where they were. Uploading them again
            brings them back; what is loaded does not change by it.
          </EmptyState>
        ) : (
          <>
            <Verdict lines={lines} />
            <DataTable
              caption="Sums of files and lake"
              columns={columns}
              rows={lines.toSorted(offFirst)}
              rowKey={(line) => [line.instance, line.billingPeriod, line.currency, line.column].join(" ")}
              className="max-h-[36rem]"
              isFirstSticky
            />
          </>
        )}
      </Card>
      {filesGone.length > 0 && lines.length > 0 && (
        <Card
          title={`${formatCount(filesGone.length)} ${filesGone.length === 1 ? "file" : "files"} could not be compared`}
          about="No longer where they were, or changed since; put them back or upload them again to compare"
        >
          <ul className="flex max-h-72 flex-col gap-1 overflow-y-auto font-mono text-xs text-ink-2">
            {filesGone.map((file) => (
              <li key={file} className="break-all">
                {file}
              </li>
            ))}
          </ul>
        </Card>
      )}
    </div>
  );
};

const offFirst = (left: ReconciliationLine, right: ReconciliationLine): number =>
  Number(left.status === "exact") - Number(right.status === "exact") ||
  (right.billingPeriod ?? "").localeCompare(left.billingPeriod ?? "");

const Verdict = ({ lines }: { readonly lines: readonly ReconciliationLine[] }) => {
  const off = lines.filter(({ status }) => status === "off").length;
  return (
    <p className="flex items-center gap-2 px-4 pb-3">
      {off === 0 ? (
        <>
          <CircleCheckBig size={18} aria-hidden className="shrink-0 text-down" />
          <span>
            <span className="font-medium">It matches to the last digit</span>
            <span className="text-ink-3"> in all {formatCount(lines.length)} sums</span>
          </span>
        </>
      ) : (
        <>
          <TriangleAlert size={18} aria-hidden className="shrink-0 text-danger" />
          <span className="font-medium">
            {formatCount(off)} of {formatCount(lines.length)} sums do not match
          </span>
        </>
      )}
    </p>
  );
};

const exact = (amount: string | null, currency: string): string =>
  amount === null ? "unknown" : formatMoney(amount, currency, { style: "exact" });

const columns: readonly DataColumn<ReconciliationLine>[] = [
  {
    id: "period",
    title: "Billing period",
    sortBy: ({ billingPeriod }) => billingPeriod ?? "",
    className: "whitespace-nowrap",
    cell: ({ billingPeriod }) =>
      billingPeriod === null ? "all" : formatMonth(billingPeriod.slice(0, 7), "short"),
  },
  {
    id: "column",
    title: "Sum of",
    sortBy: ({ column }) => column,
    className: "min-w-40",
    cell: ({ column, equation, instance }) => (
      <span title={instance}>
        {column}
        <span className="block text-xs text-ink-3">{equation}</span>
      </span>
    ),
  },
  {
    id: "files",
    title: "Files",
    isNumber: true,
    sortBy: ({ files }) => Number(files),
    cell: ({ files, currency }) => exact(files, currency),
  },
  {
    id: "lake",
    title: "Lake",
    isNumber: true,
    sortBy: ({ lake }) => Number(lake ?? 0),
    cell: ({ lake, currency }) => exact(lake, currency),
  },
  {
    id: "aside",
    title: "Set aside",
    isNumber: true,
    sortBy: ({ quarantined }) => Number(quarantined),
    cell: ({ quarantined, currency }) => exact(quarantined, currency),
  },
  {
    id: "rounding",
    title: "Rounding",
    isNumber: true,
    sortBy: ({ rounding }) => Number(rounding),
    cell: ({ rounding, currency }) => exact(rounding, currency),
  },
  {
    id: "difference",
    title: "Difference",
    isNumber: true,
    sortBy: ({ difference }) => Number(difference),
    cell: ({ difference, currency, status }) =>
      status === "exact" ? (
        <Badge tone="good">matches</Badge>
      ) : (
        <span className="font-medium text-danger">{exact(difference, currency)}</span>
      ),
  },
];
