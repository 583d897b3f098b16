import { posix } from "node:path";
import type { InputGroup } from "../../../../lake/ingest/input-group.ts";
import { baseSql, totalsColumns, totalsSql, totalsTable } from "../../../../lake/ingest/relation-sql.ts";
import type { Run, StagedGroup } from "../../../../lake/ingest/stage.ts";
import { csvColumnName, FILE_COLUMN, LINE_COLUMN } from "../../../../lake/input/physical-columns.ts";
import { trinoName } from "../../../../lake/trino-ddl.ts";
import { quoteIdent, quoteText } from "../../../../sql/dialect.ts";
import { INSERT_COMMENT } from "../insert-table.ts";
import type { TrinoSettings } from "../trino-settings.ts";
import { oddLines } from "./check-lines.ts";
import { clusterType } from "./cluster-fit.ts";

export interface ClusterStage {
  readonly run: Run;
  readonly settings: TrinoSettings;
  readonly signal: AbortSignal | undefined;
  /** What the cluster calls a file. */
  locationOf(path: string): string;
  /** A table that is gone when the load ends; `part` tells tables of one load apart. */
  tableName(part: string): string;
  /** Makes sure that the table is dropped and its files removed. */
  track(table: string, folder?: string): void;
  /** Folder of the lake for what is only there meanwhile, as the cluster sees it. */
  readonly temporary: string;
}

/** A column of text lines: what stands after a mark that no bill has makes a line odd. */
const LINES = { line: quoteIdent("line"), rest: quoteIdent("rest"), mark: "U&'\\0001'" } as const;

const createTable = async (
  { run, settings, signal, track }: ClusterStage,
  name: string,
  columns: string,
  properties: string,
  folder?: string,
): Promise<string> => {
  track(name, folder);
  const table = trinoName(name, settings);
  await run(
    { text: `CREATE TABLE ${table} (${columns}) COMMENT ${quoteText(INSERT_COMMENT)} WITH (${properties})` },
    { signal },
  );
  return table;
};

/** One table for each folder that has files of the group. */
const makeTables = async (stage: ClusterStage, group: InputGroup, index: number) => {
  const { header, files } = group;
  const locations = files.map(({ path }) => stage.locationOf(path));
  const byFolder = [...Map.groupBy(locations, (location) => posix.dirname(location))];
  const columns =
    header.format === "csv"
      ? `${LINES.line} varchar, ${LINES.rest} varchar`
      : header.columns.map(({ name, type }) => `${quoteIdent(name)} ${clusterType(type)}`).join(", ");
  const format =
    header.format === "csv"
      ? `format = 'TEXTFILE', textfile_field_separator = ${LINES.mark}, skip_header_line_count = ${(header.linesBefore ?? 0) + 1}`
      : "format = 'PARQUET'";
  const tables: { readonly table: string; readonly files: readonly string[] }[] = [];
  for (const [number, [folder, own]] of byFolder.entries()) {
    const name = stage.tableName(`in_${index}_${number}`);
    const properties = `external_location = ${quoteText(folder)}, ${format}`;
    tables.push({ table: await createTable(stage, name, columns, properties), files: own });
  }
  return tables;
};

const isAmong = (files: readonly string[]): string => `"$path" IN (${files.map(quoteText).join(", ")})`;

const FIELDS = quoteIdent("fields");

/** Lines with their fields as they stand, in quotes where they do. Few lines have any. */
const linesSql = (group: InputGroup, table: string, files: readonly string[]): string => {
  const { delimiter } = group.source.csv;
  const safe = delimiter === "|" ? "\\|" : delimiter === "\t" ? "\\t" : delimiter;
  const pattern = quoteText(`("(?:[^"]|"")*"|[^"${safe}]*)${safe}`);
  const quotedFields = `regexp_extract_all(${LINES.line} || ${quoteText(delimiter)}, ${pattern}, 1)`;
  const plainFields = `split(${LINES.line}, ${quoteText(delimiter)})`;
  return (
    `SELECT "$path" AS ${quoteIdent(FILE_COLUMN)}, ${LINES.line} AS ${quoteIdent(LINE_COLUMN)}, ${LINES.rest}, ` +
    `CASE WHEN strpos(${LINES.line}, '"') = 0 THEN ${plainFields} ELSE ${quotedFields} END AS ${FIELDS} ` +
    `FROM ${table} WHERE ${isAmong(files)} AND ${LINES.line} <> ''`
  );
};

