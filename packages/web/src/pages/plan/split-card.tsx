import { Card } from "../../components/card.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { formatMoney } from "../../format/numbers.ts";
import type { VerificationReport } from "./plan-search.ts";
import { splitLines } from "./split-lines.ts";

export const SplitCard = ({
  report: { bill, currency, window },
}: {
  readonly report: VerificationReport;
}) => {
  if (bill === null || window === null) return null;
  const money = (amount: string) => (
    <span title={formatMoney(amount, currency, { style: "exact", signed: true })}>
      {formatMoney(amount, currency, { signed: true })}
    </span>
  );
  return (
    <Card
      title="Why the bill changed"
      about={`${formatMoney(bill.after, currency)} in ${window.days} ${window.days === 1 ? "day" : "days"}, after ${formatMoney(bill.before, currency)} in as many before`}
      isFlush
    >
      <DataTable
        caption="Parts of the change"
        rows={splitLines(bill)}
        rowKey={({ name }) => name}
        columns={[
          {
            id: "part",
            title: "Part",
            cell: ({ name, about }) => (
              <>
                <span className="font-medium">{name}</span>
                <span className="block text-xs text-ink-3">{about}</span>
              </>
            ),
            footer: "Change, exactly the sum",
          },
          {
            id: "amount",
            title: `Amount (${currency})`,
            isNumber: true,
            cell: ({ amount }) => money(amount),
            footer: money(bill.change),
          },
        ]}
      />
    </Card>
  );
};
