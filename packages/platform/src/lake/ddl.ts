import { quoteIdent, quoteText } from "../sql/dialect.ts";
import {
  CHARGES_TABLE,
  chargeColumns,
  counted,
  DAILY_TABLE,
  loadFolderIn,
  loadList,
  PARTITION_KEYS,
  partitionOf,
  tableLoads,
} from "./cluster-tables.ts";
import type { Manifest } from "./manifest.ts";
import { type TrinoPlace, trinoCreateTable, trinoRegister, trinoView } from "./trino-ddl.ts";

export const DDL_ENGINES = ["duckdb", "trino", "athena", "spark", "bigquery"] as const;
export type DdlEngine = (typeof DDL_ENGINES)[number];

export interface DdlRequest {
  readonly manifest: Manifest;
  /** Where the engine sees the lake's root: a folder, or `s3://bucket/prefix`, `gs://…`. No slash at the end. */
  readonly location: string;
}

const filesOf = ({ manifest, location }: DdlRequest): readonly string[] =>
  counted(manifest).flatMap((load) => load.files.map(({ path }) => `${location}/${path}`));

const types = {
  athena: { text: "string", decimal: "decimal(38,12)", timestamp: "timestamp", map: "map<string,string>" },
  spark: {
    text: "STRING",
    decimal: "DECIMAL(38,12)",
    timestamp: "TIMESTAMP_NTZ",
    map: "MAP<STRING, STRING>",
  },
} as const;

const viewColumns = (manifest: Manifest, quote: (name: string) => string): string =>
  chargeColumns(manifest)
    .map(({ name }) => quote(name))
    .join(", ");

const duckdb = (request: DdlRequest): readonly string[] => [
  `CREATE OR REPLACE VIEW charges AS SELECT ${viewColumns(request.manifest, quoteIdent)} FROM read_parquet([\n` +
    `${filesOf(request)
      .map((file) => `  ${quoteText(file)}`)
      .join(",\n")}\n], union_by_name = true);`,
];

const trino = ({ manifest, location }: DdlRequest): readonly string[] => {
  const place: TrinoPlace = { location };
  return [
    ...[CHARGES_TABLE, DAILY_TABLE].flatMap((table) => [
      trinoCreateTable(table, manifest, place),
      ...tableLoads(table, manifest).map((load) => trinoRegister(table, load, place)),
    ]),
    trinoView(manifest, place),
  ].map((statement) => `${statement};`);
};

const tick = (name: string): string => `\`${name.replaceAll("`", "``")}\``;

const hiveTable = (
  request: DdlRequest,
  dialect: "athena" | "spark",
  quoteView: (name: string) => string,
): readonly string[] => {
  const { manifest, location } = request;
  const columns = chargeColumns(manifest).map(
    ({ name, type }) => `  ${tick(name)} ${types[dialect][type as keyof typeof types.athena]}`,
  );
  const keys = PARTITION_KEYS.map((key) => `${tick(key)} ${types[dialect].text}`);
  const parts = counted(manifest).map((load) => {
    const values = partitionOf(load).map(([key, value]) => `${tick(key)} = ${quoteText(value)}`);
    const place = quoteText(`${location}/${loadFolderIn("charges", load)}/`);
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
