import { Link } from "@tanstack/react-router";
import { ChevronRight, Scale } from "lucide-react";
import { Card } from "../../components/card.tsx";
import { Delta } from "../../components/delta.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { formatPeriod } from "../../format/dates.ts";
import { dimensionValue } from "../../format/dimension-names.ts";
import { driverTitle } from "../../format/driver-titles.ts";
import { formatMoney } from "../../format/numbers.ts";
import type { Mover, Overview } from "./overview-search.ts";
import { coveredPeriod } from "./periods.ts";

interface MoversCardProps {
  readonly overview: Overview;
  readonly className: string;
}

/** What changed most against the month before, split into its causes to the last digit. */
export const MoversCard = ({ overview, className }: MoversCardProps) => {
  const { movers, compared } = overview;
  return (
    <Card
      className={className}
      title="What changed, and why"
      about={
        compared === null
          ? "Against the month before"
          : `${formatPeriod(compared.to.start, compared.to.end)} against ${formatPeriod(compared.from.start, compared.from.end)}`
      }
    >
      {movers.length === 0 || compared === null ? (
        <EmptyState
          icon={<Scale size={20} aria-hidden />}
          title={compared === null ? "Nothing to compare with yet" : "No service changed"}
        >
          {compared === null
            ? "A second month of bills will show what changes."
            : "Every service cost what it did before."}
        </EmptyState>
      ) : (
        <ol data-tour="changes" className="flex flex-col divide-y divide-line">
          {movers.map((mover) => (
            <MoverLine key={mover.name ?? ""} mover={mover} overview={overview} />
          ))}
        </ol>
      )}
    </Card>
  );
};

const MoverLine = ({ mover, overview }: { readonly mover: Mover; readonly overview: Overview }) => {
  const { currency } = overview;
  const money = (value: string) => formatMoney(value, currency);
  const period = coveredPeriod(overview.current);
  const largest = Math.max(...mover.drivers.map(({ amount }) => Math.abs(Number(amount))), 0);
  return (
    <li>
      <Link
        to="/explorer"
        search={{
          by: ["ResourceId"],
          grain: "day",
          from: period.start,
          until: period.end,
          compare: "month",
          why: true,
          where: [
            mover.name === null
              ? { dimension: "ServiceName", op: "is null" }
              : { dimension: "ServiceName", op: "in", values: [mover.name] },
          ],
        }}
        className="-mx-2 grid grid-cols-[minmax(0,1fr)_auto_1rem] items-center gap-x-3 gap-y-1 rounded-md px-2 py-2.5 hover:bg-sunken"
      >
        <span className="min-w-0 truncate font-medium">{dimensionValue(mover.name, "ServiceName")}</span>
        <span className="num text-right">
          <span className="text-sm text-ink-3 max-sm:hidden">
            {money(mover.before)} → {money(mover.after)}
          </span>
          <Delta
            change={mover.change}
            text={formatMoney(mover.change, currency, { signed: true })}
            className="ml-2.5 font-medium"
          />
        </span>
        <ChevronRight size={15} aria-hidden className="row-span-2 text-ink-3" />
        <span className="col-span-2 flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-2">
          {mover.drivers
            .filter(({ amount }) => isWorthSaying(amount, largest))
            .slice(0, 4)
            .map(({ id, amount, meaning }) => (
              <span key={id} title={meaning} className="inline-flex items-center gap-1.5">
                <DriverBar share={largest === 0 ? 0 : Number(amount) / largest} />
                {driverTitle(id)}
                <span className="num text-ink-3">{formatMoney(amount, currency, { signed: true })}</span>
              </span>
            ))}
        </span>
      </Link>
    </li>
  );
};

/** Below a hundredth of the largest cause, a cause is one of rounding. */
const isWorthSaying = (amount: string, largest: number): boolean => Math.abs(Number(amount)) >= largest / 100;

/** Height by size, colour and side by sign. */
const DriverBar = ({ share }: { readonly share: number }) => (
  <span aria-hidden className="flex h-3.5 w-1.5 items-end rounded-sm bg-sunken">
    <span
      className="w-full rounded-sm"
      style={{
        height: `${Math.max(12, Math.abs(share) * 100)}%`,
        background: share > 0 ? "var(--up)" : "var(--down)",
      }}
    />
  </span>
);
