import { Card } from "../../components/card.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { StatusMark } from "../../components/figure.tsx";
import { formatMonth } from "../../format/dates.ts";
import { formatMoney } from "../../format/numbers.ts";
import type { VerificationReport } from "./plan-search.ts";

type Invoice = VerificationReport["invoices"]["lines"][number];

/** For finance: each invoice from the change on against the last whole one before it. */
export const InvoicesCard = ({ report: { invoices, currency } }: { readonly report: VerificationReport }) => {
  if (invoices.lines.length === 0) return null;
  const money = (amount: string | null, signed = false) =>
    amount === null ? (
      <span className="text-ink-3">–</span>
    ) : (
      <span title={formatMoney(amount, currency, { style: "exact", signed })}>
        {formatMoney(amount, currency, { signed })}
      </span>
    );
  return (
    <Card
      title="On the invoices"
      about={`Against ${formatMonth(invoices.reference.slice(0, 7))}, the last whole one before the change; charges of what it changed`}
      isFlush
    >
      <DataTable
        caption="Invoices"
        rows={invoices.lines}
        rowKey={({ billingPeriod }) => billingPeriod}
        isFirstSticky
        columns={[
          {
            id: "invoice",
            title: "Invoice",
            cell: ({ billingPeriod, status }) => (
              <span className="flex flex-wrap items-center gap-2 whitespace-nowrap">
                {formatMonth(billingPeriod.slice(0, 7), "short")}
                <StatusMark status={status} />
              </span>
            ),
          },
          { id: "before", title: "Before", isNumber: true, cell: ({ before }) => money(before) },
          { id: "after", title: "Billed", isNumber: true, cell: ({ after }) => money(after) },
          { id: "change", title: "Change", isNumber: true, cell: ({ change }) => money(change, true) },
          {
            id: "saved",
            title: "Saved by the plan",
            isNumber: true,
            cell: ({ saved }: Invoice) => (
              <>
                <span className="font-semibold">{money(saved?.mid ?? null)}</span>
                {saved !== null && (
                  <span className="block text-xs text-ink-3">
                    {formatMoney(saved.low, currency)} – {formatMoney(saved.high, currency)}
                  </span>
                )}
              </>
            ),
          },
          {
            id: "usage",
            title: "of it use",
            isNumber: true,
            cell: ({ effects }) => money(effects.usage, true),
          },
          { id: "rate", title: "prices", isNumber: true, cell: ({ effects }) => money(effects.rate, true) },
          {
            id: "commitment",
            title: "commitments",
            isNumber: true,
            cell: ({ effects }) => money(effects.commitment, true),
          },
          {
            id: "others",
            title: "month's length",
            isNumber: true,
            cell: ({ effects }) => money(effects["month-length"], true),
          },
        ]}
      />
    </Card>
  );
};
