import type { Branch } from "../../lake/source-definition.ts";
import {
  and,
  call,
  cases,
  concat,
  type Expr,
  eq,
  isNotNull,
  ne,
  no,
  nullOf,
  text,
  zero,
} from "../../sql/expr.ts";
import { hasListPrices } from "./charge-columns.ts";
import type { CurColumns } from "./cur-columns.ts";
import type { LineItem } from "./line-item.ts";
import { COVERED_BY_SAVINGS_PLAN, NEGATION } from "./line-item-types.ts";
import type { Money } from "./money.ts";

export interface SavingsPlanDifference {
  /** The one row of its account and period that carries the difference. */
  readonly isCarrier: Expr<"boolean">;
  readonly branches: readonly Branch[];
}

/**
 * Covered usage is listed at its on-demand cost and negated by rows of its own, so both count nothing. Where a
 * delivery's two sums don't cancel, to the last digit, the difference is a charge that says so.
 * @see https://docs.aws.amazon.com/cur/latest/userguide/cur-sp.html (read 2026-11-21)
 */
export const savingsPlanDifference = (
  cur: CurColumns,
  row: LineItem,
  money: Money,
  common: Branch["columns"],
): SavingsPlanDifference => {
  if (!cur.mayHold("savingsPlan/SavingsPlanEffectiveCost") && !cur.mayHold("savingsPlan/SavingsPlanARN"))
    return { isCarrier: no, branches: [] };
  const concerned = row.is(COVERED_BY_SAVINGS_PLAN, NEGATION);
  const key = concat(
    row.account,
    text("|"),
    call("text", "toText", row.billingPeriod),
    text("|"),
    row.currency,
  );
  const { difference, carrier } = cur.input.totals({
    where: concerned,
    key,
    at: cases("text", [[concerned, key]]),
    values: {
      difference: call("decimal", "sum", money.cash.value),
      carrier: call("text", "min", row.identity),
    },
    having: (sums) => ne(sums.difference, zero),
  });
  const isCarrier = cur.input.define(
    "carriesDifference",
    // Hardly ever is there a difference; only then is the long text of the identity made.
    cases("boolean", [[and(isNotNull(difference), eq(row.identity, carrier)), concerned]], no),
  );
  const columns: Branch["columns"] = {
    ...common,
    ChargeCategory: text("Adjustment"),
    ChargeFrequency: text("One-Time"),
    ChargeDescription: text("Savings Plan covered usage and its negation don't cancel: the difference"),
    ChargePeriodStart: row.billingPeriod,
    ChargePeriodEnd: row.billingPeriodEnd,
    BilledCost: difference,
    EffectiveCost: zero,
    ListCost: hasListPrices(cur) ? zero : nullOf("decimal"),
    ContractedCost: zero,
    PricingCategory: text("Other"),
    PricingQuantity: nullOf("decimal"),
    PricingUnit: nullOf("text"),
    ConsumedQuantity: nullOf("decimal"),
    ConsumedUnit: nullOf("text"),
    ListUnitPrice: nullOf("decimal"),
    ContractedUnitPrice: nullOf("decimal"),
    CommitmentDiscountId: nullOf("text"),
    CommitmentDiscountCategory: nullOf("text"),
    CommitmentDiscountType: nullOf("text"),
    CommitmentDiscountStatus: nullOf("text"),
    CommitmentDiscountQuantity: nullOf("decimal"),
    CommitmentDiscountUnit: nullOf("text"),
    ResourceId: nullOf("text"),
    ResourceType: nullOf("text"),
    SkuId: nullOf("text"),
    SkuMeter: nullOf("text"),
    SkuPriceId: nullOf("text"),
    SkuPriceDetails: nullOf("text"),
    Tags: nullOf("map"),
  };
  return { isCarrier, branches: [{ name: "savings plan difference", when: isCarrier, columns }] };
};
