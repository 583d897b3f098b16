import type { ClusterTable } from "../../../lake/cluster-tables.ts";
import { PARTITION_KEYS } from "../../../lake/cluster-tables.ts";
import { type LoadKey, loadFolder } from "../../../lake/layout.ts";
import type { LakeFile, Manifest } from "../../../lake/manifest.ts";
import { quoteText } from "../../../sql/dialect.ts";
import { clusterErrors } from "./errors.ts";
import { insertColumns } from "./insert-load.ts";
import { type InsertContext, insertTableName, withInsertTable } from "./insert-table.ts";
import { requireSchema } from "./prepare-tables.ts";

/** A load that is written, and the id that it gets. */
export interface NewLoad {
  readonly key: LoadKey;
  readonly id: string;
}

export interface InsertLoadsRequest {
  readonly table: ClusterTable;
  /** At most `MAX_FOLDERS`. */
  readonly loads: readonly NewLoad[];
  /** As in an `InsertLoadRequest`. */
  readonly tagColumns: Manifest["tagColumns"];
  /** As in an `InsertLoadRequest`, with the keys of `PARTITION_KEYS` besides: those of the load that a row belongs to. */
  readonly select: string;
  readonly filesPerLoad: number;
}

/** What was written of a load. */
export interface InsertedLoad {
  readonly files: readonly LakeFile[];
  /** FROM-able SQL of its charges. */
  readonly from: string;
}

/**
 * As `insertLoad`, for several loads by one statement, so that what they are made of is read once: a table over the
 * folders of all loads, whose keys tell where a row goes. It knows of no other load than these.
 * @throws what `insertLoad` throws
 */
export const insertLoads = async <T>(
  context: InsertContext,
  { table, loads, tagColumns, select, filesPerLoad }: InsertLoadsRequest,
  check: (inserted: ReadonlyMap<string, InsertedLoad>) => Promise<T>,
): Promise<T> => {
  await requireSchema(context.client, { signal: context.signal });
  const target = {
    name: insertTableName(loads[0]?.id ?? "", table.folder),
    folder: table.folder,
    columns: insertColumns(table, tagColumns),
    keys: PARTITION_KEYS,
  };
  return withInsertTable(context, target, async ({ name, insert }) => {
    const files = await insert(select, { files: filesPerLoad, folders: loads.length });
    const byFolder = Map.groupBy(files, ({ path }) => path.slice(0, path.lastIndexOf("/")));
    const inserted = new Map<string, InsertedLoad>();
    for (const { key, id } of loads) {
      const folder = loadFolder(table.folder, key, id);
      const from = `(SELECT * FROM ${name} WHERE "load" = ${quoteText(id)})`;
      inserted.set(id, { files: byFolder.get(folder) ?? [], from });
      byFolder.delete(folder);
    }
    const [stranger] = byFolder.keys();
    if (stranger !== undefined) {
      const details = { location: context.location, reason: `it wrote to ${stranger}` };
      throw clusterErrors.create("CLUSTER_FILES_DIFFER", details);
    }
    return check(inserted);
  });
};
