import type { UseQueryResult } from "@tanstack/react-query";
import { CircleHelp, ScrollText } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { Delta } from "../../components/delta.tsx";
import { FigureMark, StatusMark } from "../../components/figure.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { Skeleton, SkeletonRows } from "../../components/skeleton.tsx";
import { formatDay, formatPeriod } from "../../format/dates.ts";
import { dimensionTitle } from "../../format/dimension-names.ts";
import { formatRatio } from "../../format/numbers.ts";
import { ChartPicker } from "./chart-picker.tsx";
import { TimeChart } from "./explorer-chart.tsx";
import { columnOf } from "./explorer-data.ts";
import { isOverTime, type QueryResult } from "./explorer-question.ts";
import type { SearchChange } from "./explorer-search.ts";
import type { ExplorerState, Model } from "./explorer-state.ts";
import { PivotTable } from "./pivot-table.tsx";
import { ResultTable } from "./result-table.tsx";
import { valueTitles } from "./value-titles.ts";
import { WholeChart } from "./whole-chart.tsx";

interface ResultCardsProps {
  readonly state: ExplorerState;
  readonly model: Model;
  readonly table: UseQueryResult<QueryResult>;
  readonly series: UseQueryResult<QueryResult>;
  readonly onChange: (next: SearchChange) => void;
  /** Between the chart and its numbers. */
  readonly children: ReactNode;
}

/** Charts whose colours are those of the table's first lines. */
const LEGENDS: ReadonlySet<string> = new Set(["bar", "area", "line", "donut", "treemap"]);

/** A treemap of several groups has a colour for each of the first. */
const legendOf = ({ chart, by }: ExplorerState): "lines" | "groups" | undefined =>
  !LEGENDS.has(chart) ? undefined : chart === "treemap" && by.length > 1 ? "groups" : "lines";

const cardClass = "min-w-0 rounded-xl border border-line bg-surface shadow-card";

const statusOf = ({ periods }: QueryResult): "open" | "closed" =>
  periods.some(({ status }) => status === "open") ? "open" : "closed";

/** The total, the chart and the numbers behind it. */
export const ResultCards = ({ state, model, table, series, onChange, children }: ResultCardsProps) => {
  const title = model.measures.find(({ id }) => id === state.measure)?.title ?? state.measure;
  const shown = isOverTime(state) ? series : table;
  const isWaiting = shown.isPlaceholderData || table.isPlaceholderData;
  return (
    <>
      <section aria-label="Chart" aria-busy={isWaiting} className={`${cardClass} p-4`}>
        <div className="flex flex-wrap items-start justify-between gap-3 pb-3">
          {table.data === undefined ? (
            <Skeleton className="h-12 w-48" />
          ) : (
            <Total result={table.data} title={title} state={state} />
          )}
          <div className="flex min-w-0 flex-wrap items-center gap-2">
            <Button onClick={() => onChange({ why: state.why ? undefined : true })} aria-pressed={state.why}>
              <CircleHelp size={15} aria-hidden /> Why did this change?
            </Button>
            <Button onClick={() => onChange({ lines: true, linesWhere: undefined })}>
              <ScrollText size={15} aria-hidden /> Bill lines
            </Button>
            <ChartPicker onChoose={(chart) => onChange({ chart })} />
          </div>
        </div>
        <div className={isWaiting ? "opacity-60" : ""}>
          {shown.isError ? (
            <ProblemPanel error={shown.error} onRetry={() => void shown.refetch()} />
          ) : shown.data === undefined ? (
            <Skeleton className="h-84 w-full" />
          ) : (
            <Picture state={state} result={shown.data} title={title} onChange={onChange} />
          )}
        </div>
        <Notes result={shown.data} state={state} />
      </section>
      {children}
      {state.chart !== "pivot" && state.by.length > 0 && table.data?.rows.length !== 0 && (
        <section aria-label="Numbers" className={`${cardClass} overflow-hidden`}>
          {table.isError ? (
            <ProblemPanel error={table.error} onRetry={() => void table.refetch()} />
          ) : table.data === undefined ? (
            <SkeletonRows count={8} className="p-4" />
          ) : (
            <ResultTable
              by={state.by}
              where={state.where}
              top={state.top}
              legend={legendOf(state)}
              result={table.data}
              onChange={onChange}
            />
          )}
        </section>
      )}
    </>
  );
};

interface PictureProps {
  readonly state: ExplorerState;
  readonly result: QueryResult;
  readonly title: string;
  readonly onChange: (next: SearchChange) => void;
}

const Picture = (props: PictureProps) => {
  const isTimed = props.result.columns.some(({ role }) => role === "time");
  // while the next answer is on its way, the last one may be of another kind
  if (isTimed !== isOverTime(props.state)) return <Skeleton className="h-84 w-full" />;
  if (props.state.chart === "pivot") return <PivotTable {...props} />;
  return isTimed ? <TimeChart {...props} /> : <WholeChart {...props} />;
};

interface TotalProps {
  readonly result: QueryResult;
  readonly title: string;
  readonly state: ExplorerState;
}

const Total = ({ result, title, state }: TotalProps) => {
  const titles = valueTitles(result);
  const cell = (aspect: "current" | "change" | "change-rate") =>
    result.total[columnOf(result, aspect)] ?? null;
  const amount = cell("current");
  const change = cell("change");
  const rate = cell("change-rate");
  return (
    <div className="min-w-0">
      <p className="flex flex-wrap items-center gap-x-2 text-sm text-ink-2">
        {title.replace(/ \(.*\)$/, "")}, {formatPeriod(state.period.start, state.period.end)}
        <StatusMark status={statusOf(result)} />
      </p>
      <p className="flex flex-wrap items-center gap-x-2">
        <span className="num text-2xl font-semibold tracking-tight">
          {amount === null ? <span className="text-ink-3">unknown</span> : titles.value(amount)}
        </span>
        <FigureMark
          label="About these figures"
          meta={{
            currency: result.currency.join(", ") || state.currency,
            basis: result.basis,
            completeTo: result.completeTo,
            status: statusOf(result),
            lakeVersion: result.lakeVersion,
            period: state.period,
          }}
          {...(amount === null ? {} : { exact: titles.value(amount, "exact") })}
        />
        {change !== null && (
          <span className="inline-flex items-center gap-1.5 text-sm">
            <Delta change={change} text={titles.change(change)} className="font-medium" />
            {rate !== null && <span className="num text-ink-3">{formatRatio(rate, { signed: true })}</span>}
          </span>
        )}
      </p>
    </div>
  );
};

const Notes = ({
  result,
  state,
}: {
  readonly result: QueryResult | undefined;
  readonly state: ExplorerState;
}) => {
  if (result === undefined) return null;
  const isZoomable = ["bar", "area", "line"].includes(state.chart);
  const how = isZoomable
    ? "Drag over the chart to zoom; press a series to go into it."
    : `Press a part to go into it${state.by.length > 0 ? ` (${state.by.map(dimensionTitle).join(", ")})` : ""}.`;
  return (
    <div className="flex flex-col gap-0.5 pt-2 text-xs text-ink-3">
      <p>
        {result.completeTo === null ? "" : `Complete to ${formatDay(result.completeTo.slice(0, 10))}. `}
        <span className="max-md:hidden">{how}</span>
      </p>
      {result.unknown.map(({ column, reason, rows, ofRows }) => (
        <p key={column + reason}>
          {column}: {reason} ({rows} of {ofRows} charges).
        </p>
      ))}
      {result.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </div>
  );
};
