import { compare, type Decimal, decimal, equals, formatDecimal, sumDecimals } from "@trimtab/domain";
import type { QueryResult } from "../../query/types.ts";
import type { Cell, Table, TableColumn } from "../output/document.ts";

const MOST_COLUMNS = 13;
/** Measures of which a group without charges has none: zero, not unknown. */
const ADDITIVE = new Set(["effective", "billed", "list", "contracted"]);

interface Line {
  readonly keys: readonly Cell[];
  readonly values: Map<string, string | null>;
  readonly isOther: boolean;
}

/**
 * One amount over time by dimensions, with a column a month (or day, …), a total and a trend; undefined where the
 * answer has another shape or too many columns to read. Largest first, the rest last.
 */
export function pivotTable(result: QueryResult): Table | undefined {
  const { columns, rows, total } = result;
  const timeAt = columns.findIndex(({ role }) => role === "time");
  const keyAt = columns.flatMap(({ role }, index) => (role === "dimension" ? [index] : []));
  const measureAt = columns.flatMap(({ role }, index) => (role === "measure" ? [index] : []));
  const [at] = measureAt;
  const measure = at === undefined ? undefined : columns[at];
  const isPlain = measure?.kind === "money" && ADDITIVE.has(measure.measure ?? "") && measureAt.length === 1;
  if (timeAt < 0 || keyAt.length === 0 || at === undefined || !isPlain) return undefined;
  const times = [...new Set(rows.map((row) => row[timeAt] ?? ""))].sort();
  if (times.length < 2 || times.length > MOST_COLUMNS) return undefined;
  const lines = groupLines(result, { timeAt, keyAt, at });
  const sums = times.map((time) => sumDecimals(lines.map(({ values }) => decimal(values.get(time) ?? "0"))));
  const isWhole = total[at] !== null && equals(sumDecimals(sums), decimal(total[at] ?? "0"));
  if (!isWhole) return undefined;
  const hasUnknown = lines.some(({ values }) => [...values.values()].includes(null));
  return {
    kind: "table",
    id: "result",
    columns: [
      ...keyAt.map((index): TableColumn => ({ name: columns[index]?.name ?? "", kind: "text" })),
      ...times.map((name): TableColumn => ({ name, kind: "amount" })),
      { name: "total", kind: "amount" },
      { name: "trend", kind: "trend" },
    ],
    rows: lines.map((line) => [...line.keys, ...valuesOf(line, times), totalOf(line), valuesOf(line, times)]),
    total: [
      "Total",
      ...keyAt.slice(1).map(() => null),
      ...sums.map((sum) => (hasUnknown ? null : formatDecimal(sum))),
      total[at] ?? null,
      hasUnknown ? null : sums.map(formatDecimal),
    ],
  };
}

function groupLines(
  { rows, other }: QueryResult,
  { timeAt, keyAt, at }: { readonly timeAt: number; readonly keyAt: readonly number[]; readonly at: number },
): readonly Line[] {
  const lines = new Map<string, Line>();
  for (const [index, row] of rows.entries()) {
    const keys = keyAt.map((key) => row[key] ?? null);
    const isOther = other.includes(index);
    const id = JSON.stringify([keys, isOther]);
    const line = lines.get(id) ?? { keys, values: new Map<string, string | null>(), isOther };
    line.values.set(row[timeAt] ?? "", row[at] ?? null);
    lines.set(id, line);
  }
  const size = (line: Line): Decimal => decimal(totalOf(line) ?? "0");
  return [...lines.values()].toSorted(
    (a, b) => Number(a.isOther) - Number(b.isOther) || compare(size(b), size(a)),
  );
}

const valuesOf = ({ values }: Line, times: readonly string[]): (string | null)[] =>
  times.map((time) => (values.has(time) ? (values.get(time) ?? null) : "0"));

/** The exact sum, or null where one of its parts is unknown. */
function totalOf({ values }: Line): string | null {
  const parts = [...values.values()];
  if (parts.includes(null)) return null;
  return formatDecimal(sumDecimals(parts.map((part) => decimal(part ?? "0"))));
}
