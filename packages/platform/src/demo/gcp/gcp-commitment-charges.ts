import { addDays, type Day, type Decimal, day, decimal, multiply, negate, roundTo } from "@trimtab/domain";
import { weekdayOf } from "../shape.ts";
import { eachDay, PLACES } from "../spread.ts";
import type { GcpCharge, GcpCredit } from "./gcp-charge.ts";
import type { GcpCommitment, GcpLine } from "./gcp-line.ts";
import { addHours, pacificMidnight } from "./pacific-time.ts";

const EXPORT_DELAY_HOURS = 5;

/** Part of a day's amount that was used, at most all of it. */
const used = (commitment: GcpCommitment, date: Day, amount: string): Decimal =>
  roundTo(
    multiply(decimal(amount), decimal(commitment.utilisation[weekdayOf(date)] ?? "1")),
    PLACES,
    "half-even",
  );

/**
 * The rows that a commitment itself causes: its fee and, under consumption models, the usage at its price. Both models
 * cost the fee and not more: before, a credit on the usage; since, an offset of the fee by as much as the usage costs.
 * @see https://cloud.google.com/billing/docs/resources/multiprice-cuds (read 2026-11-21)
 */
export function commitmentCharges(commitment: GcpCommitment, line: GcpLine, until: Day): GcpCharge[] {
  return eachDay(day(commitment.from), until).flatMap((date): GcpCharge[] => {
    const start = pacificMidnight(date);
    const end = pacificMidnight(addDays(date, 1));
    const window = { date, start, end, exportTime: addHours(end, EXPORT_DELAY_HOURS) };
    const fee = decimal(commitment.feePerDay);
    if (date < commitment.consumptionModelFrom) {
      return [{ of: { kind: "fee", commitment }, ...window, cost: fee, credits: [] }];
    }
    const cost = used(commitment, date, commitment.feePerDay);
    const atList = used(commitment, date, commitment.coveredPerDay);
    const offset: GcpCredit = {
      type: "FEE_UTILIZATION_OFFSET",
      name: `${commitment.product} fee utilization offset`,
      fullName: "",
      id: `${commitment.product} fee utilization offset`,
      amount: negate(cost),
    };
    return [
      { of: { kind: "fee", commitment }, ...window, cost: fee, credits: [offset] },
      { of: { kind: "covered", line, commitment, atList }, ...window, cost, credits: [] },
    ];
  });
}

/** Until consumption models came, covered usage was billed at its list price with this credit. */
export function legacyCommitmentCredit(commitment: GcpCommitment, date: Day): GcpCredit | undefined {
  if (date < commitment.from || date >= commitment.consumptionModelFrom) return undefined;
  const name = `Committed use discount - dollar based: ${commitment.product}`;
  return {
    type: "COMMITTED_USAGE_DISCOUNT_DOLLAR_BASE",
    name,
    fullName: name,
    id: commitment.subscriptionId,
    amount: negate(used(commitment, date, commitment.coveredPerDay)),
  };
}
