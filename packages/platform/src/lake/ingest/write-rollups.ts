import { stat } from "node:fs/promises";
import { join, posix } from "node:path";
import { quoteIdent, quoteText } from "../../sql/dialect.ts";
import type { RollupFile } from "../manifest.ts";
import type { LakeStorage } from "../storage/storage.ts";
import { DAY, DAY_TOTALS, ROLLUP_MEASURES } from "./measure-load.ts";
import { makeRollups, type RollupMaker } from "./rollup.ts";
import { PARQUET_OPTIONS, type Run } from "./stage.ts";

const ROLLUP_TABLE = "rollup";

const overRollup = (name: string): string =>
  /_nulls$|_rows$/.test(name) ? `CAST(sum(${name}) AS BIGINT)` : `sum(${name})`;

const rollupSql = (dimensions: readonly string[]): string => {
  const measures = ROLLUP_MEASURES.map(({ name }) => `${overRollup(name)} AS ${quoteIdent(name)}`);
  return `SELECT ${[DAY, ...dimensions.map(quoteIdent), ...measures].join(", ")} FROM ${DAY_TOTALS} GROUP BY ALL`;
};

const countOf = async (run: Run, table: string): Promise<number> =>
  Number((await run({ text: `SELECT count(*) FROM ${table}` })).rows[0]?.[0] ?? 0);

/** Where rollups go: a folder of the lake, by way of a local one. */
export interface RollupTarget {
  readonly storage: LakeStorage;
  readonly folder: string;
  readonly drafts: string;
}

/** Out of the day totals of the charges, by the embedded engine. */
const makerOf = (run: Run, { storage, folder, drafts }: RollupTarget): RollupMaker => ({
  count: async (dimensions) => {
    await run({ text: `CREATE OR REPLACE TEMP TABLE ${ROLLUP_TABLE} AS ${rollupSql(dimensions)}` });
    return await countOf(run, ROLLUP_TABLE);
  },
  write: async (name) => {
    const path = posix.join(folder, `${name}.parquet`);
    const draft = join(drafts, `rollup-${name}.parquet`);
    await run({ text: `COPY ${ROLLUP_TABLE} TO ${quoteText(draft)} (${PARQUET_OPTIONS})` });
    const bytes = (await stat(draft)).size;
    await storage.put(path, draft);
    return { path, rows: await countOf(run, ROLLUP_TABLE), bytes };
  },
});

/** Writes the rollups of a load whose day totals are made. */
export const writeRollups = async (
  run: Run,
  load: Parameters<typeof makeRollups>[0],
  target: RollupTarget,
): Promise<readonly RollupFile[]> => {
  const rollups = await makeRollups(load, makerOf(run, target));
  await run({ text: `DROP TABLE IF EXISTS ${ROLLUP_TABLE}` });
  return rollups;
};
