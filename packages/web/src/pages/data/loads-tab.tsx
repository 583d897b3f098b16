import { useInfiniteQuery } from "@tanstack/react-query";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { type DataColumn, DataTable } from "../../components/data-table.tsx";
import { StatusMark } from "../../components/figure.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { formatDay, formatMoment, formatMonth } from "../../format/dates.ts";
import { formatCount, formatMoney } from "../../format/numbers.ts";
import { historyOptions, type Lake, type Load, type Version } from "./data-search.ts";

/** Loads listed of one version. */
const MOST_SHOWN = 60;

interface LoadsTabProps {
  readonly lake: Lake;
  readonly onLoad: (id: string) => void;
}

/** What counts now, and what came in over time. */
export const LoadsTab = ({ lake, onLoad }: LoadsTabProps) => (
  <div className="flex flex-col gap-4">
    <Card
      title="What counts now"
      about="One load a billing period of each export: the newest, whole file of the provider"
      isFlush
    >
      <DataTable
        caption="Loads that count"
        columns={loadColumns(onLoad)}
        rows={lake.loads}
        rowKey={({ id }) => id}
        className="max-h-[32rem]"
        isFirstSticky
      />
    </Card>
    <History />
  </div>
);

/** `$1,234` or, of several currencies, each; the billed column is what an invoice says. */
const billedOf = ({ sums }: Load): string =>
  Object.entries(sums)
    .flatMap(([currency, columns]) => {
      const amount = columns.BilledCost;
      return amount === undefined ? [] : [formatMoney(amount, currency)];
    })
    .join(" + ") || "not told";

const loadColumns = (onLoad: (id: string) => void): readonly DataColumn<Load>[] => [
  {
    id: "period",
    title: "Billing period",
    sortBy: ({ billingPeriod }) => billingPeriod,
    className: "min-w-32 whitespace-nowrap",
    cell: ({ id, billingPeriod, instance }) => (
      <button
        type="button"
        onClick={() => onLoad(id)}
        className="rounded-sm font-medium text-accent hover:underline"
      >
        {formatMonth(billingPeriod.slice(0, 7), "short")}
        <span className="sr-only"> of {instance}</span>
      </button>
    ),
  },
  {
    id: "status",
    title: "Bill",
    sortBy: ({ status }) => status,
    cell: ({ status, notCounted }) =>
      notCounted === null ? <StatusMark status={status} /> : <Badge tone="warn">not counted</Badge>,
  },
  {
    id: "billed",
    title: "Billed",
    isNumber: true,
    sortBy: ({ sums }) => Number(Object.values(sums)[0]?.BilledCost ?? 0),
    cell: billedOf,
  },
  {
    id: "rows",
    title: "Charges",
    isNumber: true,
    sortBy: ({ rows }) => rows,
    cell: ({ rows }) => formatCount(rows),
  },
  {
    id: "aside",
    title: "Set aside",
    isNumber: true,
    sortBy: ({ quarantined }) => quarantined,
    cell: ({ quarantined }) => formatCount(quarantined),
  },
  {
    id: "to",
    title: "Delivered to",
    isNumber: true,
    sortBy: ({ usageEnd }) => usageEnd,
    cell: ({ usageEnd }) => formatDay(usageEnd.slice(0, 10)),
  },
  {
    id: "at",
    title: "Loaded",
    isNumber: true,
    sortBy: ({ loadedAt }) => loadedAt,
    cell: ({ loadedAt }) => formatMoment(loadedAt),
  },
  {
    id: "export",
    title: "Export",
    sortBy: ({ instance }) => instance,
    className: "max-w-72 min-w-36",
    cell: ({ instance }) => (
      <span className="block truncate" title={instance}>
        {instance}
      </span>
    ),
  },
];

const History = () => {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery(historyOptions);
  const versions = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Card
      title="History"
      about="Every version of the data stays readable: what each one brought in or replaced"
    >
      {error !== null && <ProblemPanel error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <SkeletonRows count={5} />}
      <ol className="flex flex-col divide-y divide-line">
        {versions.map((version) => (
          <VersionLine key={version.version} version={version} />
        ))}
      </ol>
      {hasNextPage && (
        <Button
          className="mt-3 self-center"
          disabled={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {isFetchingNextPage ? "Loading…" : "Older versions"}
        </Button>
      )}
    </Card>
  );
};

const VersionLine = ({ version: { version, createdAt, reason, changes } }: { readonly version: Version }) => (
  <li className="grid gap-x-4 gap-y-1 py-2.5 sm:grid-cols-[9rem_1fr]">
    <span className="text-sm">
      <span className="font-medium">Version {version}</span>
      <span className="num block text-xs text-ink-3">{formatMoment(createdAt)}</span>
    </span>
    <div className="min-w-0 text-sm">
      <p className="break-words text-ink-2">{reason}</p>
      {changes.length > 0 && (
        <details>
          <summary className="cursor-pointer rounded-sm text-ink-3 hover:text-ink">
            {summaryOf(changes)}
          </summary>
          <ul className="mt-1 flex flex-col gap-0.5 text-ink-2">
            {changes
              .slice(0, MOST_SHOWN)
              .map(({ load, instance, billingPeriod, rows, quarantined, replaced }) => (
                <li key={load} className="num">
                  {formatMonth(billingPeriod.slice(0, 7), "short")} · {formatCount(rows)} charges
                  {quarantined > 0 && `, ${formatCount(quarantined)} set aside`}
                  {replaced !== undefined && ", replaced an earlier load"}
                  <span className="break-all text-ink-3"> · {instance}</span>
                </li>
              ))}
          </ul>
        </details>
      )}
    </div>
  </li>
);

const summaryOf = (changes: Version["changes"]): string => {
  const rows = changes.reduce((sum, change) => sum + change.rows, 0);
  const replaced = changes.filter((change) => change.replaced !== undefined).length;
  const loads = `${formatCount(changes.length)} ${changes.length === 1 ? "load" : "loads"}`;
  const restated = replaced === 0 ? "" : `, ${formatCount(replaced)} restated`;
  return `${loads}, ${formatCount(rows)} charges${restated}`;
};
