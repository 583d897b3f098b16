import type { ReactNode } from "react";
import { Card } from "../../components/card.tsx";
import { ShareBar } from "../../components/share-bar.tsx";
import { formatMoney, formatQuantity, formatRatio } from "../../format/numbers.ts";
import type { Scenarios, StatusReport } from "./programme-search.ts";

type Returns = StatusReport["returns"]["planned"];

/** What the work costs, what of it is spent, and when the saving has paid for it. */
export const BudgetsCard = ({ report }: { readonly report: StatusReport }) => {
  const { budgets, returns, currency } = report;
  const { planned } = returns;
  return (
    <Card title="Budget and return" about="The programme's own money, and when the saving has paid for it">
      {budgets.map((budget) => (
        <div key={budget.currency} className="pb-3 text-sm">
          <p className="num pb-1">
            <span className="font-medium">{formatMoney(budget.spent, budget.currency)}</span>
            <span className="text-ink-3">
              {" "}
              of {formatMoney(budget.allocated, budget.currency)} spent,{" "}
              {formatMoney(budget.remaining, budget.currency)} left
            </span>
          </p>
          <ShareBar share={Number(budget.spent) / Math.max(Number(budget.allocated), 1e-9)} />
        </div>
      ))}
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 text-sm">
        <Line name="Work costs">
          {planned.investment.status === "known"
            ? `${formatMoney(planned.investment.value.amount, currency)}, ${planned.investment.value.from}`
            : planned.investment.reason}
        </Line>
        <Line name="Paid back after">
          {rangeText(planned.paybackMonths, (value) => `${formatQuantity(value)} months`)}
        </Line>
        <Line name="Return of the first year">
          {rangeText(planned.firstYear, (value) => formatRatio(value))}
        </Line>
        <Line name="Realised return">
          {"reason" in returns.realised
            ? returns.realised.reason
            : rangeText(returns.realised.firstYear, (value) => formatRatio(value))}
        </Line>
      </dl>
    </Card>
  );
};

const rangeText = (value: Returns["firstYear"], text: (value: string) => string): string => {
  if (value.status === "unknown") return value.reason;
  const { low, mid, high }: Scenarios = value.value;
  return low === high ? text(mid) : `${text(mid)}, from ${text(low)} to ${text(high)}`;
};

const Line = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <>
    <dt className="text-ink-3">{name}</dt>
    <dd className="num min-w-0">{children}</dd>
  </>
);
