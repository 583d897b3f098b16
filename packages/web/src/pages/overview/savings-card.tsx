import { Link } from "@tanstack/react-router";
import { ArrowUpRight, PiggyBank } from "lucide-react";
import { AskAdvisors } from "../../components/ask-advisors.tsx";
import { buttonClass } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { formatMoney } from "../../format/numbers.ts";
import type { Overview } from "./overview-search.ts";

interface SavingsCardProps {
  readonly overview: Overview;
  readonly className: string;
}

const stages = [
  { id: "found", title: "Found", about: "by the advisors, from bills and metrics" },
  { id: "accepted", title: "Accepted", about: "by people, into the programme" },
  { id: "approved", title: "Approved", about: "as a plan that may run" },
  { id: "realised", title: "Realised", about: "proven on the bill afterwards" },
] as const;

/** From what could be saved to what was: each stage a part of the one before. */
export const SavingsCard = ({ overview: { savings, currency, hidden }, className }: SavingsCardProps) => (
  <Card
    className={className}
    title="Savings, from found to proven"
    about="A month, with the range they lie in"
    actions={
      savings !== null && (
        <Link to="/recommendations" className={buttonClass("quiet", "sm")}>
          Recommendations <ArrowUpRight size={14} aria-hidden />
        </Link>
      )
    }
  >
    {savings === null ? (
      <EmptyState
        icon={<PiggyBank size={20} aria-hidden />}
        title={
          hidden.includes("savings")
            ? "Not shown for a part of the bill"
            : "Nobody has looked for savings yet"
        }
        actions={!hidden.includes("savings") && <AskAdvisors />}
      >
        {hidden.includes("savings")
          ? "Recommendations speak of the whole bill; yours is limited to some charges."
          : "The advisors read bills, settings and metrics, and tell what to change."}
      </EmptyState>
    ) : (
      <ol className="flex flex-col gap-3.5 pt-1">
        {stages.map(({ id, title, about }) => {
          const { low, mid, high, count } = savings[id];
          const whole = Math.max(Number(savings.found.high), 1e-9);
          return (
            <li key={id} className="grid grid-cols-[1fr_auto] gap-x-3">
              <span className="font-medium">
                {title} <span className="text-sm font-normal text-ink-3 max-sm:hidden">{about}</span>
              </span>
              <span className="num font-semibold">{formatMoney(mid, currency)}</span>
              <span className="col-span-2 mt-1.5">
                <RangeBar low={Number(low) / whole} mid={Number(mid) / whole} high={Number(high) / whole} />
              </span>
              <span className="num col-span-2 mt-1 text-xs text-ink-3">
                {count === 0
                  ? "none yet"
                  : `${count} ${count === 1 ? "change" : "changes"} · ${formatMoney(low, currency)} to ${formatMoney(high, currency)}`}
              </span>
            </li>
          );
        })}
      </ol>
    )}
  </Card>
);

/** Sure up to `low`, likely around `mid`, at best `high`. */
const RangeBar = ({
  low,
  mid,
  high,
}: {
  readonly low: number;
  readonly mid: number;
  readonly high: number;
}) => {
  const percent = (share: number) => `${Math.max(0, Math.min(1, share)) * 100}%`;
  return (
    <span aria-hidden className="relative block h-2 overflow-hidden rounded-full bg-sunken">
      <span className="absolute inset-y-0 left-0 bg-accent opacity-30" style={{ width: percent(high) }} />
      <span className="absolute inset-y-0 left-0 bg-accent opacity-50" style={{ width: percent(mid) }} />
      <span className="absolute inset-y-0 left-0 bg-accent" style={{ width: percent(low) }} />
    </span>
  );
};
