import { formatFixed, tryDecimal } from "@trimtab/domain";
import { lakeErrors } from "../errors.ts";
import { COST_COLUMNS, type CostSums, type LoadEntry } from "../manifest.ts";
import type { CellValue } from "../result-set.ts";

/** What the rows of a load come to, whatever their order. */
export interface RowsDigest {
  readonly rows: number;
  readonly sums: CostSums;
  /** Of every value of every row. */
  readonly digest: string;
}

/** The facts of each currency in a statement's answer: currency, rows, Σ of each cost column, digests. */
export const readDigest = (rows: readonly (readonly CellValue[])[]): RowsDigest => {
  const sums = rows.map(([currency, , ...cells]) => {
    const known = COST_COLUMNS.flatMap((name, index) => {
      const value = cells[index] ?? null;
      return value === null ? [] : [[name, String(value)] as const];
    });
    return [String(currency ?? ""), Object.fromEntries(known)] as const;
  });
  const digests = rows.map(([currency, count, ...cells]) => [
    currency ?? null,
    String(count),
    ...cells.slice(COST_COLUMNS.length).map(String),
  ]);
  return {
    rows: rows.reduce((sum, [, count]) => sum + Number(count), 0),
    sums: Object.fromEntries(sums),
    digest: digests
      .map((line) => JSON.stringify(line))
      .sort()
      .join(),
  };
};

const fixed = (sum: string | undefined): string => {
  const value = sum === undefined ? undefined : tryDecimal(sum);
  return value === undefined ? "unknown" : formatFixed(value, 12);
};

const differenceOf = (load: LoadEntry, old: RowsDigest, rewritten: RowsDigest): string | undefined => {
  for (const [where, { rows, sums }] of [
    ["the files of the load", old],
    ["what was written", rewritten],
  ] as const) {
    if (rows !== load.rows) return `${where} hold ${rows} charges, not ${load.rows}`;
    for (const currency of new Set([...Object.keys(load.sums), ...Object.keys(sums)]))
      for (const name of COST_COLUMNS) {
        const [expected, found] = [fixed(load.sums[currency]?.[name]), fixed(sums[currency]?.[name])];
        if (expected !== found) return `${name} in ${currency} of ${where} is ${found}, not ${expected}`;
      }
  }
  return old.digest === rewritten.digest ? undefined : "some value is not what it was";
};

/**
 * A load may only be replaced by the same charges: rows and sums of the manifest, and every value of every row.
 * @throws LAKE_COMPACTION_DIFFERS
 */
export const requireSameRows = (load: LoadEntry, old: RowsDigest, rewritten: RowsDigest): void => {
  const difference = differenceOf(load, old, rewritten);
  if (difference === undefined) return;
  const { instance, billingPeriod, id } = load;
  throw lakeErrors.create("LAKE_COMPACTION_DIFFERS", {
    instance,
    period: billingPeriod,
    load: id,
    difference,
  });
};
