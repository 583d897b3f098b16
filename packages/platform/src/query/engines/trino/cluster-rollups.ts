import { type ClusterColumn, DAILY_TABLE } from "../../../lake/cluster-tables.ts";
import { byDaySql, DAY, ROLLUP_MEASURES } from "../../../lake/ingest/measure-load.ts";
import type { RollupMaker } from "../../../lake/ingest/rollup.ts";
import { type LoadKey, loadFolder } from "../../../lake/layout.ts";
import type { LakeStorage } from "../../../lake/storage/storage.ts";
import { insertColumns } from "./insert-load.ts";
import { type InsertContext, insertTableName, withInsertTable } from "./insert-table.ts";

interface ClusterLoad {
  /** Its charges, as they stand after FROM. */
  readonly charges: string;
  readonly load: LoadKey;
  readonly id: string;
  readonly tagColumns: Readonly<Record<string, string>>;
}

/** Daily rollups that the cluster makes of charges that it wrote: the same statements, one writer each. */
export const clusterRollups = (
  context: InsertContext,
  storage: LakeStorage,
  { charges, load, id, tagColumns }: ClusterLoad,
): RollupMaker => {
  const { client, signal } = context;
  const folder = loadFolder(DAILY_TABLE.folder, load, id);
  return {
    count: async (dimensions) => {
      const { rows } = await client.run(
        `SELECT count(*) FROM (${byDaySql(charges, dimensions, [])}) AS days`,
        {
          signal,
        },
      );
      return Number(rows[0]?.[0] ?? 0);
    },
    write: async (name, dimensions) => {
      const columns = columnsOf(dimensions, tagColumns);
      const table = { name: insertTableName(id, name), folder, columns };
      const files = await withInsertTable(context, table, (daily) =>
        daily.insert(byDaySql(charges, dimensions), { files: 1 }),
      );
      if (files.length === 1) return files[0];
      // A manifest names one file for a rollup: without it, questions read the charges.
      for (const { path } of files) await storage.remove(path);
      return undefined;
    },
  };
};

const columnsOf = (
  dimensions: readonly string[],
  tagColumns: Readonly<Record<string, string>>,
): readonly ClusterColumn[] => {
  const all = new Map(insertColumns(DAILY_TABLE, tagColumns).map((column) => [column.name, column]));
  return [DAY, ...dimensions, ...ROLLUP_MEASURES.map(({ name }) => name)].flatMap(
    (name) => all.get(name) ?? [],
  );
};
