import { quoteIdent } from "../../sql/dialect.ts";
import type { Run } from "../ingest/stage.ts";
import { COST_COLUMNS } from "../manifest.ts";
import { type RowsDigest, readDigest } from "./same-rows.ts";

/** Two hashes of each row, added up and folded: rows that are lost, doubled or changed show in them. */
export const digestOf = async (
  run: Run,
  from: string,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<RowsDigest> => {
  const values = names.map((name) => `r.${quoteIdent(name)}`);
  // The hash of an empty map is that of none.
  const row = `hash(${values.join(", ")}, r.Tags IS NULL)`;
  const sums = COST_COLUMNS.map((name) => `sum(${quoteIdent(name)})`).join(", ");
  const { rows } = await run(
    {
      text:
        `SELECT BillingCurrency, count(*), ${sums}, sum(CAST(h AS HUGEINT)), ` +
        "sum(CAST(hash(h, 'again') AS HUGEINT)), bit_xor(h) " +
        `FROM (SELECT BillingCurrency, ${COST_COLUMNS.map(quoteIdent).join(", ")}, ${row} AS h FROM ${from} AS r) GROUP BY 1`,
    },
    { signal },
  );
  return readDigest(rows);
};
