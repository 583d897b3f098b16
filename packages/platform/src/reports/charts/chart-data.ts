import type { DataColumn, DataTable } from "../data-table.ts";
import type { ChartSpec } from "./chart-spec.ts";
import { NO_VALUE } from "./format.ts";

/** A row as a chart needs it. */
export interface ChartRow {
  /** Its label on the time axis; empty without one. */
  readonly time: string;
  /** Its dimensions, in the order of the columns. */
  readonly keys: readonly string[];
  /** Decimal text; null: unknown. */
  readonly value: string | null;
  /** The same column a period before, where the query compares. */
  readonly previous: string | null;
  /** The exact rest of a top list. */
  readonly isOther: boolean;
  /** Where a waterfall stands, not what changes it. */
  readonly isLevel: boolean;
}

/** Which columns of an answer a chart draws. */
export interface ChartData {
  readonly measure: DataColumn;
  readonly dimensions: readonly DataColumn[];
  readonly hasTime: boolean;
  readonly hasPrevious: boolean;
  readonly rows: readonly ChartRow[];
}

/** Columns that can be drawn: those that are no change and no previous value of another. */
export const drawnColumns = ({ columns }: DataTable): readonly DataColumn[] =>
  columns.filter(
    ({ role, aspect }) =>
      role === "measure" && (aspect === undefined || aspect === "current" || aspect === "unit"),
  );

/** Undefined where the answer has nothing that this chart could draw. */
export const chartData = (table: DataTable, spec: ChartSpec): ChartData | undefined => {
  const drawn = drawnColumns(table);
  const asked = spec.measure;
  const measure =
    asked === undefined
      ? drawn[0]
      : (drawn.find(({ name }) => name === asked) ?? drawn.find((column) => column.measure === asked));
  if (measure === undefined) return undefined;
  const at = table.columns.indexOf(measure);
  const before = table.columns.findIndex(
    ({ aspect, measure: of, currency }) =>
      aspect === "previous" && of === measure.measure && currency === measure.currency,
  );
  const timeAt = table.columns.findIndex(({ role }) => role === "time");
  const keysAt = table.columns.flatMap(({ role }, index) => (role === "dimension" ? [index] : []));
  const other = new Set(table.other ?? []);
  const levels = new Set(table.levels ?? []);
  return {
    measure,
    dimensions: keysAt.flatMap((index) => table.columns[index] ?? []),
    hasTime: timeAt >= 0,
    hasPrevious: before >= 0,
    rows: table.rows.map((row, index) => ({
      time: timeAt < 0 ? "" : (row[timeAt] ?? ""),
      keys: keysAt.map((key) => row[key] ?? NO_VALUE),
      value: row[at] ?? null,
      previous: before < 0 ? null : (row[before] ?? null),
      isOther: other.has(index),
      isLevel: levels.has(index),
    })),
  };
};

/** The position of a decimal on the page, the one place where an amount becomes a floating-point number. */
export const position = (text: string | null): number | null => (text === null ? null : Number(text));

/** The exact sum of decimal texts; null where one is unknown. */
export const sumTexts = (texts: readonly (string | null)[]): string | null => {
  let units = 0n;
  let scale = 0;
  for (const text of texts) {
    if (text === null) return null;
    const [, sign = "", whole = "0", fraction = ""] = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
    const places = Math.max(scale, fraction.length);
    const value = BigInt(`${whole}${fraction}`) * 10n ** BigInt(places - fraction.length);
    units = units * 10n ** BigInt(places - scale) + (sign === "-" ? -value : value);
    scale = places;
  }
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, "0");
  const split = digits.length - scale;
  const number = scale === 0 ? digits : `${digits.slice(0, split)}.${digits.slice(split)}`;
  return units < 0n ? `-${number}` : number;
};

export const joined = (keys: readonly string[]): string => keys.join(" · ");

/** Whether nothing in the answer costs nothing: then a missing row is zero, not unknown. */
export const isAdditive = ({ kind }: DataColumn): boolean =>
  kind === "money" || kind === "quantity" || kind === "count";

/** Every month or day from the first to the last label; other labels as they came. */
export const everyTime = (labels: readonly string[]): readonly string[] => {
  const known = [...new Set(labels)].sort();
  const [first = "", last = ""] = [known[0], known.at(-1)];
  const isMonth = known.every((label) => /^\d{4}-\d{2}$/.test(label));
  if (!isMonth && !isDaily(known)) return known;
  const filled: string[] = [];
  for (let label = first; label <= last && filled.length < 5000; label = next(label, isMonth))
    filled.push(label);
  return filled;
};

/** Weeks are dated by their Mondays: only two days in a row tell that labels are days. */
const isDaily = (known: readonly string[]): boolean =>
  known.every((label) => /^\d{4}-\d{2}-\d{2}$/.test(label)) &&
  known.some((label, index) => index > 0 && next(known[index - 1] ?? "", false) === label);

const next = (label: string, isMonth: boolean): string => {
  const date = new Date(isMonth ? `${label}-01T00:00:00Z` : `${label}T00:00:00Z`);
  if (isMonth) date.setUTCMonth(date.getUTCMonth() + 1);
  else date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, isMonth ? 7 : 10);
};
