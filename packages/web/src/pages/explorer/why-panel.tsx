import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useMemo } from "react";
import { type WaterfallStep, waterfallOption } from "trimtab/charts";
import { type Answer, call } from "../../api/client.ts";
import { Chart } from "../../charts/chart.tsx";
import { useChartLook } from "../../charts/chart-look.ts";
import { IconButton } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Delta } from "../../components/delta.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { FigureMark } from "../../components/figure.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { formatPeriod } from "../../format/dates.ts";
import { driverTitle } from "../../format/driver-titles.ts";
import { formatChange, formatMoney } from "../../format/numbers.ts";
import { allOf, type QueryResult } from "./explorer-question.ts";
import type { SearchChange } from "./explorer-search.ts";
import type { ExplorerState } from "./explorer-state.ts";

type Explanation = Answer<"POST /api/v1/explain">[number];
type Part = Explanation["parts"][number];

interface WhyPanelProps {
  readonly state: ExplorerState;
  /** What the table's comparison compared. */
  readonly comparison: QueryResult["comparison"];
  /** Is the comparison still on its way? */
  readonly isWaiting: boolean;
  readonly onChange: (next: SearchChange) => void;
}

/** The change between the compared periods, split into its causes; they sum to the change, to the last digit. */
export const WhyPanel = ({ state, comparison, isWaiting, onChange }: WhyPanelProps) => {
  const where = allOf(state.where);
  const question = comparison && {
    from: { start: comparison.previous.start, end: comparison.previous.end },
    to: { start: comparison.current.start, end: comparison.current.end },
    measure: state.measure === "billed" ? ("billed" as const) : ("effective" as const),
    lines: 8,
    currency: state.currency,
    ...(where === undefined ? {} : { where }),
  };
  const found = useQuery({
    queryKey: ["explain", question],
    queryFn: ({ signal }) => call("POST /api/v1/explain", { body: question ?? neverAsked, signal }),
    enabled: question !== undefined,
  });
  const explanation = found.data?.[0];
  return (
    <Card
      title="Why did this change?"
      about={
        comparison === undefined
          ? "Against the period before"
          : `${formatPeriod(comparison.current.start, comparison.current.end)} against ${formatPeriod(comparison.previous.start, comparison.previous.end)}`
      }
      actions={
        <IconButton label="Close the explanation" onClick={() => onChange({ why: undefined })}>
          <X size={16} aria-hidden />
        </IconButton>
      }
    >
      {found.isError ? (
        <ProblemPanel error={found.error} onRetry={() => void found.refetch()} />
      ) : (comparison === undefined && !isWaiting) || (found.isSuccess && explanation === undefined) ? (
        <EmptyState title="Nothing to compare with">
          Choose a period that has one before it in the bills.
        </EmptyState>
      ) : explanation === undefined ? (
        <SkeletonRows count={6} />
      ) : (
        <Explained explanation={explanation} onChange={onChange} />
      )}
    </Card>
  );
};

const neverAsked = { from: { start: "", end: "" }, to: { start: "", end: "" } };

/** Steps too small to be seen are in the list only. */
const visibleSteps = (parts: readonly Part[]) => {
  const steps = parts.map(
    ({ id, amount }): WaterfallStep => ({ name: driverTitle(id), text: amount, kind: "change" }),
  );
  const largest = Math.max(...steps.map(({ text }) => Math.abs(Number(text))), 0);
  return steps.filter(({ text }) => Math.abs(Number(text)) >= largest / 500);
};

/** Wide screens have the list beside the chart, others below it. */
const chartWidth = (): number => {
  const isBeside = matchMedia("(min-width: 64rem)").matches;
  return isBeside ? Math.min(innerWidth - 300, 1100) / 2 : innerWidth - 64;
};

interface ExplainedProps {
  readonly explanation: Explanation;
  readonly onChange: (next: SearchChange) => void;
}

