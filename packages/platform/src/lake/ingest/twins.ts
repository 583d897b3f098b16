import { quoteIdent } from "../../sql/dialect.ts";
import { twinKeysSql, twinTable } from "./relation-sql.ts";
import type { Run, StagedGroup } from "./stage.ts";

/**
 * Makes the tables by which groups of one source know the rows that its other variants hold too. Groups without twin
 * keys cost nothing.
 */
export const prepareTwins = async (run: Run, staged: readonly StagedGroup[]): Promise<void> => {
  const keyed = staged.filter(({ group }) => group.mapping.twinKey !== undefined);
  for (const [table, [own]] of Map.groupBy(keyed, ({ group }) => twinTable(group))) {
    if (own === undefined) continue;
    const others = keyed.filter(
      ({ group }) => group.source === own.group.source && group.variant !== own.group.variant,
    );
    const keys = others.flatMap(({ group, from }) => twinKeysSql(group, from) ?? []);
    const select = keys.length === 0 ? "SELECT '' AS key WHERE false" : keys.join(" UNION ");
    await run({ text: `CREATE OR REPLACE TEMPORARY TABLE ${quoteIdent(table)} AS ${select}` });
  }
};
