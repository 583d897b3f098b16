import { quoteIdent, quoteText } from "../sql/dialect.ts";
import { trinoDialect } from "../sql/trino-dialect.ts";
import {
  CHARGES_TABLE,
  CHARGES_VIEW,
  type ClusterColumn,
  type ClusterTable,
  chargeColumns,
  loadFolderIn,
  loadList,
  PARTITION_KEYS,
  partitionOf,
  tableColumns,
} from "./cluster-tables.ts";
import type { LoadEntry, Manifest } from "./manifest.ts";

/** Where Trino sees the lake, and where its tables are; without catalog and schema, those of the session. */
export interface TrinoPlace {
  readonly location: string;
  readonly catalog?: string;
  readonly schema?: string;
}

type Names = Omit<TrinoPlace, "location">;

export const trinoName = (name: string, { catalog, schema }: Names): string =>
  [catalog, schema, name].flatMap((part) => (part === undefined ? [] : [quoteIdent(part)])).join(".");

const keyList = PARTITION_KEYS.map(quoteText).join(", ");

const columnText = ({ name, type }: ClusterColumn): string =>
  `${quoteIdent(name)} ${trinoDialect.types[type].toLowerCase()}`;

export const trinoCreateTable = (
  table: ClusterTable,
  manifest: Manifest,
  place: TrinoPlace,
  comment?: string,
): string => {
  const columns = [
    ...tableColumns(table, manifest).map(columnText),
    ...PARTITION_KEYS.map((key) => `${quoteIdent(key)} varchar`),
  ];
  return (
    `CREATE TABLE IF NOT EXISTS ${trinoName(table.name, place)} (\n  ${columns.join(",\n  ")}\n)` +
    `${comment === undefined ? "" : ` COMMENT ${quoteText(comment)}`} WITH (\n` +
    `  external_location = ${quoteText(`${place.location}/${table.folder}`)}, format = 'PARQUET',\n` +
    `  partitioned_by = ARRAY[${keyList}]\n)`
  );
};

export const trinoAddColumn = (table: ClusterTable, column: ClusterColumn, names: Names): string =>
  `ALTER TABLE ${trinoName(table.name, names)} ADD COLUMN IF NOT EXISTS ${columnText(column)}`;

/** A partition by its values, in the order of the keys. */
const procedure = (
  name: string,
  table: Pick<ClusterTable, "name">,
  values: readonly string[],
  names: Names,
): string =>
  `CALL ${names.catalog === undefined ? "" : `${quoteIdent(names.catalog)}.`}system.${name}(` +
  `schema_name => ${names.schema === undefined ? "CURRENT_SCHEMA" : quoteText(names.schema)}, ` +
  `table_name => ${quoteText(table.name)}, partition_columns => ARRAY[${keyList}], ` +
  `partition_values => ARRAY[${values.map(quoteText).join(", ")}]`;

export const trinoRegister = (table: ClusterTable, load: LoadEntry, place: TrinoPlace): string => {
  const values = partitionOf(load).map(([, value]) => value);
  const folder = `${place.location}/${loadFolderIn(table.folder, load)}`;
  return `${procedure("register_partition", table, values, place)}, location => ${quoteText(folder)})`;
};

/** Tells whether partitions may be registered at all: of a table that is not there, none is. */
export const trinoRegisterProbe = (table: string, names: Names): string =>
  `${procedure("register_partition", { name: table }, PARTITION_KEYS, names)})`;

/** Takes a partition out of the table; its files stay. */
export const trinoUnregister = (table: ClusterTable, values: readonly string[], names: Names): string =>
  `${procedure("unregister_partition", table, values, names)})`;

/** The one statement that brings a version to the readers of the view. */
export const trinoView = (manifest: Manifest, names: Names, comment?: string): string =>
  `CREATE OR REPLACE VIEW ${trinoName(CHARGES_VIEW, names)}` +
  `${comment === undefined ? "" : ` COMMENT ${quoteText(comment)}`} AS SELECT ` +
  `${chargeColumns(manifest)
    .map(({ name }) => quoteIdent(name))
    .join(", ")}\nFROM ${trinoName(CHARGES_TABLE.name, names)} WHERE "load" IN (${loadList(manifest)})`;
