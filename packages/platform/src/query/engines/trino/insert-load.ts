import { type ClusterColumn, type ClusterTable, tableColumns } from "../../../lake/cluster-tables.ts";
import { filesFor } from "../../../lake/compact/file-size.ts";
import { type LoadKey, loadFolder } from "../../../lake/layout.ts";
import type { LakeFile, Manifest } from "../../../lake/manifest.ts";
import { type InsertContext, type InsertTable, insertTableName, withInsertTable } from "./insert-table.ts";
import { requireSchema } from "./prepare-tables.ts";

export interface InsertLoadRequest {
  readonly table: ClusterTable;
  readonly key: LoadKey;
  /** Id of the new load. */
  readonly load: string;
  /** Which tag columns the files have besides: those of the load's entry, by key. */
  readonly tagColumns: Manifest["tagColumns"];
  /** A SELECT with a column of each name in {@link insertColumns}, of its type. Others are left out. */
  readonly select: string;
  /** About what the load's files will take, if it can be told; decides how many there are. */
  readonly expectedBytes?: number | undefined;
}

/** The columns of a load's files in a table, in order. */
export const insertColumns = (
  table: ClusterTable,
  tagColumns: Manifest["tagColumns"],
): readonly ClusterColumn[] => tableColumns(table, { tagColumns });

/**
 * Lets the cluster write a new load's rows into the lake: `INSERT … SELECT` into the folder that the load has by its key.
 * No reader sees the load before a version of the lake names it and is published. `check` may read what was written as a
 * table, before the files are handed over. Where this fails, files may be left: the caller removes the load's folder,
 * which it has noted before (`notePlaced`).
 * @returns the new files, relative to the lake's root; none where the SELECT has no rows
 * @throws CLUSTER_CATALOG_SETTING where the catalog may not write outside its own tables, CLUSTER_FILES_DIFFER, CLUSTER_*,
 *   LAKE_CANCELLED, and what `check` throws
 */
export const insertLoad = async (
  context: InsertContext,
  { table, key, load, tagColumns, select, expectedBytes }: InsertLoadRequest,
  check: (written: Pick<InsertTable, "name">, files: readonly LakeFile[]) => Promise<void> = async () =>
    undefined,
): Promise<readonly LakeFile[]> => {
  await requireSchema(context.client, { signal: context.signal });
  const target = {
    name: insertTableName(load, table.folder),
    folder: loadFolder(table.folder, key, load),
    columns: insertColumns(table, tagColumns),
  };
  return withInsertTable(context, target, async (written) => {
    const files = await written.insert(select, { files: filesFor(expectedBytes ?? 0) });
    await check(written, files);
    return files;
  });
};
