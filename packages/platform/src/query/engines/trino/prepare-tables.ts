import { TrimtabError } from "@trimtab/domain";
import { type ClusterTable, PARTITION_KEYS, tableColumns } from "../../../lake/cluster-tables.ts";
import type { Manifest } from "../../../lake/manifest.ts";
import { trinoAddColumn, trinoCreateTable } from "../../../lake/trino-ddl.ts";
import { quoteIdent, quoteText } from "../../../sql/dialect.ts";
import { trinoDialect } from "../../../sql/trino-dialect.ts";
import { clusterErrors } from "./errors.ts";
import type { PublishRequest } from "./publish.ts";
import { changed, tableComment } from "./published.ts";
import type { TrinoClient } from "./trino-client.ts";

type Options = { readonly signal?: AbortSignal | undefined };

/** @throws CLUSTER_CATALOG_UNKNOWN where there is no such catalog, or it is not of the Hive connector */
export const requireCatalog = async (client: TrinoClient, options: Options): Promise<void> => {
  const { catalog } = client.settings;
  const { rows } = await client.run(
    `SELECT connector_name FROM system.metadata.catalogs WHERE catalog_name = ${quoteText(catalog)}`,
    options,
  );
  const connector = rows[0]?.[0];
  if (connector === "hive") return;
  throw clusterErrors.create("CLUSTER_CATALOG_UNKNOWN", {
    catalog,
    reason: connector === undefined ? "there is none of that name" : `it is of the ${connector} connector`,
  });
};

/** Makes the schema where it is not there. */
export const requireSchema = async (client: TrinoClient, options: Options): Promise<void> => {
  const { catalog, schema } = client.settings;
  await requireCatalog(client, options);
  await client.run(`CREATE SCHEMA IF NOT EXISTS ${quoteIdent(catalog)}.${quoteIdent(schema)}`, options);
};

/**
 * Makes the table, or brings it the columns that this version has and older ones had not.
 * @throws CLUSTER_TABLE_CHANGED where a column has another type, or its partitions are others
 */
export const prepareTable = async (
  { client, location, signal }: Pick<PublishRequest, "client" | "location" | "signal">,
  table: ClusterTable,
  manifest: Manifest,
  exists: boolean,
): Promise<void> => {
  const names = client.settings;
  if (!exists) {
    await client.run(trinoCreateTable(table, manifest, { ...names, location }, tableComment), { signal });
    return;
  }
  const there = await readColumns(client, table, { signal });
  const keys = [...there].flatMap(([name, { isKey }]) => (isKey ? [name] : []));
  if (keys.join() !== PARTITION_KEYS.join())
    throw changed(client, table.name, `it is partitioned by ${keys.join(", ") || "nothing"}`);
  for (const column of tableColumns(table, manifest)) {
    const found = there.get(column.name.toLowerCase());
    const type = trinoDialect.types[column.type].toLowerCase();
    if (found === undefined)
      await client.run(trinoAddColumn(table, column, names), { signal }).catch(addFailure(client));
    else if (found.type !== type)
      throw changed(client, table.name, `its column ${column.name} is ${found.type}, not ${type}`);
  }
};

const readColumns = async (client: TrinoClient, table: ClusterTable, options: Options) => {
  const { catalog, schema } = client.settings;
  const { rows } = await client.run(
    `SELECT column_name, data_type, extra_info FROM ${quoteIdent(catalog)}.information_schema.columns ` +
      `WHERE table_schema = ${quoteText(schema)} AND table_name = ${quoteText(table.name)} ORDER BY ordinal_position`,
    options,
  );
  return new Map(
    rows.map(([name, type, extra]) => [
      String(name),
      { type: String(type), isKey: extra === "partition key" },
    ]),
  );
};

const addFailure = (client: TrinoClient) => (error: unknown) => {
  if (!(error instanceof TrimtabError) || error.code !== "CLUSTER_FORBIDDEN") throw error;
  const { catalog } = client.settings;
  const details = { catalog, reason: error.message, setting: "hive.allow-add-column=true" };
  throw clusterErrors.create("CLUSTER_CATALOG_SETTING", details, { cause: error });
};
