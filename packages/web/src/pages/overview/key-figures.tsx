import { decimal, divide, formatDecimal } from "@trimtab/domain";
import type { ReactNode } from "react";
import { Delta } from "../../components/delta.tsx";
import { Figure } from "../../components/figure.tsx";
import { formatMonth } from "../../format/dates.ts";
import { formatMoney, formatRatio } from "../../format/numbers.ts";
import type { Overview } from "./overview-search.ts";
import { monthPeriod } from "./periods.ts";

/** The four numbers one comes for. */
export const KeyFigures = ({ overview }: { readonly overview: Overview }) => {
  const { current, previous } = overview;
  return (
    <div data-tour="figures" className="grid grid-cols-2 gap-3 lg:grid-cols-4 lg:gap-4">
      <KeyFigure
        label={
          current.days < current.ofDays ? `${formatMonth(current.month)} so far` : formatMonth(current.month)
        }
        value={<Figure value={current.amount} label={`spend of ${formatMonth(current.month)}`} />}
        note={<ChangeNote overview={overview} />}
      />
      <KeyFigure
        label={previous === null ? "Month before" : formatMonth(previous.month)}
        value={
          previous === null ? (
            <Quiet>–</Quiet>
          ) : (
            <Figure
              value={previous.amount}
              label={`spend of ${formatMonth(previous.month)}`}
              meta={{ status: previous.status, period: monthPeriod(previous.month) }}
            />
          )
        }
        note={previous === null ? "no charges" : `whole month, ${previous.status}`}
      />
      <SavingsFigure overview={overview} />
      <RunRateFigure overview={overview} />
    </div>
  );
};

const ChangeNote = ({ overview: { change, currency } }: { readonly overview: Overview }) => {
  if (change === null) return <>nothing to compare with</>;
  const rate = change.ratePerDay ?? change.rate;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5">
      <Delta
        change={change.amount}
        text={
          rate === null
            ? formatMoney(change.amount, currency, { signed: true })
            : formatRatio(rate, { signed: true })
        }
        className="font-medium"
      />
      {change.ratePerDay === null ? `over ${change.days} equal days` : "a day, month on month"}
    </span>
  );
};

const SavingsFigure = ({ overview: { savings, currency, hidden } }: { readonly overview: Overview }) => {
  if (savings === null) {
    return (
      <KeyFigure
        label="Savings found"
        value={<Quiet>–</Quiet>}
        note={hidden.includes("savings") ? "not for your part of the bill" : "nobody has looked for some yet"}
      />
    );
  }
  const isRealised = savings.realised.count > 0;
  const shown = isRealised ? savings.realised : savings.found;
  return (
    <KeyFigure
      label={isRealised ? "Savings realised a month" : "Savings found a month"}
      value={
        <Figure
          value={shown.mid}
          label="savings a month"
          meta={{
            basis: isRealised
              ? "verified on the bill; a month of 30.4 days"
              : "estimated; a month of 730 hours",
          }}
        />
      }
      note={
        isRealised
          ? `of ${formatMoney(savings.found.mid, currency)} found`
          : `${formatMoney(shown.low, currency)} to ${formatMoney(shown.high, currency)}, ${shown.count} recommendations`
      }
    />
  );
};

/** What a day costs now: the one figure of an open month that can be compared. */
const RunRateFigure = ({ overview: { current, change, currency } }: { readonly overview: Overview }) => {
  if (current.amount === null || current.days === 0) {
    return <KeyFigure label="A day" value={<Quiet>–</Quiet>} note="no complete day" />;
  }
  const perDay = aDay(current.amount, current.days);
  const before = change === null || change.days === 0 ? null : aDay(change.before, change.days);
  return (
    <KeyFigure
      label="Average a day"
      value={
        <Figure value={perDay} label="average cost a day" meta={{ basis: "cost ÷ days with charges" }} />
      }
      note={before === null ? `over ${current.days} days` : `was ${formatMoney(before, currency)}`}
    />
  );
};

const aDay = (amount: string, days: number): string =>
  formatDecimal(divide(decimal(amount), decimal(`${days}`), 6));

const Quiet = ({ children }: { readonly children: ReactNode }) => (
  <span className="text-ink-3">{children}</span>
);

interface KeyFigureProps {
  readonly label: string;
  readonly value: ReactNode;
  readonly note: ReactNode;
}

const KeyFigure = ({ label, value, note }: KeyFigureProps) => (
  <div className="min-w-0 rounded-xl border border-line bg-surface px-3.5 py-3 shadow-card md:px-4 md:py-3.5">
    <p className="text-sm text-ink-2">{label}</p>
    <p className="mt-1 text-xl font-semibold tracking-tight md:text-2xl">{value}</p>
    <div className="mt-1 min-h-5 text-sm text-ink-3">{note}</div>
  </div>
);
