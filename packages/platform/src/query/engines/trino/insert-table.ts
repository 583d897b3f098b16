import { TrimtabError } from "@trimtab/domain";
import type { ClusterColumn } from "../../../lake/cluster-tables.ts";
import type { LakeFile } from "../../../lake/manifest.ts";
import { trinoName } from "../../../lake/trino-ddl.ts";
import { quoteIdent, quoteText } from "../../../sql/dialect.ts";
import { trinoDialect } from "../../../sql/trino-dialect.ts";
import { clusterErrors } from "./errors.ts";
import { openTrinoClient, type TrinoClient } from "./trino-client.ts";

export interface InsertContext {
  readonly client: TrinoClient;
  /** Where the cluster sees the lake's root, without a slash at the end. */
  readonly location: string;
  readonly signal?: AbortSignal | undefined;
}

export interface InsertTableRequest {
  /** Of the table: small letters, digits and `_`; unique for each. */
  readonly name: string;
  /** Folder of the files, relative to the lake's root. */
  readonly folder: string;
  /** What the files hold, in this order. Trino writes their names in small letters. */
  readonly columns: readonly ClusterColumn[];
  /** Columns of text besides, by whose values rows go to folders of their own below that one. */
  readonly keys?: readonly string[];
}

/** How rows are shared out to files. */
export interface InsertFiles {
  /** How many files are written at once, and so how many there are unless one passes 1 GiB; with keys, of each folder. */
  readonly files: number;
  /** How many folders rows go to; 1 without keys. */
  readonly folders?: number;
}

/** A table of the cluster over one folder of the lake, there for as long as it is written and checked. */
export interface InsertTable {
  /** As it stands in a statement. */
  readonly name: string;
  /** Writes the rows of a SELECT that has a column of each name, and answers with the files that this made. */
  insert(select: string, sharing: InsertFiles): Promise<readonly LakeFile[]>;
}

const PREFIX = "trimtab_insert_";
/** Of every table that is there only while rows go into the lake; without it none is swept. */
export const INSERT_COMMENT =
  "trimtab insert: rows on their way into the lake; may be dropped, its files stay";
/** Longer than any insert runs. */
const ABANDONED_MS = 24 * 3_600_000;

