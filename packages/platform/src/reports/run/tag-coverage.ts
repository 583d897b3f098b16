import { decimal, divide, formatDecimal, isZero } from "@trimtab/domain";
import type { QueryRequest, QueryResult } from "../../query/types.ts";
import type { DataColumn } from "../data-table.ts";
import type { DatasetAnswer, DatasetQuestion } from "./run-report.ts";

const PLACES = 6;
/** The keys that most estates agree on; a block may name its own. */
const USUAL = ["team", "owner", "environment", "project", "cost-center", "application"] as const;

type Ask = (request: QueryRequest) => Promise<QueryResult>;

/** How much of the cost carries each tag, currency by currency, from the query model: within the reader's scope. */
export const tagCoverage = async (
  ask: Ask,
  tags: readonly string[] | undefined,
  { days, filter }: DatasetQuestion,
): Promise<DatasetAnswer> => {
  const period = days === undefined ? {} : { period: days };
  const whole = await ask({
    measures: ["effective"],
    ...period,
    ...(filter === undefined ? {} : { where: filter }),
  });
  const amounts = whole.columns.flatMap(({ kind }, index) => (kind === "money" ? [index] : []));
  if (amounts.length === 0) return { status: "withheld", reason: "There are no charges in this period." };
  const rows: (string | null)[][] = [];
  for (const tag of tags ?? USUAL) {
    const present = { dimension: `tag:${tag}`, op: "present" } as const;
    const where = filter === undefined ? present : { and: [filter, present] };
    const tagged = await ask({ measures: ["effective"], ...period, where });
    for (const at of amounts) {
      const currency = whole.columns[at]?.currency;
      const found = tagged.columns.findIndex(
        (column) => column.kind === "money" && column.currency === currency,
      );
      const part = found < 0 ? "0" : (tagged.total[found] ?? "0");
      const all = whole.total[at] ?? null;
      if (tags === undefined && isZero(decimal(part))) continue;
      rows.push([
        tag,
        currency ?? "",
        part,
        all,
        all === null || isZero(decimal(all))
          ? null
          : formatDecimal(divide(decimal(part), decimal(all), PLACES)),
      ]);
    }
  }
  if (rows.length === 0)
    return {
      status: "withheld",
      reason: `No charge carries one of the tags ${USUAL.join(", ")}; name your own in the block.`,
    };
  const columns: DataColumn[] = [
    { name: "Tag", role: "dimension", kind: "text" },
    { name: "Currency", role: "dimension", kind: "text" },
    { name: "Cost with the tag", role: "measure", kind: "money" },
    { name: "All cost", role: "measure", kind: "money" },
    { name: "Coverage", role: "measure", kind: "ratio" },
  ];
  const sorted = rows.toSorted((a, b) => Number(b[4] ?? 0) - Number(a[4] ?? 0));
  return {
    status: "shown",
    parts: [
      {
        type: "table",
        id: "tags",
        title: "Cost by tag",
        width: "full",
        heat: false,
        data: { columns, rows: sorted },
      },
    ],
  };
};
