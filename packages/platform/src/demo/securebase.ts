import { decimal, formatFixed, sumDecimals } from "@trimtab/domain";
import { curBill, curBillSoFar } from "./aws/cur-bill.ts";
import type { CurRow } from "./aws/cur-row.ts";
import { SECUREBASE_METRICS } from "./data/business-metrics.ts";
import { CUR_COLUMNS } from "./data/cur-columns.ts";
import { CUR_LINES, FIRST_DELIVERY_UNTIL, MONTH, SERVICES } from "./data/securebase.ts";
import { type DemoFile, ESTATE_TITLES, type Estate } from "./estate.ts";
import { anomaliesFile } from "./labelled-anomalies.ts";
import { metricFiles, rulesFile } from "./metric-files.ts";

const EXPORT = "securebase-cur2";

function parquetFile(rows: readonly CurRow[]): DemoFile {
  return {
    kind: "parquet",
    path: `data/BILLING_PERIOD=${MONTH.from.slice(0, 7)}/${EXPORT}-00001.snappy.parquet`,
    content: rows.map((row) => JSON.stringify(row)).join("\n"),
    columns: CUR_COLUMNS,
    orderBy: ["line_item_usage_start_date", "identity_line_item_id"],
  };
}

/** One month of an AWS platform in one region, as CUR 2.0; first as of the middle of the month, then whole. */
export function securebase(): Estate {
  const rows = curBill();
  const labelled = CUR_LINES.map((line) => ({
    service: line.productCode,
    resource: line.resource,
    shape: line.shape,
  }));
  return {
    id: "securebase",
    ...ESTATE_TITLES.securebase,
    question: "billed by ServiceName where ChargeCategory != 'Tax'",
    ownerTag: "team",
    period: MONTH,
    total: formatFixed(sumDecimals(SERVICES.map(({ amount }) => decimal(amount))), 2),
    published: SERVICES,
    deliveries: [
      {
        folder: `so-far/${EXPORT}`,
        label: `January up to ${FIRST_DELIVERY_UNTIL}, before its taxes were known`,
        files: [parquetFile(curBillSoFar(rows))],
      },
      { folder: EXPORT, label: "January, whole", files: [parquetFile(rows)] },
    ],
    beside: [
      anomaliesFile("securebase", labelled, []),
      rulesFile(SECUREBASE_METRICS, undefined),
      ...metricFiles("securebase", MONTH, SECUREBASE_METRICS),
    ],
  };
}