const Explained = ({ explanation, onChange }: ExplainedProps) => {
  const { currency, from, to, change, parts, basis, completeTo, lakeVersion, notes } = explanation;
  const look = useChartLook({ width: chartWidth(), height: 288 });
  const option = useMemo(() => {
    const written = ({ kind, text }: Pick<WaterfallStep, "kind" | "text">) =>
      formatMoney(text, currency, { signed: kind === "change" });
    return waterfallOption(
      {
        steps: [
          { name: formatPeriod(from.start, from.end), text: from.amount, kind: "total" },
          ...visibleSteps(parts),
          { name: formatPeriod(to.start, to.end), text: to.amount, kind: "total" },
        ],
        valueTitle: (text) => written({ kind: "total", text }),
        changeTitle: (text) => written({ kind: "change", text }),
        shortTitle: written,
        axisTitle: (value) => formatMoney(`${value}`, currency, { style: "compact" }),
      },
      look,
    );
  }, [from, to, parts, currency, look]);
  return (
    <div className="grid grid-cols-1 gap-5 lg:grid-cols-2">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 text-lg font-semibold">
          <Delta change={change} text={formatMoney(change, currency, { signed: true })} />
          <span className="text-sm font-normal text-ink-3">
            from {formatMoney(from.amount, currency)} to {formatMoney(to.amount, currency)}
          </span>
          <FigureMark
            label="About the explanation"
            meta={{ currency, basis, completeTo, lakeVersion, period: { start: to.start, end: to.end } }}
            exact={formatMoney(change, currency, { style: "exact" })}
          />
        </p>
        <Chart
          kind="axes"
          option={option}
          className="h-72"
          label={`From ${formatMoney(from.amount, currency)} to ${formatMoney(to.amount, currency)} in ${parts.length} steps; the list beside it names them.`}
        />
        {notes.map((note) => (
          <p key={note} className="text-sm text-ink-3">
            {note}
          </p>
        ))}
      </div>
      <ol className="flex min-w-0 flex-col divide-y divide-line">
        {parts.map((part, index) => (
          <PartLines key={part.id} part={part} currency={currency} isOpen={index === 0} onChange={onChange} />
        ))}
        {parts.length === 0 && (
          <EmptyState title="Nothing changed">Every charge cost what it did before.</EmptyState>
        )}
      </ol>
    </div>
  );
};

interface PartLinesProps {
  readonly part: Part;
  readonly currency: string;
  readonly isOpen: boolean;
  readonly onChange: (next: SearchChange) => void;
}

const PartLines = ({ part, currency, isOpen, onChange }: PartLinesProps) => (
  <li>
    <details open={isOpen} className="group py-1">
      <summary className="flex cursor-pointer items-baseline gap-3 rounded-md px-1 py-1.5 hover:bg-sunken">
        <span className="min-w-0 grow">
          <span className="font-medium">{driverTitle(part.id)}</span>{" "}
          <span className="text-sm text-ink-3">{part.meaning}</span>
        </span>
        <Delta
          change={part.amount}
          text={formatChange(part.amount, currency)}
          className="shrink-0 font-medium"
        />
      </summary>
      <ul className="pb-2 pl-1">
        {part.lines.map((line) => (
          <li key={JSON.stringify(line.where)}>
            <button
              type="button"
              onClick={() => onChange({ lines: true, linesWhere: [line.where] })}
              className="flex w-full items-baseline gap-3 rounded-md px-2 py-1 text-left text-sm hover:bg-sunken"
            >
              <span className="min-w-0 grow truncate">
                {line.service ?? "No service"}
                {line.label !== null && <span className="text-ink-3"> · {line.label}</span>}
              </span>
              <span className="num shrink-0 text-ink-3 max-sm:hidden">
                {formatMoney(line.before, currency)} → {formatMoney(line.after, currency)}
              </span>
              <span className="num w-20 shrink-0 text-right">
                {formatMoney(line.amount, currency, { signed: true })}
              </span>
            </button>
          </li>
        ))}
        {part.lineCount > part.lines.length && (
          <li className="px-2 pt-1 text-xs text-ink-3">
            the largest {part.lines.length} of {part.lineCount}
          </li>
        )}
      </ul>
    </details>
  </li>
);
