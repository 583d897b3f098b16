import { join } from "node:path";
import { quoteIdent, quoteText } from "../../sql/dialect.ts";
import { parquetOf } from "../database.ts";
import { sqlIn } from "./input-group.ts";
import { computedSql, twinTable, workSql } from "./relation-sql.ts";
import { PARQUET_OPTIONS, type StageContext, type StagedGroup } from "./stage.ts";

/** Computes the values of a group once: its rows are asked for their keys, then surveyed, then mapped by branches. */
const materialise = async (
  { run, folder, signal }: StageContext,
  staged: StagedGroup,
  index: number,
): Promise<StagedGroup> => {
  const { group } = staged;
  const target = join(folder, `computed-${index}.parquet`);
  const select = `SELECT * FROM ${computedSql(group, staged.from)}`;
  await run({ text: `COPY (${select}) TO ${quoteText(target)} (${PARQUET_OPTIONS})` }, { signal });
  const from = parquetOf([target]);
  return { ...staged, from, base: workSql(group, from) };
};

/**
 * Makes the tables by which groups of one source know the rows that its other variants hold too. Groups without twin
 * keys pass as they are.
 */
export const prepareTwins = async (
  context: StageContext,
  all: readonly StagedGroup[],
): Promise<readonly StagedGroup[]> => {
  const prepared: StagedGroup[] = [];
  for (const [index, staged] of all.entries())
    prepared.push(
      staged.group.mapping.twinKey === undefined ? staged : await materialise(context, staged, index),
    );
  const keyed = prepared.filter(({ group }) => group.mapping.twinKey !== undefined);
  for (const [table, [own]] of Map.groupBy(keyed, ({ group }) => twinTable(group))) {
    const others = keyed.filter(
      ({ group }) => group.source === own?.group.source && group.variant !== own.group.variant,
    );
    const keys = others.flatMap(({ group, from }) =>
      group.mapping.twinKey === undefined
        ? []
        : [`SELECT ${sqlIn(group)(group.mapping.twinKey)} AS key FROM ${from}`],
    );
    const select = keys.length === 0 ? "SELECT '' AS key WHERE false" : keys.join(" UNION ");
    await context.run({
      text:
        `CREATE OR REPLACE TEMPORARY TABLE ${quoteIdent(table)} AS ` +
        `SELECT key FROM (${select}) WHERE key IS NOT NULL`,
    });
  }
  return prepared;
};