/** `20261122T090309123Z-ab12cd34`, as loads are called, begins with its moment. */
const momentOf = (name: string): number => {
  const [, y, mo, d, h, mi, s] = /(\d{4})(\d\d)(\d\d)t(\d\d)(\d\d)(\d\d)/.exec(name) ?? [];
  return y === undefined ? Number.NaN : Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`);
};

/** Name of a table for a load's rows; what was left behind is told by the moment in it. */
export const insertTableName = (load: string, part: string): string =>
  `${PREFIX}${load}_${part}`.toLowerCase().replace(/[^a-z0-9_]/g, "_");

/**
 * Rows are written by a table of their own over the load's folder, not into a partition of the tables that are published:
 * nobody sees them there before a version names the load, the files have exactly these columns, and one load's rows are
 * spread over as many writers as they need.
 * @throws CLUSTER_CATALOG_SETTING, CLUSTER_*, LAKE_CANCELLED, and what `work` throws
 */
export const withInsertTable = async <T>(
  context: InsertContext,
  { name, folder, columns: own, keys = [] }: InsertTableRequest,
  work: (table: InsertTable) => Promise<T>,
): Promise<T> => {
  const { client, location, signal } = context;
  const table = trinoName(name, client.settings);
  const columns: readonly ClusterColumn[] = [
    ...own,
    ...keys.map((key) => ({ name: key, type: "text" as const })),
  ];
  const partitioned = keys.length === 0 ? "" : `, partitioned_by = ARRAY[${keys.map(quoteText).join(", ")}]`;
  const list = columns.map(
    (column) => `${quoteIdent(column.name)} ${trinoDialect.types[column.type].toLowerCase()}`,
  );
  await client
    .run(
      `CREATE TABLE ${table} (${list.join(", ")}) COMMENT ${quoteText(INSERT_COMMENT)} ` +
        `WITH (external_location = ${quoteText(`${location}/${folder}`)}, format = 'PARQUET'${partitioned})`,
      { signal },
    )
    .catch(settingFailure(client));
  const known = new Set<string>();
  const names = columns.map((column) => quoteIdent(column.name)).join(", ");
  const place: WrittenPlace = { folder, depth: keys.length };
  const insert = async (select: string, sharing: InsertFiles): Promise<readonly LakeFile[]> => {
    const statement = `INSERT INTO ${table} (${names}) SELECT ${names} FROM (${select}) AS charge_rows`;
    for (const { path } of await filesOf(context, table, place)) known.add(path);
    const { rows } = await writing(client, sharing).run(statement, { signal }).catch(settingFailure(client));
    const files = (await filesOf(context, table, place)).filter(({ path }) => !known.has(path));
    requireRows(context, files, Number(rows[0]?.[0] ?? 0), folder);
    return files;
  };
  try {
    return await work({ name: table, insert });
  } finally {
    // Where it was cancelled, it still has to go; what stays is taken by a later insert.
    await client.run(`DROP TABLE IF EXISTS ${table}`).catch(dropFailure(client, signal));
  }
};

/** What is counted must be what was written: a file of an attempt that failed would be counted, too. */
const requireRows = (
  { location }: InsertContext,
  files: readonly LakeFile[],
  written: number,
  folder: string,
): void => {
  const found = files.reduce((sum, { rows }) => sum + rows, 0);
  if (found === written) return;
  const reason = `it wrote ${written} rows to ${folder} and finds ${found} there`;
  throw clusterErrors.create("CLUSTER_FILES_DIFFER", { location, reason });
};

interface WrittenPlace {
  readonly folder: string;
  /** How many folders below it the files are. */
  readonly depth: number;
}

/** The files that the cluster sees in a table's folder. @throws CLUSTER_FILES_DIFFER */
const filesOf = async (
  { client, location, signal }: InsertContext,
  table: string,
  { folder, depth }: WrittenPlace,
): Promise<readonly LakeFile[]> => {
  const { rows } = await client.run(`SELECT "$path", "$file_size", count(*) FROM ${table} GROUP BY 1, 2`, {
    signal,
  });
  return rows
    .map(([path, bytes, count]) => {
      const name = String(path);
      const inside = `${location}/${folder}/`;
      if (!name.startsWith(inside) || name.slice(inside.length).split("/").length !== depth + 1)
        throw clusterErrors.create("CLUSTER_FILES_DIFFER", { location, reason: `it wrote ${name}` });
      return { path: name.slice(location.length + 1), rows: Number(count), bytes: Number(bytes) };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
};

/** A writer keeps a row group of each file that it has open. */
const OPEN_MIB = 128;
/** A row group is what one thread of the embedded engine reads: by default a month may be a single one. */
const ROW_GROUP_MIB = { least: 8, most: 32 } as const;
/** So many folders at once, and no writer needs more memory than this says. */
export const MAX_FOLDERS = OPEN_MIB / ROW_GROUP_MIB.least;

/** A client whose statements write so many files: by default each of many writers makes one. */
const writing = ({ settings }: TrinoClient, { files, folders = 1 }: InsertFiles): TrinoClient => {
  // Where a folder gets one file, all of its rows go to one writer, and the writers share the folders.
  const isByFolder = folders > 1 && files <= 1;
  const writers = isByFolder ? folders : files;
  const rowGroupMiB = Math.max(
    ROW_GROUP_MIB.least,
    Math.min(ROW_GROUP_MIB.most, Math.floor(OPEN_MIB / folders)),
  );
  return openTrinoClient({
    ...settings,
    session: {
      ...settings.session,
      max_writer_task_count: String(Math.max(1, Math.min(writers, 100))),
      use_preferred_write_partitioning: String(isByFolder),
      task_min_writer_count: "1",
      task_max_writer_count: "1",
      task_scale_writers_enabled: "false",
      // Else it begins with one writer and adds others as they are busy: few rows a file, or many, as it comes.
      scale_writers: "false",
      [`${settings.catalog}.target_max_file_size`]: "1GB",
      [`${settings.catalog}.parquet_writer_block_size`]: `${rowGroupMiB}MB`,
    },
  });
};

const settingFailure = (client: TrinoClient) => (error: unknown) => {
  const reason = error instanceof TrimtabError ? String(error.details.reason ?? error.message) : "";
  const setting = /writes? to non-managed/i.test(reason)
    ? "hive.non-managed-table-writes-enabled=true"
    : /creat\w* (of )?non-managed/i.test(reason)
      ? "hive.non-managed-table-creates-enabled=true"
      : undefined;
  if (setting === undefined) throw error;
  throw toSetting(client, reason, setting, error);
};

const dropFailure = (client: TrinoClient, signal: AbortSignal | undefined) => (error: unknown) => {
  if (signal?.aborted || !(error instanceof TrimtabError) || error.code !== "CLUSTER_FORBIDDEN") return;
  throw toSetting(client, error.message, "hive.allow-drop-table=true", error);
};

const toSetting = ({ settings }: TrinoClient, reason: string, setting: string, cause: unknown) =>
  clusterErrors.create("CLUSTER_CATALOG_SETTING", { catalog: settings.catalog, reason, setting }, { cause });

/** Drops the tables that inserts left which died; the files are the lake's and go as those of any dead load. */
export const sweepInsertTables = async ({ client, signal }: InsertContext, now: Date): Promise<void> => {
  const { catalog, schema } = client.settings;
  const { rows } = await client.run(
    `SELECT table_name, comment FROM system.metadata.table_comments WHERE catalog_name = ${quoteText(catalog)} ` +
      `AND schema_name = ${quoteText(schema)}`,
    { signal },
  );
  for (const [name, comment] of rows) {
    const isOurs = String(name).startsWith(PREFIX) && comment === INSERT_COMMENT;
    if (!isOurs || !(now.getTime() - momentOf(String(name)) > ABANDONED_MS)) continue;
    await client.run(`DROP TABLE IF EXISTS ${trinoName(String(name), client.settings)}`, { signal });
  }
};
