import { defineErrors } from "@trimtab/domain";

export const reconcileErrors = defineErrors({
  INVOICE_FILE_INVALID: {
    message: "{file}, line {line}: {problem}",
    hint: "Invoices are CSV with the columns period (2026-06), currency, amount, and any of invoice, account and lines; or a FOCUS InvoiceDetail data set.",
    exitCode: 2,
  },
});
