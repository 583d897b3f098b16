import { Card } from "../../components/card.tsx";
import { formatDay, formatPeriod } from "../../format/dates.ts";
import { formatMoney, formatQuantity } from "../../format/numbers.ts";
import type { RecommendationBody } from "./recommendation-options.ts";

type Line = RecommendationBody["saving"]["lines"][number];

/** The saving to its last unit: what is no longer bought, at which price, and what commitments leave of it. */
export const SavingLines = ({ recommendation }: { readonly recommendation: RecommendationBody }) => {
  const { saving, costNow } = recommendation;
  const { net, gross, commitment, lines } = saving;
  const [low, high] = [formatMoney(net.low, net.currency), formatMoney(net.high, net.currency)];
  const range = low === high ? "" : `${low} to ${high} · `;
  return (
    <Card title="What it saves" about="A month of 730 hours; what the bill will show, net of commitments">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <span className="num text-2xl font-semibold">{formatMoney(net.mid, net.currency)}</span>
        <span className="num text-sm text-ink-3">
          {range}of {formatMoney(costNow.amount, costNow.currency)} that it costs now
        </span>
      </div>
      <ul className="mt-3 flex flex-col divide-y divide-line border-t border-line">
        {lines.map((line) => (
          <li key={`${line.about} ${line.price.question.item}`} className="py-2">
            <span>{line.about}</span>
            <span className="num block text-sm text-ink-2">
              {formatQuantity(line.units.mid)} {line.price.unit} at{" "}
              {formatMoney(line.price.price, line.price.currency)} a {line.price.unit}
            </span>
            <span className="block text-xs text-ink-3">{originText(line)}</span>
          </li>
        ))}
      </ul>
      {commitment !== undefined && (
        <div className="mt-2 rounded-lg bg-sunken p-3 text-sm">
          <p className="font-medium">Commitments</p>
          <p className="num">
            {formatMoney(gross.mid, gross.currency)} gross −{" "}
            {formatMoney(commitment.covered.mid, gross.currency)} already paid for +{" "}
            {formatMoney(commitment.reused.mid, gross.currency)} used elsewhere
          </p>
          <p className="text-ink-2">
            {commitment.reason}
            {commitment.until !== undefined && ` Ends ${formatDay(commitment.until.slice(0, 10))}.`}
          </p>
        </div>
      )}
    </Card>
  );
};

const originText = ({ price: { origin } }: Line): string =>
  origin.kind === "list"
    ? `List price: ${origin.source}, ${formatDay(origin.date)}`
    : `From your bill, ${formatPeriod(origin.period.start, origin.period.end)}: ${origin.basis} price of ${origin.rows} ${
        origin.rows === 1 ? "line" : "lines"
      }, SKU ${origin.skuIds.join(", ")}`;
