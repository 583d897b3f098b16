import { Card } from "../../components/card.tsx";
import { ExploreLink } from "./explore-link.tsx";
import { MonthBars } from "./month-bars.tsx";
import type { Overview } from "./overview-search.ts";
import { monthPeriod } from "./periods.ts";

interface TrendCardProps {
  readonly overview: Overview;
  readonly className: string;
}

/** Up to twelve months; a press on a bar shows its month. */
export const TrendCard = ({ overview, className }: TrendCardProps) => {
  const { trend, currency, measure, current } = overview;
  const first = trend[0]?.month;
  const last = trend.at(-1)?.month;
  const hasPartial = trend.some(({ days, ofDays }) => days < ofDays);
  return (
    <Card
      className={className}
      title="Month by month"
      about={`${measure === "effective" ? "Effective cost" : "Billed cost"}${hasPartial ? "; dashed: not all days have charges" : ""}`}
      actions={
        first !== undefined &&
        last !== undefined && (
          <ExploreLink
            search={{
              grain: "month",
              from: monthPeriod(first).start,
              until: monthPeriod(last).end,
              chart: "bar",
            }}
          />
        )
      }
    >
      <MonthBars trend={trend} currency={currency} shown={current.month} />
    </Card>
  );
};
