import { useQuery } from "@tanstack/react-query";
import { ArrowRight, ChevronDown, History } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { type DataColumn, DataTable } from "../../components/data-table.tsx";
import { Delta } from "../../components/delta.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { ChoiceMenu } from "../../components/menu.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { formatDay, formatMonth } from "../../format/dates.ts";
import { formatCount, formatMoney } from "../../format/numbers.ts";
import { type DataSearch, type Diff, diffOptions } from "./data-search.ts";
import { restatementsOf } from "./restatements.ts";

interface ChangesTabProps {
  readonly search: DataSearch;
  readonly onChange: (next: Pick<DataSearch, "before" | "after">) => void;
}

/** What a newer delivery of the same bill changed, by period, day and service. */
export const ChangesTab = ({ search, onChange }: ChangesTabProps) => {
  const { data, error, refetch } = useQuery(diffOptions(search.before, search.after));
  if (error !== null) return <ProblemPanel error={error} onRetry={() => void refetch()} />;
  if (data === undefined) {
    return (
      <Card title="Restatements" about="Comparing two versions of the data…">
        <SkeletonRows count={6} />
      </Card>
    );
  }
  if (data.from === 0) {
    return (
      <EmptyState icon={<History size={20} aria-hidden />} title="There is one version of the data so far">
        When a provider delivers a month again, this page tells what changed, by how much and why.
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2 text-sm">
        <VersionMenu
          label="From version"
          value={data.from}
          versions={data.versions.filter((version) => version < data.to)}
          onChoose={(from) => onChange({ before: from, after: data.to })}
        />
        <ArrowRight size={15} aria-hidden className="text-ink-3" />
        <VersionMenu
          label="To version"
          value={data.to}
          versions={data.versions.filter((version) => version > data.from)}
          onChoose={(to) => onChange({ before: data.from, after: to })}
        />
      </div>
      <PeriodSums diff={data} />
      <Lines diff={data} />
      <Loads diff={data} />
    </div>
  );
};

interface VersionMenuProps {
  readonly label: string;
  readonly value: number;
  readonly versions: readonly number[];
  readonly onChoose: (version: number) => void;
}

const VersionMenu = ({ label, value, versions, onChoose }: VersionMenuProps) => (
  <ChoiceMenu
    label={label}
    value={`${value}`}
    choices={versions.map((version) => ({ value: `${version}`, title: `Version ${version}` }))}
    onChoose={(version) => onChoose(Number(version))}
    trigger={
      <Button aria-label={`${label}: ${value}`}>
        Version {value} <ChevronDown size={14} aria-hidden />
      </Button>
    }
  />
);

const PeriodSums = ({ diff }: { readonly diff: Diff }) => {
  const restatements = restatementsOf(diff.lines);
  if (restatements.length === 0) return null;
  return (
    <Card
      title="By billing period"
      about={
        diff.lines.length < diff.lineCount
          ? `Of the ${formatCount(diff.lines.length)} largest of ${formatCount(diff.lineCount)} lines that changed`
          : "What is billed, before and after"
      }
    >
      <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {restatements.map(({ billingPeriod, currency, change, lines }) => (
          <li key={`${billingPeriod} ${currency}`} className="rounded-lg border border-line p-3">
            <span className="font-medium">{formatMonth(billingPeriod.slice(0, 7))}</span>
            <span className="block py-0.5 text-xl font-semibold">
              <Delta change={change} text={formatMoney(change, currency, { signed: true })} />
            </span>
            <span className="num text-sm text-ink-3">
              {formatCount(lines)} {lines === 1 ? "line" : "lines"} of a day and service
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
};

type Line = Diff["lines"][number];

const Lines = ({ diff }: { readonly diff: Diff }) => (
  <Card title="Line by line" about="The largest change first" isFlush>
    {diff.lines.length === 0 ? (
      <EmptyState className="py-6" title="No amount that was there before has changed">
        What is new between these versions is listed below.
      </EmptyState>
    ) : (
      <DataTable
        caption="Lines that changed"
        columns={lineColumns}
        rows={diff.lines}
        rowKey={(line) =>
          [
            line.instance,
            line.billingPeriod,
            line.day,
            line.service,
            line.chargeCategory,
            line.currency,
          ].join(" ")
        }
        className="max-h-[34rem]"
        isFirstSticky
      />
    )}
  </Card>
);

const lineColumns: readonly DataColumn<Line>[] = [
  {
    id: "day",
    title: "Day",
    sortBy: ({ day }) => day,
    className: "whitespace-nowrap",
    cell: ({ day }) => formatDay(day),
  },
  {
    id: "service",
    title: "Service",
    sortBy: ({ service }) => service ?? "",
    className: "min-w-36",
    cell: ({ service, chargeCategory }) => (
      <>
        {service ?? "(no service)"}
        {chargeCategory !== null && chargeCategory !== "Usage" && (
          <span className="text-ink-3"> · {chargeCategory}</span>
        )}
      </>
    ),
  },
  {
    id: "before",
    title: "Billed before",
    isNumber: true,
    sortBy: ({ billedBefore }) => Number(billedBefore),
    cell: ({ billedBefore, currency }) => formatMoney(billedBefore, currency),
  },
  {
    id: "after",
    title: "Billed after",
    isNumber: true,
    sortBy: ({ billedAfter }) => Number(billedAfter),
    cell: ({ billedAfter, currency }) => formatMoney(billedAfter, currency),
  },
  {
    id: "change",
    title: "Change",
    isNumber: true,
    sortBy: ({ billedChange }) => Number(billedChange),
    cell: ({ billedChange, currency }) => (
      <Delta change={billedChange} text={formatMoney(billedChange, currency, { signed: true })} />
    ),
  },
  {
    id: "because",
    title: "Because",
    className: "min-w-52 text-ink-2",
    cell: ({ because }) => because,
  },
];

const Loads = ({ diff: { added, removed } }: { readonly diff: Diff }) => {
  if (added.length + removed.length === 0) return null;
  return (
    <Card title="Loads that came and went">
      <ul className="flex flex-col gap-1 text-sm">
        {[
          ...added.map((load) => ({ ...load, what: "came" })),
          ...removed.map((load) => ({ ...load, what: "went" })),
        ].map(({ instance, billingPeriod, rows, what }) => (
          <li key={`${what} ${instance} ${billingPeriod}`} className="num">
            <span className="font-medium">{formatMonth(billingPeriod.slice(0, 7), "short")}</span> {what}:{" "}
            {formatCount(rows)} charges <span className="break-all text-ink-3">· {instance}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
};
