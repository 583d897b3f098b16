import { decimal, divide, formatDecimal, subtract } from "@trimtab/domain";
import { Gauge } from "lucide-react";
import { Card } from "../../components/card.tsx";
import { RatioDelta } from "../../components/delta.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Sparkline } from "../../components/sparkline.tsx";
import { formatMonth } from "../../format/dates.ts";
import { formatMoney } from "../../format/numbers.ts";
import type { Overview } from "./overview-search.ts";

interface UnitCostsCardProps {
  readonly overview: Overview;
  readonly className: string;
}

/** What one of anything costs: more cost with more use may be good news. */
export const UnitCostsCard = ({ overview: { unitCosts, currency }, className }: UnitCostsCardProps) => (
  <Card className={className} title="Unit costs" about="What one of each costs">
    {unitCosts.length === 0 ? (
      <EmptyState icon={<Gauge size={20} aria-hidden />} title="No business metrics">
        Load requests, users or orders a day with <code className="font-mono">trimtab metrics load</code> to
        see what one costs.
      </EmptyState>
    ) : (
      <ul className="flex flex-col divide-y divide-line">
        {unitCosts.map(({ metric, unit, cost, before, target, trend }) => (
          <li key={metric} className="grid grid-cols-[minmax(0,1fr)_auto_auto] items-center gap-x-3 py-2">
            <span className="min-w-0">
              <span className="block truncate" title={unit}>
                {metric.charAt(0).toUpperCase() + metric.slice(1)}
              </span>
              {target !== null && (
                <span className="num block text-xs text-ink-3">aimed at {formatMoney(target, currency)}</span>
              )}
            </span>
            <Sparkline
              values={trend.map((point) => point.cost)}
              label={`By month: ${trend
                .map(
                  (point) =>
                    `${formatMonth(point.month)} ${point.cost === null ? "unknown" : formatMoney(point.cost, currency)}`,
                )
                .join(", ")}`}
            />
            <span className="text-right">
              <span className="num block font-medium">
                {cost === null ? <span className="text-ink-3">unknown</span> : formatMoney(cost, currency)}
              </span>
              {cost !== null && before !== null && Number(before) !== 0 && (
                <RatioDelta ratio={changeRate(before, cost)} className="text-xs" />
              )}
            </span>
          </li>
        ))}
      </ul>
    )}
  </Card>
);

const changeRate = (before: string, after: string): string =>
  formatDecimal(divide(subtract(decimal(after), decimal(before)), decimal(before), 6));
