import type { InvoiceReconciliation } from "../../insight/reconcile/reconcile-invoices.ts";
import type { CheckedFiles } from "../commands/reconcile.ts";
import type { Block, Document, Table } from "../output/document.ts";

const filesTable = ({ lines }: CheckedFiles): Table => ({
  kind: "table",
  id: "files",
  columns: [
    { name: "Bill", kind: "text" },
    { name: "Period", kind: "text" },
    { name: "Column", kind: "text" },
    { name: "Files", kind: "number" },
    { name: "Lake", kind: "number" },
    { name: "Quarantine", kind: "number", optional: true },
    { name: "Rounding", kind: "number", optional: true },
    { name: "Difference", kind: "number" },
    { name: "", kind: "status" },
  ],
  rows: lines.map((line) => [
    line.instance,
    line.billingPeriod?.slice(0, 7) ?? "(unreadable)",
    `${line.column} ${line.currency}`,
    line.files,
    line.lake,
    line.quarantined,
    line.rounding,
    line.difference,
    line.status,
  ]),
});

const invoicesTable = (lines: readonly InvoiceReconciliation[]): Table => ({
  kind: "table",
  id: "invoices",
  columns: [
    { name: "Invoice", kind: "text" },
    { name: "Period", kind: "text" },
    { name: "Amount", kind: "number" },
    { name: "Lake, exact", kind: "number", optional: true },
    { name: "Lake, rounded", kind: "number" },
    { name: "Difference", kind: "number" },
    { name: "Bound", kind: "number", optional: true },
    { name: "", kind: "status" },
    { name: "Why", kind: "text", wrap: true },
  ],
  rows: lines.map(({ invoice, billed, billedRounded, difference, bound, status, rates, why }) => [
    invoice.id ?? invoice.account ?? "all accounts",
    `${invoice.period} ${invoice.currency}`,
    invoice.amount,
    billed,
    billedRounded,
    difference,
    bound,
    status,
    [why, ...rates].join("; "),
  ]),
});

const verdict = (what: string, statuses: readonly string[]): Block => {
  const off = statuses.filter((status) => status === "off").length;
  if (off > 0) return { kind: "text", text: `✗ ${off} of ${statuses.length} ${what} are off`, tone: "bad" };
  const exact = statuses.filter((status) => status === "exact").length;
  return {
    kind: "text",
    text: `✓ ${exact} of ${statuses.length} ${what} are exact, none is off`,
    tone: "good",
  };
};

/** The page of `trimtab reconcile`. */
export const reconcileDocument = (
  files: CheckedFiles,
  invoices: readonly InvoiceReconciliation[],
): Document => {
  const blocks: Block[] = [];
  if (files.lines.length > 0)
    blocks.push(
      { kind: "heading", text: "Files against the lake" },
      filesTable(files),
      verdict(
        "sums",
        files.lines.map(({ status }) => status),
      ),
    );
  if (files.gone.length > 0)
    blocks.push({
      kind: "text",
      text: `${files.gone.length} files that live loads were made of are gone or have changed, such as ${files.gone[0]}: not compared.`,
      tone: "warn",
    });
  if (invoices.length > 0)
    blocks.push(
      { kind: "heading", text: "The lake against invoices" },
      invoicesTable(invoices),
      verdict(
        "invoices",
        invoices.map(({ status }) => status),
      ),
    );
  if (blocks.length === 0)
    blocks.push({
      kind: "text",
      text: "There is nothing to compare: the lake is empty. Load a bill: trimtab ingest FILE…",
    });
  return { title: "Reconciliation", blocks };
};
