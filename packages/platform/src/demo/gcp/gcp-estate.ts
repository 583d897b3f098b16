import { decimal, formatFixed, type Month, month, sumDecimals } from "@trimtab/domain";
import type { Delivery, PublishedAmount } from "../estate.ts";
import { gcpBill } from "./gcp-bill.ts";
import type { GcpCharge } from "./gcp-charge.ts";
import { createGcpRowWriter } from "./gcp-export-row.ts";
import type { GcpAccount } from "./gcp-line.ts";
import { invoiceMonthOf } from "./pacific-time.ts";

interface Restatement {
  readonly month: Month;
  /** The first delivery held what had been exported before this moment. */
  readonly firstExportedBefore: string;
  readonly label: string;
}

/** The bill as its table was extracted, one file an invoice month; restated months come again, whole, in a later delivery. */
export function gcpDeliveries(account: GcpAccount, restatement?: Restatement): Delivery[] {
  const table = `gcp_billing_export_resource_v1_${account.billingAccount.replaceAll("-", "_")}`;
  const byMonth = Map.groupBy(gcpBill(account), ({ start }) => invoiceMonthOf(start));
  const write = createGcpRowWriter(account);
  const file = (of: Month, charges: readonly GcpCharge[]) => ({
    kind: "gzip" as const,
    path: `${of}.ndjson.gz`,
    content: `${charges.map(write).join("\n")}\n`,
  });
  const firstFiles = [...byMonth].map(([of, charges]) => {
    const isRestated = of === restatement?.month;
    return file(
      of,
      isRestated ? charges.filter(({ exportTime }) => exportTime < restatement.firstExportedBefore) : charges,
    );
  });
  const first: Delivery = {
    folder: table,
    label: "the export, one file an invoice month",
    files: firstFiles,
  };
  if (restatement === undefined) return [first];
  const again = file(restatement.month, byMonth.get(restatement.month) ?? []);
  return [first, { folder: `restated/${table}`, label: restatement.label, files: [again] }];
}

/** Net amounts by service over all targets of the account. */
export function publishedOf(account: GcpAccount): PublishedAmount[] {
  const byService = Map.groupBy(
    account.targets.flatMap(({ services }) => services),
    ({ name }) => name,
  );
  return [...byService].map(([name, amounts]) => ({
    name,
    amount: formatFixed(sumDecimals(amounts.map(({ amount }) => decimal(amount))), 2),
  }));
}

export const restatedOctober: Restatement = {
  month: month("2025-10"),
  firstExportedBefore: "2025-11-02T00:00:00Z",
  label: "October again, extracted on 2025-11-06: usage of its last three days that came late is in it",
};
