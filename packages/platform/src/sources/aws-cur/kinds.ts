import { and, call, cases, coalesce, type Expr, eq, nullOf, or, text } from "../../sql/expr.ts";
import type { CurColumns } from "./cur-columns.ts";
import type { LineItem } from "./line-item.ts";
import {
  COVERED_BY_RESERVATION,
  COVERED_BY_SAVINGS_PLAN,
  CREDIT,
  DISCOUNTS,
  FEE,
  FLAT_RATE,
  REFUND,
  RESERVATION_FEE,
  SAVINGS_PLAN_FEE,
  SAVINGS_PLAN_UPFRONT,
  TAX,
  USAGE,
} from "./line-item-types.ts";

const isUsage = (row: LineItem) => row.is(USAGE, COVERED_BY_RESERVATION, COVERED_BY_SAVINGS_PLAN);

/**
 * As the FinOps Foundation's converter does, with FOCUS 1.0's Credit where that still said Adjustment. A type that is
 * none of these is an Adjustment: it is kept with its amount, and `x_LineItemType` names it.
 * @see https://github.com/finopsfoundation/focus_converters, conversion rules of AWS (read 2026-11-21)
 */
export const chargeCategory = (row: LineItem): Expr<"text"> =>
  cases(
    "text",
    [
      [or(isUsage(row), row.is(...DISCOUNTS)), text("Usage")],
      [row.is(RESERVATION_FEE, SAVINGS_PLAN_FEE, FEE, SAVINGS_PLAN_UPFRONT, FLAT_RATE), text("Purchase")],
      [row.is(TAX), text("Tax")],
      [row.is(CREDIT), text("Credit")],
    ],
    text("Adjustment"),
  );

/** A refund returns what an earlier invoice had charged. */
export const chargeClass = (row: LineItem): Expr<"text"> =>
  cases("text", [[row.is(REFUND), text("Correction")]]);

export const chargeFrequency = (row: LineItem): Expr<"text"> =>
  cases(
    "text",
    [
      [or(isUsage(row), row.is(...DISCOUNTS)), text("Usage-Based")],
      [row.is(RESERVATION_FEE, SAVINGS_PLAN_FEE, FLAT_RATE), text("Recurring")],
    ],
    text("One-Time"),
  );

/** Spot prices move; what a commitment covers is committed; the rest of usage and every purchase has a set price. */
export const pricingCategory = (cur: CurColumns, row: LineItem): Expr<"text"> => {
  const isSpot = or(
    call("boolean", "contains", coalesce(row.usageType, text("")), text("SpotUsage")),
    eq(coalesce(cur.product("marketoption"), text("")), text("Spot")),
  );
  return cases(
    "text",
    [
      [row.is(COVERED_BY_RESERVATION, COVERED_BY_SAVINGS_PLAN), text("Committed")],
      [and(row.is(USAGE), isSpot), text("Dynamic")],
      [
        row.is(USAGE, RESERVATION_FEE, SAVINGS_PLAN_FEE, FEE, SAVINGS_PLAN_UPFRONT, FLAT_RATE),
        text("Standard"),
      ],
      [row.is(TAX), nullOf("text")],
    ],
    text("Other"),
  );
};
