import {
  abs,
  addMonths,
  compare,
  currencyCode,
  decimal,
  divide,
  firstDayOf,
  formatDecimal,
  isZero,
  minorUnits,
  month,
  multiply,
  roundTo,
  subtract,
} from "@trimtab/domain";
import type { QueryEngine } from "../../query/engines/engine.ts";
import { runQuery } from "../../query/run-query.ts";
import type { Condition, Filter, QueryContext } from "../../query/types.ts";
import { cellOf } from "../analyze/ask.ts";
import type { Invoice } from "./read-invoices.ts";

/**
 * `exact`: equal in the currency's minor unit. `rounding`: within what rounding each line of the invoice can make.
 * `provisional`: differs, but the period is still open. `off`: differs.
 */
export type InvoiceStatus = "exact" | "rounding" | "provisional" | "off";

export interface InvoiceReconciliation {
  readonly invoice: Invoice;
  /** Exact Σ of BilledCost that belongs to it; null: the lake holds nothing of it. */
  readonly billed: string | null;
  /** `billed` rounded half-even to the currency's minor unit. */
  readonly billedRounded: string | null;
  /** invoice − billedRounded. */
  readonly difference: string | null;
  /** Half a minor unit for each line of the invoice. */
  readonly bound: string;
  readonly status: InvoiceStatus;
  /** Rate used where the invoice is in another currency than the bill. */
  readonly rates: readonly string[];
  readonly why: string;
}

const belongsTo = ({ id, account }: Invoice): Filter | undefined => {
  const own: Condition[] = [];
  if (id !== undefined) own.push({ dimension: "InvoiceId", op: "=", value: id });
  if (account !== undefined) own.push({ dimension: "BillingAccountId", op: "=", value: account });
  if (own.length === 0) return undefined;
  return own.length === 1 ? own[0] : { and: own };
};

const WHY: Readonly<Record<InvoiceStatus, string>> = {
  exact: "equal in minor units",
  rounding: "within what rounding each line of the invoice can make",
  provisional: "the billing period is still open: charges may come and change",
  off: "differs by more than rounding can make",
};

/** Lines of an invoice that does not say how many it has: one per service and account. */
const lineCount = async (
  engine: QueryEngine,
  invoice: Invoice,
  request: { readonly where?: Filter; readonly period: { start: string; end: string } },
  context: QueryContext,
): Promise<bigint> => {
  if (invoice.lines !== undefined) return BigInt(invoice.lines);
  const result = await runQuery(
    engine,
    { measures: ["rows"], by: ["ServiceName", "SubAccountId"], timeAxis: "invoice", limit: 1, ...request },
    context,
  );
  return BigInt(Math.max(1, result.rowCount));
};

const reconcileOne = async (
  engine: QueryEngine,
  invoice: Invoice,
  context: QueryContext,
): Promise<InvoiceReconciliation> => {
  const name = month(invoice.period);
  const where = belongsTo(invoice);
  const period = { start: firstDayOf(name), end: firstDayOf(addMonths(name, 1)) };
  const request = { period, ...(where === undefined ? {} : { where }) };
  const currency = currencyCode(invoice.currency);
  const own: QueryContext = { ...context, currency };
  const result = await runQuery(
    engine,
    { measures: ["billed", "rows"], timeAxis: "invoice", ...request },
    own,
  );
  const places = minorUnits(currency) ?? 2;
  const half = divide(decimal("1"), decimal(`2e${places}`), places + 1);
  const bound = multiply(half, decimal(await lineCount(engine, invoice, request, own)));
  const base = { invoice, bound: formatDecimal(bound) };
  const rates = result.rates.map(({ from, to, rate, date }) => `1 ${from} = ${rate} ${to} on ${date}`);
  const billed = cellOf(result, result.total, "billed");
  if (billed === null || cellOf(result, result.total, "rows") === "0") {
    const why = `the lake holds no charges of ${invoice.period}${invoice.id === undefined ? "" : ` on invoice ${invoice.id}`}`;
    return { ...base, billed: null, billedRounded: null, difference: null, status: "off", rates, why };
  }
  const rounded = roundTo(decimal(billed), places, "half-even");
  const difference = subtract(decimal(invoice.amount), rounded);
  const open = result.periods.some(({ status }) => status === "open");
  const status: InvoiceStatus = isZero(difference)
    ? "exact"
    : compare(abs(difference), bound) <= 0
      ? "rounding"
      : open
        ? "provisional"
        : "off";
  return {
    ...base,
    billed,
    billedRounded: formatDecimal(rounded),
    difference: formatDecimal(difference),
    status,
    rates,
    why: WHY[status],
  };
};

/** Compares invoices with the lake's billed cost, each in its own currency and minor units. */
export const reconcileInvoices = async (
  engine: QueryEngine,
  invoices: readonly Invoice[],
  context: QueryContext,
): Promise<readonly InvoiceReconciliation[]> => {
  const { version } = await engine.snapshot(context.lakeVersion);
  const lines: InvoiceReconciliation[] = [];
  for (const invoice of invoices)
    lines.push(await reconcileOne(engine, invoice, { ...context, lakeVersion: version }));
  return lines;
};
