import { quoteIdent, quoteText } from "../sql/dialect.ts";
import { CHARGE_COLUMNS, EXTRA_COLUMN } from "./charge-columns.ts";
import type { LoadEntry, Manifest } from "./manifest.ts";

export const DDL_ENGINES = ["duckdb", "trino", "athena", "spark", "bigquery"] as const;
export type DdlEngine = (typeof DDL_ENGINES)[number];

export interface DdlRequest {
  readonly manifest: Manifest;
  /** Where the engine sees the lake's root: a folder, or `s3://bucket/prefix`, `gs://…`. No slash at the end. */
  readonly location: string;
}

interface Column {
  readonly name: string;
  readonly type: "text" | "decimal" | "timestamp" | "map";
}

const columnsOf = (manifest: Manifest): readonly Column[] => [
  ...CHARGE_COLUMNS.map(({ name, type }) => ({ name, type: type as Column["type"] })),
  { name: EXTRA_COLUMN, type: "text" },
  ...Object.values(manifest.tagColumns).map((name): Column => ({ name, type: "text" })),
];

const counted = (manifest: Manifest): readonly LoadEntry[] =>
  manifest.loads.filter((load) => load.counted === true);

const filesOf = ({ manifest, location }: DdlRequest): readonly string[] =>
  counted(manifest).flatMap((load) => load.files.map(({ path }) => `${location}/${path}`));

const types = {
  trino: {
    text: "varchar",
    decimal: "decimal(38,12)",
    timestamp: "timestamp(6)",
    map: "map(varchar, varchar)",
  },
  athena: { text: "string", decimal: "decimal(38,12)", timestamp: "timestamp", map: "map<string,string>" },
  spark: {
    text: "STRING",
    decimal: "DECIMAL(38,12)",
    timestamp: "TIMESTAMP_NTZ",
    map: "MAP<STRING, STRING>",
  },
} as const;

/** The Hive keys of a load's folder, in order. */
const partitionOf = (load: LoadEntry): readonly (readonly [string, string])[] =>
  (load.files[0]?.path ?? "").split("/").flatMap((part) => {
    const [key, ...value] = part.split("=");
    return key !== undefined && value.length > 0 ? [[key, value.join("=")] as const] : [];
  });

const folderOf = (load: LoadEntry): string => (load.files[0]?.path ?? "").replace(/\/[^/]*$/, "");

const loadList = (manifest: Manifest): string =>
  counted(manifest)
    .map(({ id }) => quoteText(id))
    .join(", ") || "''";

const viewColumns = (manifest: Manifest, quote: (name: string) => string): string =>
  columnsOf(manifest)
    .map(({ name }) => quote(name))
    .join(", ");

const duckdb = (request: DdlRequest): readonly string[] => [
  `CREATE OR REPLACE VIEW charges AS SELECT ${viewColumns(request.manifest, quoteIdent)} FROM read_parquet([\n` +
    `${filesOf(request)
      .map((file) => `  ${quoteText(file)}`)
      .join(",\n")}\n], union_by_name = true);`,
];

const trino = ({ manifest, location }: DdlRequest): readonly string[] => {
  const columns = columnsOf(manifest).map(({ name, type }) => `  ${quoteIdent(name)} ${types.trino[type]}`);
  const keys = ["source", "dataset", "billing_period", "load"].map((key) => `  ${quoteIdent(key)} varchar`);
  const names = "'source', 'dataset', 'billing_period', 'load'";
  const parts = counted(manifest).map(
    (load) =>
      `CALL system.register_partition(schema_name => CURRENT_SCHEMA, table_name => 'charges_all_loads', ` +
      `partition_columns => ARRAY[${names}], ` +
      `partition_values => ARRAY[${partitionOf(load)
        .map(([, value]) => quoteText(value))
        .join(", ")}], ` +
      `location => ${quoteText(`${location}/${folderOf(load)}`)});`,
  );
  return [
    `CREATE TABLE IF NOT EXISTS charges_all_loads (\n${[...columns, ...keys].join(",\n")}\n) WITH (\n` +
      `  external_location = ${quoteText(`${location}/charges`)}, format = 'PARQUET',\n  partitioned_by = ARRAY[${names}]\n);`,
    ...parts,
    `CREATE OR REPLACE VIEW charges AS SELECT ${viewColumns(manifest, quoteIdent)}\nFROM charges_all_loads ` +
      `WHERE "load" IN (${loadList(manifest)});`,
  ];
};

const tick = (name: string): string => `\`${name.replaceAll("`", "``")}\``;

const hiveTable = (
  request: DdlRequest,
  dialect: "athena" | "spark",
  quoteView: (name: string) => string,
): readonly string[] => {
  const { manifest, location } = request;
  const columns = columnsOf(manifest).map(({ name, type }) => `  ${tick(name)} ${types[dialect][type]}`);
  const keys = ["source", "dataset", "billing_period", "load"].map(
    (key) => `${tick(key)} ${types[dialect].text}`,
  );
  const parts = counted(manifest).map((load) => {
    const values = partitionOf(load).map(([key, value]) => `${tick(key)} = ${quoteText(value)}`);
    const place = quoteText(`${location}/${folderOf(load)}/`);
    return `ALTER TABLE charges_all_loads ADD IF NOT EXISTS PARTITION (${values.join(", ")}) LOCATION ${place};`;
  });
  return [
    `CREATE EXTERNAL TABLE IF NOT EXISTS charges_all_loads (\n${columns.join(",\n")}\n)\n` +
      `PARTITIONED BY (${keys.join(", ")})\nSTORED AS PARQUET\nLOCATION ${quoteText(`${location}/charges/`)};`,
    ...parts,
    `CREATE OR REPLACE VIEW charges AS SELECT ${viewColumns(manifest, quoteView)}\nFROM charges_all_loads ` +
      `WHERE ${quoteView("load")} IN (${loadList(manifest)});`,
  ];
};

const bigquery = (request: DdlRequest): readonly string[] => [
  "CREATE OR REPLACE EXTERNAL TABLE dataset.charges_files\nOPTIONS (\n  format = 'PARQUET',\n" +
    "  decimal_target_types = ['BIGNUMERIC'],\n  uris = [\n" +
    `${filesOf(request)
      .map((file) => `    ${quoteText(file)}`)
      .join(",\n")}\n  ]\n);`,
  `CREATE OR REPLACE VIEW dataset.charges AS SELECT ${viewColumns(request.manifest, tick)}\nFROM dataset.charges_files;`,
];

/**
 * Statements with which another engine reads exactly the files of this version. A plain glob over the folder would sum
 * old and new loads. BigQuery reads maps as repeated key/value records.
 */
export const lakeDdl = (engine: DdlEngine, request: DdlRequest): readonly string[] => {
  switch (engine) {
    case "duckdb":
      return duckdb(request);
    case "trino":
      return trino(request);
    case "athena":
      return hiveTable(request, "athena", quoteIdent);
    case "spark":
      return hiveTable(request, "spark", tick);
    case "bigquery":
      return bigquery(request);
  }
};
