import type { DatasetAnswer } from "../../reports/run/run-report.ts";
import type { LiveReconciliation } from "../lake/reconcile-live.ts";
import {
  figureColumn,
  figurePart,
  shown,
  tablePart,
  tableUnlessEmpty,
  textColumn,
  withheld,
} from "./dataset-parts.ts";

/** The bills' files against the lake, to the last digit: sums that differ come first. */
export const reconciliationSet = (
  { lines, filesGone }: LiveReconciliation,
  { limit }: { readonly limit: number },
): DatasetAnswer => {
  if (lines.length === 0 && filesGone.length === 0) return withheld("There are no bills yet.");
  const off = lines.filter(({ status }) => status === "off");
  const exact = lines.filter(({ status }) => status === "exact");
  const count = (value: number) => ({ kind: "count", value: String(value) }) as const;
  const money = (name: string) => figureColumn(name, "money");
  // Rounding and differences are far below a cent: as text, every digit is seen on paper, too.
  const columns = [
    ...["Source", "Month", "Currency", "Column"].map(textColumn),
    ...["In the files", "In the lake", "In quarantine"].map(money),
    ...["Rounding", "Difference", "Verdict"].map(textColumn),
  ];
  return shown([
    figurePart({
      ...{ id: "sums-exact", title: "Sums that agree", better: "more", value: count(exact.length) },
      remark: "to the last digit, with quarantine and rounding told",
    }),
    figurePart({ id: "sums-off", title: "Sums that differ", better: "less", value: count(off.length) }),
    figurePart({
      ...{ id: "files-missing", title: "Files that can't be compared", value: count(filesGone.length) },
      remark: "gone, or changed since they were loaded",
    }),
    ...(lines.length === 0
      ? []
      : [
          tablePart({
            ...{ id: "sums", title: "Files against the lake", columns, limit },
            rows: [...off, ...exact].map((line) => [
              ...[line.instance, line.billingPeriod?.slice(0, 7) ?? null, line.currency, line.column],
              ...[line.files, line.lake, line.quarantined, line.rounding, line.difference],
              line.status === "exact" ? "exact" : "differs",
            ]),
          }),
        ]),
    ...tableUnlessEmpty({
      ...{ id: "files-gone", title: "Files that are gone, or changed since they were loaded", limit },
      columns: [textColumn("File")],
      rows: filesGone.map((file) => [file]),
    }),
  ]);
};
