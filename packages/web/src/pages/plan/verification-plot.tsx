import { useMemo } from "react";
import { Chart } from "../../charts/chart.tsx";
import { counterfactualOption } from "../../charts/counterfactual-option.ts";
import { usePalette } from "../../charts/palette.ts";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { formatDay } from "../../format/dates.ts";
import { formatMoney } from "../../format/numbers.ts";
import type { VerificationReport } from "./plan-search.ts";

/** A day's cost as it was, against what it would have been. */
export const VerificationPlot = ({ report }: { readonly report: VerificationReport }) => {
  const palette = usePalette();
  const { plot, currency, window, changedAt } = report;
  const option = useMemo(() => {
    const money = (value: number) => formatMoney(`${value}`, currency);
    return counterfactualOption({
      points: plot,
      changedOn: window?.start ?? changedAt.slice(0, 10),
      dayTitle: (day, isNarrow) => formatDay(day, isNarrow ? "short" : "full"),
      valueTitle: money,
      axisTitle: (value) => formatMoney(`${value}`, currency, { style: "compact" }),
      palette,
    });
  }, [plot, currency, window, changedAt, palette]);
  return (
    <Card
      title="What was, and what would have been"
      about="A day, at the prices of before the change"
      className="grow"
    >
      {plot.length === 0 ? (
        <EmptyState title="Nothing to draw yet">
          The time before the change is too short, or no day after it is billed.
        </EmptyState>
      ) : (
        <>
          <Chart
            kind="axes"
            option={option}
            className="h-72"
            label={`${plot.length} days to ${formatDay(plot.at(-1)?.day ?? changedAt.slice(0, 10))}: what each cost, what it would have cost, and the band that holds 95 of 100 days.`}
          />
          <Legend />
        </>
      )}
    </Card>
  );
};

const Legend = () => {
  const { series } = usePalette();
  return (
    <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-2">
      <li className="inline-flex items-center gap-1.5">
        <span aria-hidden className="h-0.5 w-4 rounded-full" style={{ background: series[0] }} /> was
      </li>
      <li className="inline-flex items-center gap-1.5">
        <span aria-hidden className="h-0 w-4 border-t-2 border-dashed" style={{ borderColor: series[1] }} />{" "}
        would have been
      </li>
      <li className="inline-flex items-center gap-1.5">
        <span aria-hidden className="h-2.5 w-4 rounded-[3px] opacity-30" style={{ background: series[1] }} />{" "}
        95 of 100 days
      </li>
    </ul>
  );
};
