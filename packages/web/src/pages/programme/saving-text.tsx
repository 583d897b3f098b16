import { formatMoney } from "../../format/numbers.ts";
import type { Realised, Scenarios } from "./programme-search.ts";

interface EstimateTextProps {
  readonly estimate: Scenarios;
  readonly currency: string;
}

/** The likely amount, and below it the range it lies in. */
export const EstimateText = ({ estimate: { low, mid, high }, currency }: EstimateTextProps) => (
  <span className="num">
    <span title={formatMoney(mid, currency, { style: "exact" })}>{formatMoney(mid, currency)}</span>
    {low !== high && (
      <span className="block text-xs text-ink-3">
        {formatMoney(low, currency)} to {formatMoney(high, currency)}
      </span>
    )}
  </span>
);

/** What verification has proven; never an estimate in its place. */
export const RealisedText = ({
  realised,
  currency,
}: {
  readonly realised: Realised;
  readonly currency: string;
}) =>
  realised.status === "verified" ? (
    <>
      <EstimateText estimate={realised.saving} currency={currency} />
      {realised.note !== undefined && <span className="block text-xs text-ink-3">{realised.note}</span>}
    </>
  ) : (
    <span className="text-ink-3">{realised.reason}</span>
  );
