import { type RowsDigest, readDigest } from "../../../../lake/compact/same-rows.ts";
import { COST_COLUMNS } from "../../../../lake/manifest.ts";
import { quoteIdent } from "../../../../sql/dialect.ts";
import type { InsertContext } from "../insert-table.ts";

/**
 * What the rows of a table come to on the cluster, whatever their order: `checksum` adds up a hash of each row, so that
 * rows that are lost, doubled or changed show in it.
 * @see https://trino.io/docs/476/functions/aggregate.html (read 2026-11-22)
 */
export const digestOf = async (
  { client, signal }: InsertContext,
  from: string,
  names: readonly string[],
): Promise<RowsDigest> => {
  const sums = COST_COLUMNS.map((name) => `sum(${quoteIdent(name)})`).join(", ");
  // The hash of an empty map may be that of none.
  const row = `ROW(${names.map(quoteIdent).join(", ")}, "Tags" IS NULL)`;
  const { rows } = await client.run(
    `SELECT "BillingCurrency", count(*), ${sums}, to_hex(checksum(${row})) FROM ${from} GROUP BY 1`,
    { signal },
  );
  return readDigest(rows);
};
