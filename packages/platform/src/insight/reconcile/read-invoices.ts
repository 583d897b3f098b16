import { add, currencyCode, decimal, formatDecimal, month, tryDecimal } from "@trimtab/domain";
import { parse } from "csv-parse/sync";
import { reconcileErrors } from "./errors.ts";

/** What an invoice says. */
export interface Invoice {
  /** The provider's invoice id (FOCUS InvoiceId). */
  readonly id?: string;
  /** Billing account (FOCUS BillingAccountId). */
  readonly account?: string;
  /** Billing period, `2026-06`. */
  readonly period: string;
  readonly currency: string;
  /** Amount to pay, decimal text. */
  readonly amount: string;
  /** Lines that were each rounded; absent: one per service and account. */
  readonly lines?: number;
}

type Row = Readonly<Record<string, string>>;

const fail = (file: string, line: number, problem: string) =>
  reconcileErrors.create("INVOICE_FILE_INVALID", { file, line, problem });

const checked = <T>(file: string, line: number, read: () => T): T => {
  try {
    return read();
  } catch (error) {
    throw fail(file, line, error instanceof Error ? error.message : String(error));
  }
};

const plainInvoice = (file: string, row: Row, line: number): Invoice => {
  const { period = "", currency = "", amount = "", invoice = "", account = "", lines = "" } = row;
  checked(file, line, () => month(period));
  checked(file, line, () => currencyCode(currency));
  if (tryDecimal(amount) === undefined)
    throw fail(file, line, `the amount ${amount || "is missing"} is no number`);
  if (lines !== "" && !/^[1-9]\d{0,8}$/.test(lines))
    throw fail(file, line, `lines must be a whole number, not ${lines}`);
  return {
    period,
    currency,
    amount,
    ...(invoice === "" ? {} : { id: invoice }),
    ...(account === "" ? {} : { account }),
    ...(lines === "" ? {} : { lines: Number(lines) }),
  };
};

/** One invoice per id, account, period and currency of a FOCUS InvoiceDetail data set. Voided ones count nothing. */
const fromInvoiceDetail = (file: string, rows: readonly Row[]): readonly Invoice[] => {
  const live = rows
    .map((row, index) => ({ row, line: index + 2 }))
    .filter(({ row }) => row.InvoiceIssueStatus !== "Voided");
  const keyOf = ({ row }: { row: Row }) =>
    JSON.stringify([
      row.InvoiceId,
      row.BillingAccountId,
      row.BillingPeriodStart?.slice(0, 7),
      row.BillingCurrency,
    ]);
  return [...Map.groupBy(live, keyOf).values()].map((own) => {
    const [{ row, line }] = own as [{ row: Row; line: number }];
    const period = row.BillingPeriodStart?.slice(0, 7) ?? "";
    const amount = own
      .map((item) => checked(file, item.line, () => decimal(item.row.BilledCost ?? "")))
      .reduce((total, part) => add(total, part));
    return {
      ...plainInvoice(
        file,
        { period, currency: row.BillingCurrency ?? "", amount: formatDecimal(amount) },
        line,
      ),
      lines: own.length,
      ...(row.InvoiceId ? { id: row.InvoiceId } : {}),
      ...(row.BillingAccountId ? { account: row.BillingAccountId } : {}),
    };
  });
};

/**
 * Invoices from CSV: our own short form, or a FOCUS 1.4 InvoiceDetail data set, told apart by their headers.
 * @throws INVOICE_FILE_INVALID naming file and line
 */
export const readInvoices = (text: string, file: string): readonly Invoice[] => {
  let rows: Row[];
  try {
    rows = parse(text, {
      columns: (names: string[]) => names.map((name) => name.trim()),
      bom: true,
      skip_empty_lines: true,
      trim: true,
    });
  } catch (error) {
    const line = error instanceof Error && "lines" in error ? Number(error.lines) : 1;
    throw fail(file, line, error instanceof Error ? error.message : String(error));
  }
  const [first] = rows;
  if (first === undefined) throw fail(file, 1, "it holds no invoice");
  if ("InvoiceDetailId" in first) return fromInvoiceDetail(file, rows);
  for (const name of ["period", "currency", "amount"])
    if (!(name in first)) throw fail(file, 1, `the column ${name} is missing`);
  return rows.map((row, index) => plainInvoice(file, row, index + 2));
};
