import { ChevronDown, ChevronLeft, ChevronRight } from "lucide-react";
import { Button, IconButton } from "../../components/button.tsx";
import { FigureMark, StatusMark } from "../../components/figure.tsx";
import { ChoiceMenu } from "../../components/menu.tsx";
import { formatDay, formatMonth } from "../../format/dates.ts";
import type { Overview, OverviewSearch } from "./overview-search.ts";
import { monthPeriod } from "./periods.ts";

/** What all figures of the page have in common, in one line. */
export const OverviewFacts = ({ overview }: { readonly overview: Overview }) => (
  <>
    <span>{overview.measure === "effective" ? "Effective cost" : "Billed cost"}</span>
    <span aria-hidden>·</span>
    <span>{overview.currency}</span>
    <span aria-hidden>·</span>
    <span>
      {overview.completeTo === null
        ? "completeness not known"
        : `complete to ${formatDay(overview.completeTo.slice(0, 10))}`}
    </span>
    <StatusMark status={overview.current.status} />
    <FigureMark
      label="About all figures of this page"
      meta={{
        currency: overview.currency,
        basis: overview.basis,
        completeTo: overview.completeTo,
        status: overview.current.status,
        period: monthPeriod(overview.current.month),
        lakeVersion: overview.lakeVersion,
      }}
    />
  </>
);

interface ControlsProps {
  readonly overview: Overview;
  readonly onChoose: (search: OverviewSearch) => void;
}

export const OverviewControls = ({ overview, onChoose }: ControlsProps) => {
  const { months, current } = overview;
  const index = months.indexOf(current.month);
  const before = months[index - 1];
  const after = months[index + 1];
  return (
    <>
      {overview.currencies.length > 1 && (
        <ChoiceMenu
          label="Currency"
          value={overview.currency}
          onChoose={(currency) => onChoose({ currency })}
          choices={overview.currencies.map((code) => ({ value: code, title: code }))}
          trigger={
            <Button aria-label={`Currency: ${overview.currency}`}>
              {overview.currency} <ChevronDown size={14} aria-hidden />
            </Button>
          }
        />
      )}
      <div className="flex items-center gap-0.5">
        <IconButton
          label="Month before"
          disabled={before === undefined}
          onClick={() => before !== undefined && onChoose({ month: before })}
        >
          <ChevronLeft size={17} aria-hidden />
        </IconButton>
        <ChoiceMenu
          label="Month"
          align="end"
          value={current.month}
          onChoose={(month) => onChoose({ month })}
          choices={months.toReversed().map((month) => ({ value: month, title: formatMonth(month) }))}
          trigger={
            <Button aria-label={`Month: ${formatMonth(current.month)}`} className="min-w-36">
              {formatMonth(current.month)} <ChevronDown size={14} aria-hidden />
            </Button>
          }
        />
        <IconButton
          label="Month after"
          disabled={after === undefined}
          onClick={() => after !== undefined && onChoose({ month: after })}
        >
          <ChevronRight size={17} aria-hidden />
        </IconButton>
      </div>
    </>
  );
};
