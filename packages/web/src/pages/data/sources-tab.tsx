import type { ReactNode } from "react";
import { Card } from "../../components/card.tsx";
import { classNames } from "../../components/class-names.ts";
import { type DataColumn, DataTable } from "../../components/data-table.tsx";
import { formatDay, formatMoment, formatMonth } from "../../format/dates.ts";
import { formatCount } from "../../format/numbers.ts";
import { type PeriodState, periodsOf } from "./completeness.ts";
import type { Lake, Source } from "./data-search.ts";

interface SourcesTabProps {
  readonly lake: Lake;
  readonly onLoad: (id: string) => void;
}

/** Who delivers bills, up to when, and which months are open, closed or missing. */
export const SourcesTab = ({ lake, onLoad }: SourcesTabProps) => (
  <div className="flex flex-col gap-4">
    {lake.sources.map((source) => (
      <SourceCard
        key={source.instance}
        source={source}
        periods={periodsOf(lake.loads.filter(({ instance }) => instance === source.instance))}
        onLoad={onLoad}
      />
    ))}
    {lake.metrics.length > 0 && (
      <Card
        title="Business and technical metrics"
        about="What costs are divided by, and what advice is measured on"
        isFlush
      >
        <DataTable
          caption="Metrics"
          columns={metricColumns}
          rows={lake.metrics}
          rowKey={({ id }) => id}
          className="max-h-96"
        />
      </Card>
    )}
  </div>
);

const metricColumns: readonly DataColumn<Lake["metrics"][number]>[] = [
  { id: "id", title: "Metric", sortBy: ({ id }) => id, cell: ({ id }) => id, className: "min-w-40" },
  {
    id: "rows",
    title: "Values",
    isNumber: true,
    sortBy: ({ rows }) => rows,
    cell: ({ rows }) => formatCount(rows),
  },
  {
    id: "start",
    title: "From",
    isNumber: true,
    sortBy: ({ start }) => start,
    cell: ({ start }) => formatDay(start.slice(0, 10)),
  },
  {
    id: "end",
    title: "To",
    isNumber: true,
    sortBy: ({ end }) => end,
    cell: ({ end }) => formatDay(end.slice(0, 10)),
  },
];

interface SourceCardProps {
  readonly source: Source;
  readonly periods: readonly PeriodState[];
  readonly onLoad: (id: string) => void;
}

const SourceCard = ({ source, periods, onLoad }: SourceCardProps) => {
  const missing = periods.filter(({ status }) => status === "missing");
  return (
    <Card
      title={source.providers.length > 0 ? source.providers.join(", ") : source.source}
      about={`${source.source} · ${source.account || source.instance}`}
      actions={
        <span className="num text-sm text-ink-2">
          complete to <span className="font-medium">{formatDay(source.completeTo.slice(0, 10))}</span>
        </span>
      }
    >
      <dl className="grid grid-cols-2 gap-x-6 gap-y-2 pb-3 text-sm sm:flex sm:flex-wrap">
        <Fact name="Charges">{formatCount(source.rows)}</Fact>
        <Fact name="Billing periods">{formatCount(source.periods)}</Fact>
        <Fact name="Newest load">{formatMoment(source.newestLoadAt)}</Fact>
        <Fact name="Export">
          <span className="break-all">{source.instance}</span>
        </Fact>
      </dl>
      <PeriodStrip periods={periods} onLoad={onLoad} />
      {missing.length > 0 && (
        <p className="mt-2 text-sm text-danger">
          No bill for {missing.map(({ period }) => formatMonth(period)).join(", ")}: upload it, or totals of
          these months are too low.
        </p>
      )}
    </Card>
  );
};

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div className="min-w-0">
    <dt className="text-xs text-ink-3">{name}</dt>
    <dd className="num">{children}</dd>
  </div>
);

const looks = {
  closed: "border-line bg-sunken text-ink-2",
  open: "border-warn bg-warn-soft text-warn border-dashed",
  missing: "border-danger bg-danger-soft text-danger",
} as const;

/** Each month a box that leads to its load; the word in it says what the colour says. */
const PeriodStrip = ({
  periods,
  onLoad,
}: {
  readonly periods: readonly PeriodState[];
  readonly onLoad: (id: string) => void;
}) => (
  <ol className="flex flex-wrap gap-1.5">
    {periods.map(({ period, status, loads }) => {
      const box = classNames(
        "flex w-22 flex-col items-start rounded-md border px-2 py-1 text-left",
        looks[status],
      );
      const [load] = loads;
      const content = (
        <>
          <span className="num text-sm font-medium text-ink">{formatMonth(period, "short")}</span>
          <span className="text-xs">{status}</span>
        </>
      );
      return (
        <li key={period}>
          {load === undefined ? (
            <span className={box}>{content}</span>
          ) : (
            <button
              type="button"
              className={classNames(box, "hover:border-control")}
              title={`${formatCount(loads.reduce((sum, { rows }) => sum + rows, 0))} charges, loaded ${formatMoment(load.loadedAt)}`}
              onClick={() => onLoad(load.id)}
            >
              {content}
            </button>
          )}
        </li>
      );
    })}
  </ol>
);