const fieldSql = ({ source }: InputGroup, index: number): string => {
  const field = `element_at(${FIELDS}, ${index + 1})`;
  const unquoted = `replace(substr(${field}, 2, length(${field}) - 2), '""', '"')`;
  const value = `CASE WHEN starts_with(${field}, '"') THEN ${unquoted} ELSE ${field} END`;
  return ["", ...source.csv.nullTexts].reduce((sql, none) => `NULLIF(${sql}, ${quoteText(none)})`, value);
};

/** FROM-able SQL over the files of a group that `wanted` names: the columns that its mapping asks for. */
const readClusterSql = (
  group: InputGroup,
  tables: Awaited<ReturnType<typeof makeTables>>,
  wanted: ReadonlySet<string> | undefined,
): string => {
  const selects = tables.flatMap(({ table, files }) => {
    const own = wanted === undefined ? files : files.filter((file) => wanted.has(file));
    if (own.length === 0) return [];
    if (group.header.format === "parquet") {
      const columns = group.header.columns.map(({ name }) => quoteIdent(name)).join(", ");
      return [`SELECT "$path" AS ${quoteIdent(FILE_COLUMN)}, ${columns} FROM ${table} WHERE ${isAmong(own)}`];
    }
    const columns = group.header.columns.map(
      (_, index) => `${fieldSql(group, index)} AS ${quoteIdent(csvColumnName(index))}`,
    );
    const kept = [FILE_COLUMN, LINE_COLUMN].map(quoteIdent);
    return [`SELECT ${[...kept, ...columns].join(", ")} FROM (${linesSql(group, table, own)})`];
  });
  return `(${selects.join("\nUNION ALL\n")})`;
};

/** A group as the cluster reads it. Paths of its files are what they are called there. */
export interface ClusterGroup {
  readonly staged: StagedGroup;
  /** As `staged.base`, over some of the files only. */
  baseOf(wanted: ReadonlySet<string>): string;
}

/**
 * Makes a group's files askable on the cluster, as they are.
 * @returns or why a reader of lines can't be sure of them
 */
export const stageOnCluster = async (
  stage: ClusterStage,
  group: InputGroup,
  index: number,
): Promise<ClusterGroup | string> => {
  const tables = await makeTables(stage, group, index);
  const files = group.files.map(({ path, compression }) => ({ path: stage.locationOf(path), compression }));
  if (group.header.format === "csv")
    for (const { table, files: own } of tables) {
      const odd = await oddLines(stage, group, linesSql(group, table, own));
      if (odd !== undefined) return odd;
    }
  const from = readClusterSql(group, tables, undefined);
  await makeTotals(stage, group, from);
  const base = baseSql(group, from);
  return {
    staged: { group, from, base, readAsIs: true, brokenLines: [], files },
    baseOf: (wanted) => baseSql(group, readClusterSql(group, tables, wanted)),
  };
};

/** Fills the tables of a group's totals. Those that turn out empty need not be joined. */
const makeTotals = async (stage: ClusterStage, group: InputGroup, from: string): Promise<void> => {
  const { run, signal, temporary } = stage;
  for (const totals of group.columns.joinedTotals) {
    const name = totalsTable(group, totals);
    const columns = totalsColumns(group, totals)
      .map((column) => `${quoteIdent(column.name)} ${group.dialect.types[column.type]}`)
      .join(", ");
    const place = `external_location = ${quoteText(`${temporary}/${name}`)}, format = 'PARQUET'`;
    const table = await createTable(stage, name, columns, place, name);
    const text = `INSERT INTO ${table} ${totalsSql(group, totals, from)}`;
    const { rows } = await run({ text }, { signal });
    if (Number(rows[0]?.[0] ?? 0) === 0) group.columns.emptyTotals.add(totals.table);
  }
};
