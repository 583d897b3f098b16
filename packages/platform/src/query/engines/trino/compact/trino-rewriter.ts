import { dirname } from "node:path/posix";
import { CHARGES_TABLE } from "../../../../lake/cluster-tables.ts";
import type { PlannedCompaction } from "../../../../lake/compact/plan-compaction.ts";
import type { OpenRewriter, Rewriter, RewriteWork, Rewritten } from "../../../../lake/compact/rewriter.ts";
import { requireSameRows } from "../../../../lake/compact/same-rows.ts";
import { makeRollups } from "../../../../lake/ingest/rollup.ts";
import type { RollupFile } from "../../../../lake/manifest.ts";
import type { LakeStorage } from "../../../../lake/storage/storage.ts";
import { quoteIdent, quoteText } from "../../../../sql/dialect.ts";
import { clusterRollups } from "../cluster-rollups.ts";
import { insertColumns, insertLoad } from "../insert-load.ts";
import { probeInsert } from "../insert-probe.ts";
import { type InsertContext, insertTableName, sweepInsertTables, withInsertTable } from "../insert-table.ts";
import { requireSchema } from "../prepare-tables.ts";
import { requireVersion } from "../server-version.ts";
import type { TrinoClient } from "../trino-client.ts";
import { digestOf } from "./row-digest.ts";

/**
 * A cluster writes loads again: it reads and writes the lake's folders, and no row comes to this machine.
 * @param location where the cluster sees the lake's root, without a slash at the end
 */
export const openTrinoRewriter =
  (client: TrinoClient, location: string): OpenRewriter =>
  async ({ run, storage, now, signal }): Promise<Rewriter> => {
    const context: InsertContext = { client, location, signal };
    await requireVersion(client, signal);
    await requireSchema(client, { signal });
    await sweepInsertTables(context, now);
    await probeInsert(context, { run, storage, now });
    return { rewrite: (work) => rewrite(context, storage, work) };
  };

const rewrite = (
  context: InsertContext,
  storage: LakeStorage,
  { planned, id }: RewriteWork,
): Promise<Rewritten> => {
  const { load, tagColumns, bytes } = planned;
  const source = {
    name: insertTableName(id, "source"),
    folder: dirname(load.files[0]?.path ?? ""),
    columns: insertColumns(CHARGES_TABLE, load.tagColumns),
  };
  return withInsertTable(context, source, async (old) => {
    const select = selectOf(old.name, planned);
    const names = insertColumns(CHARGES_TABLE, tagColumns).map(({ name }) => name);
    let rollups: readonly RollupFile[] = [];
    const request = { table: CHARGES_TABLE, key: load, load: id, tagColumns, select, expectedBytes: bytes };
    const files = await insertLoad(context, request, async (written) => {
      const [before, after] = await Promise.all([
        digestOf(context, `(${select})`, names),
        digestOf(context, written.name, names),
      ]);
      requireSameRows(load, before, after);
      const tags = new Map(Object.entries(tagColumns));
      const maker = clusterRollups(context, storage, { charges: written.name, load, id, tagColumns });
      rollups = await makeRollups({ rows: load.rows, tags }, maker);
    });
    return { files, rollups };
  });
};

/** The charges as the new files hold them: what the old ones have, and a column for each tag that had none. */
const selectOf = (old: string, { load, tagColumns }: PlannedCompaction): string => {
  const added = Object.entries(tagColumns).flatMap(([key, name]) =>
    load.tagColumns[key] === undefined
      ? [`, element_at("Tags", ${quoteText(key)}) AS ${quoteIdent(name)}`]
      : [],
  );
  return `SELECT *${added.join("")} FROM ${old}`;
};
