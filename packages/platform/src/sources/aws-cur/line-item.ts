import {
  and,
  call,
  cases,
  coalesce,
  concat,
  type Expr,
  isNull,
  isOneOf,
  lit,
  nullOf,
  text,
} from "../../sql/expr.ts";
import { ISO_TIMESTAMPS } from "../shared/timestamp-formats.ts";
import { type CurColumn, type CurColumns, spellings } from "./cur-columns.ts";
import { FEE, RESERVATION_FEE, SAVINGS_PLAN_FEE, SAVINGS_PLAN_UPFRONT } from "./line-item-types.ts";

/** What every rule asks of a row: whose it is, when, and of which kind. */
export interface LineItem {
  readonly variant: string;
  readonly type: Expr<"text">;
  is(...types: readonly string[]): Expr<"boolean">;
  readonly account: Expr<"text">;
  readonly usageAccount: Expr<"text">;
  readonly billingPeriod: Expr<"timestamp">;
  readonly billingPeriodEnd: Expr<"timestamp">;
  readonly start: Expr<"timestamp">;
  readonly end: Expr<"timestamp">;
  readonly currency: Expr<"text">;
  readonly resourceId: Expr<"text">;
  readonly reservationArn: Expr<"text">;
  readonly savingsPlanArn: Expr<"text">;
  readonly usageType: Expr<"text">;
  readonly productCode: Expr<"text">;
  /** Tells rows of one delivery apart; AWS's own line item id is unique only within one of its files. */
  readonly identity: Expr<"text">;
}

const time = (cur: CurColumns, column: CurColumn, required: boolean): Expr<"timestamp"> =>
  cur.input.timestamp({ formats: ISO_TIMESTAMPS, required }, ...spellings(column));

const startOf = (unit: "day" | "month" | "hour", instant: Expr<"timestamp">): Expr<"timestamp"> =>
  call("timestamp", "dateTrunc", text(unit), instant);

/** Fees end at 23:59:59 where FOCUS wants the first instant after. */
const exclusiveEnd = (isFee: Expr<"boolean">, end: Expr<"timestamp">): Expr<"timestamp"> => {
  const isLastSecond = isOneOf(call("text", "formatTimestamp", end, text("%M:%S")), "59:59");
  const next = call("timestamp", "addHours", startOf("hour", end), lit("bigint", 1));
  return cases("timestamp", [[and(isFee, isLastSecond), next]], end);
};

const requireText = (cur: CurColumns, column: CurColumn): Expr<"text"> => {
  const value = cur.input.define(column, cur.text(column));
  cur.input.reject({ column, reason: "is empty", bad: isNull(value), raw: nullOf("text") });
  return value;
};

/** Without an end column the line item's interval tells it, and without that the day after the start. */
const readEnd = (cur: CurColumns, start: Expr<"timestamp">): Expr<"timestamp"> => {
  if (cur.has("lineItem/UsageEndDate")) return time(cur, "lineItem/UsageEndDate", true);
  const until = call("text", "splitPart", cur.text("identity/TimeInterval"), text("/"), lit("bigint", 2));
  const parsed = call("timestamp", "parseTimestamp", until, text(ISO_TIMESTAMPS[0] ?? ""));
  return coalesce(parsed, call("timestamp", "addDays", start, lit("bigint", 1)));
};

const readPeriod = (cur: CurColumns, start: Expr<"timestamp">): Expr<"timestamp"> =>
  cur.has("bill/BillingPeriodStartDate")
    ? startOf("day", time(cur, "bill/BillingPeriodStartDate", true))
    : startOf("month", start);

export const readLineItem = (cur: CurColumns, variant: string): LineItem => {
  const type = requireText(cur, "lineItem/LineItemType");
  const is = (...types: readonly string[]): Expr<"boolean"> => isOneOf(type, ...types);
  const start = time(cur, "lineItem/UsageStartDate", true);
  const billingPeriod = readPeriod(cur, start);
  const usageAccount = cur.text("lineItem/UsageAccountId");
  const isFee = is(FEE, RESERVATION_FEE, SAVINGS_PLAN_FEE, SAVINGS_PLAN_UPFRONT);
  const resourceId = cur.input.define("resourceId", cur.text("lineItem/ResourceId"));
  const usageType = cur.input.define("usageType", cur.text("lineItem/UsageType"));
  const id = cur.text("identity/LineItemId");
  const parts = [id, usageAccount, resourceId, usageType, cur.text("lineItem/Operation")];
  const written = [...parts, call("text", "toText", start)].map((part) => coalesce(part, text("")));
  return {
    variant,
    type,
    is,
    account: coalesce(cur.text("bill/PayerAccountId"), usageAccount, text("unknown")),
    usageAccount,
    billingPeriod,
    billingPeriodEnd: coalesce(
      time(cur, "bill/BillingPeriodEndDate", false),
      call("timestamp", "addMonths", billingPeriod, lit("bigint", 1)),
    ),
    start,
    end: exclusiveEnd(isFee, readEnd(cur, start)),
    currency: requireText(cur, "lineItem/CurrencyCode"),
    resourceId,
    reservationArn: cur.input.define("reservationArn", cur.text("reservation/ReservationARN")),
    savingsPlanArn: cur.input.define("savingsPlanArn", cur.text("savingsPlan/SavingsPlanARN")),
    usageType,
    productCode: cur.input.define("productCode", cur.text("lineItem/ProductCode")),
    identity: concat(...written.flatMap((part) => [part, text("|")])),
  };
};
