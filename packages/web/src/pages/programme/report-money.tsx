import { type DataColumn, DataTable } from "../../components/data-table.tsx";
import { formatMonth } from "../../format/dates.ts";
import { formatMoney } from "../../format/numbers.ts";
import type { StatusReport } from "./programme-search.ts";
import { EstimateText, RealisedText } from "./saving-text.tsx";

type Line = StatusReport["lines"][number];

/** Before, now, planned by now, target and realised: by line of the bill, and in all. */
export const ReportMoney = ({ report }: { readonly report: StatusReport }) => {
  const { currency, total, lines } = report;
  const money = (amount: string | undefined) =>
    amount === undefined ? (
      <span className="text-ink-3">not told</span>
    ) : (
      <span title={formatMoney(amount, currency, { style: "exact" })}>{formatMoney(amount, currency)}</span>
    );
  const columns: readonly DataColumn<Line>[] = [
    { id: "line", title: "A month of", className: "min-w-36", footer: "All", cell: ({ line }) => line },
    {
      id: "before",
      title: "At the start",
      isNumber: true,
      footer: money(total.baseline),
      cell: ({ baseline }) => money(baseline),
    },
    { id: "now", title: "Now", isNumber: true, footer: money(total.now), cell: ({ now }) => money(now) },
    {
      id: "planned",
      title: "Planned by now",
      isNumber: true,
      footer: <EstimateText estimate={total.planned} currency={currency} />,
      cell: ({ planned }) => <EstimateText estimate={planned} currency={currency} />,
    },
    {
      id: "target",
      title: "Target",
      isNumber: true,
      footer: money(total.target),
      cell: ({ target }) => money(target),
    },
    {
      id: "realised",
      title: "Saving proven",
      isNumber: true,
      footer: <RealisedText realised={total.realised} currency={currency} />,
      cell: ({ realised }) => <RealisedText realised={realised} currency={currency} />,
    },
  ];
  return (
    <section aria-label="Costs">
      <h3 className="pb-1.5 text-base font-semibold">Costs of a month</h3>
      <div className="-mx-3">
        <DataTable
          caption="Costs of a month"
          columns={columns}
          rows={lines}
          rowKey={({ line }) => line}
          isFirstSticky
        />
      </div>
      <p className="pt-2 text-sm text-ink-3">{basisText(report)}</p>
    </section>
  );
};

const basisText = ({ baseline, now, currency }: StatusReport): string => {
  const start =
    baseline.kind === "stated"
      ? "At the start: as the programme states it."
      : `At the start: a month on average from ${formatMonth(baseline.first)} to ${formatMonth(baseline.last)}; ${baseline.basis}.`;
  const later = now?.kind === "bill" ? ` Now: ${formatMonth(now.last)}.` : "";
  return `${currency}. ${start}${later}`;
};
