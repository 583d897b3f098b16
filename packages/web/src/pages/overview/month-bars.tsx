import { Link } from "@tanstack/react-router";
import { classNames } from "../../components/class-names.ts";
import { formatMonth } from "../../format/dates.ts";
import { formatMoney } from "../../format/numbers.ts";
import type { Overview } from "./overview-search.ts";

interface MonthBarsProps {
  readonly trend: Overview["trend"];
  readonly currency: string;
  /** The month that the page shows. */
  readonly shown: string;
}

/** Round steps that reach from zero to the largest bar. */
const ticksUpTo = (largest: number): readonly number[] => {
  if (largest <= 0) return [0];
  const rough = largest / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  return Array.from({ length: Math.ceil(largest / step) + 1 }, (_unused, index) => index * step);
};

/**
 * Twelve bars need no chart library: each is a link to its month, reached by keyboard and read out. This keeps the page
 * that is opened first light.
 */
export const MonthBars = ({ trend, currency, shown }: MonthBarsProps) => {
  const amounts = trend.map(({ amount }) => Math.max(0, Number(amount ?? 0)));
  const ticks = ticksUpTo(Math.max(...amounts, 0));
  const top = ticks.at(-1) || 1;
  return (
    <div className="grid h-full min-h-72 grid-cols-[auto_minmax(0,1fr)] grid-rows-[1fr_auto] gap-x-2.5">
      <div aria-hidden className="relative mt-2 text-right text-xs text-ink-3">
        <span className="invisible">{formatMoney(`${top}`, currency, { style: "compact" })}</span>
        {ticks.map((tick) => (
          <span
            key={tick}
            className="num absolute right-0 translate-y-1/2"
            style={{ bottom: `${(tick / top) * 100}%` }}
          >
            {formatMoney(`${tick}`, currency, { style: "compact" })}
          </span>
        ))}
      </div>
      <div className="relative mt-2">
        {ticks.map((tick) => (
          <span
            key={tick}
            aria-hidden
            className="absolute inset-x-0 border-t border-line"
            style={{ bottom: `${(tick / top) * 100}%` }}
          />
        ))}
        <ol className="absolute inset-0 flex items-stretch gap-1.5 md:gap-3">
          {trend.map((month, index) => (
            <MonthBar
              key={month.month}
              month={month}
              share={(amounts[index] ?? 0) / top}
              currency={currency}
              isShown={month.month === shown}
            />
          ))}
        </ol>
      </div>
      <ol aria-hidden className="col-start-2 flex gap-1.5 pt-1.5 text-xs text-ink-3 md:gap-3">
        {trend.map(({ month }) => (
          <li key={month} className="min-w-0 grow basis-0 truncate text-center">
            <span className="md:hidden">{formatMonth(month, "bar")}</span>
            <span className="max-md:hidden">{formatMonth(month, trend.length > 7 ? "bar" : "short")}</span>
          </li>
        ))}
      </ol>
    </div>
  );
};

interface MonthBarProps {
  readonly month: Overview["trend"][number];
  readonly share: number;
  readonly currency: string;
  readonly isShown: boolean;
}

const MonthBar = ({ month, share, currency, isShown }: MonthBarProps) => {
  const isPartial = month.days < month.ofDays;
  const text =
    month.amount === null
      ? `${formatMonth(month.month)}: unknown`
      : `${formatMonth(month.month)}: ${formatMoney(month.amount, currency)}${isPartial ? `, ${month.days} of ${month.ofDays} days` : ""}`;
  return (
    <li className="min-w-0 grow basis-0">
      <Link
        to="/"
        search={(search) => ({ ...search, month: month.month })}
        aria-label={text}
        aria-current={isShown ? "true" : undefined}
        className="group relative flex h-full items-end justify-center rounded-md hover:bg-sunken"
      >
        <span
          className={classNames(
            "w-full max-w-12 rounded-t-sm transition-[height]",
            isShown ? "bg-accent" : "bg-accent opacity-45 group-hover:opacity-70",
            isPartial && "border-2 border-b-0 border-dashed border-accent bg-accent-soft opacity-100",
          )}
          style={{ height: `${Math.max(share * 100, 0.5)}%` }}
        />
        <span className="pointer-events-none absolute top-1 z-10 hidden rounded-md border border-line-strong bg-raised px-2 py-1 text-xs whitespace-nowrap shadow-float group-hover:block group-focus-visible:block">
          {text}
        </span>
      </Link>
    </li>
  );
};
