import { and, type Expr, eq, isNotNull, isNull, no, not, or, zero } from "../../sql/expr.ts";
import {
  type Amount,
  addAmounts,
  amountIn,
  choose,
  nothing,
  orElse,
  subtractAmounts,
  unknown,
} from "./amount.ts";
import type { CurColumn, CurColumns } from "./cur-columns.ts";
import type { LineItem } from "./line-item.ts";
import {
  COVERED_BY_RESERVATION,
  COVERED_BY_SAVINGS_PLAN,
  DISCOUNTS,
  FEE,
  NEGATION,
  RESERVATION_FEE,
  SAVINGS_PLAN_FEE,
  SAVINGS_PLAN_UPFRONT,
} from "./line-item-types.ts";

/** What a line item costs, before any of it is split among the tasks or pods of an instance. */
export interface Money {
  /** Net columns are there, so negotiated discounts are folded into the rows. */
  readonly isNet: boolean;
  /** The cost that AWS's own columns add up to: net where there is one, else unblended. Blended is never read. */
  readonly cash: Amount;
  readonly billed: Amount;
  readonly effective: Amount;
  /** The part of a commitment's recurring fee row that nobody used. */
  readonly unused: Amount;
  readonly hasUnused: Expr<"boolean">;
  /** A discount row whose amount the net columns hold already. */
  readonly isFolded: Expr<"boolean">;
}

/** The net column where discounts are folded and it has a value, else the plain one; unknown without either. */
const priced = (cur: CurColumns, isNet: boolean, net: CurColumn, plain: CurColumn): Amount => {
  const own = cur.has(plain) ? amountIn(cur, plain) : unknown;
  return isNet && cur.has(net) ? orElse(amountIn(cur, net), own) : own;
};

const cashOf = (cur: CurColumns, row: LineItem, isNet: boolean): Amount => {
  const gross = amountIn(cur, "lineItem/UnblendedCost");
  if (!isNet) return gross;
  const net = amountIn(cur, "lineItem/NetUnblendedCost");
  // A legacy report has net columns only in months with discounts, and then in every row. CUR 2.0 always has them, so
  // there an empty one says nothing about the discount rows.
  return row.variant === "legacy"
    ? choose([[row.is(...DISCOUNTS), orElse(net, nothing)]], orElse(net, gross))
    : orElse(net, gross);
};

const reservationUnused = (cur: CurColumns, isNet: boolean): Amount =>
  addAmounts(
    priced(
      cur,
      isNet,
      "reservation/NetUnusedAmortizedUpfrontFeeForBillingPeriod",
      "reservation/UnusedAmortizedUpfrontFeeForBillingPeriod",
    ),
    priced(cur, isNet, "reservation/NetUnusedRecurringFee", "reservation/UnusedRecurringFee"),
  );

/** What AWS amortises: the effective cost of covered usage, nothing for the fees that paid for it. */
const effectiveOf = (cur: CurColumns, row: LineItem, isNet: boolean, cash: Amount): Amount =>
  choose(
    [
      [
        row.is(COVERED_BY_SAVINGS_PLAN),
        priced(cur, isNet, "savingsPlan/NetSavingsPlanEffectiveCost", "savingsPlan/SavingsPlanEffectiveCost"),
      ],
      [
        row.is(COVERED_BY_RESERVATION),
        priced(cur, isNet, "reservation/NetEffectiveCost", "reservation/EffectiveCost"),
      ],
      [
        or(
          row.is(RESERVATION_FEE, SAVINGS_PLAN_FEE, SAVINGS_PLAN_UPFRONT, NEGATION),
          and(row.is(FEE), isNotNull(row.reservationArn)),
        ),
        nothing,
      ],
    ],
    cash,
  );

/**
 * Amortisation as AWS's own queries do it.
 * @see https://docs.aws.amazon.com/cur/latest/userguide/cur-sp.html and amortized-reservation.html, and the CUR query
 *   library at https://www.wellarchitectedlabs.com/cost/300_labs/300_cur_queries/query_help/ (read 2026-11-21)
 */
export const readMoney = (cur: CurColumns, row: LineItem): Money => {
  const isNet = cur.mayHold("lineItem/NetUnblendedCost");
  const cash = cashOf(cur, row, isNet);
  const billed = choose([[row.is(COVERED_BY_SAVINGS_PLAN), nothing]], cash);
  const savingsPlanUnused = subtractAmounts(
    amountIn(cur, "savingsPlan/TotalCommitmentToDate"),
    amountIn(cur, "savingsPlan/UsedCommitment"),
  );
  const leftOver = choose(
    [
      [row.is(RESERVATION_FEE), reservationUnused(cur, isNet)],
      [row.is(SAVINGS_PLAN_FEE), savingsPlanUnused],
    ],
    nothing,
  );
  const unused = orElse(leftOver, nothing);
  const isFolded = isNet ? and(row.is(...DISCOUNTS), eq(cash.value, zero)) : no;
  cur.input.reject({
    column: "lineItem/UnblendedCost",
    reason: "a line item has no cost",
    bad: isNull(cash.value),
    raw: cur.text("lineItem/UnblendedCost"),
  });
  return {
    isNet,
    cash: named(cur, "cash", cash),
    billed: named(cur, "billed", billed),
    effective: named(cur, "effective", effectiveOf(cur, row, isNet, cash)),
    unused: named(cur, "unused", unused),
    hasUnused: not(eq(unused.value, zero)),
    isFolded,
  };
};

const named = (cur: CurColumns, name: string, amount: Amount): Amount => ({
  ...amount,
  value: cur.input.define(name, amount.value),
});
