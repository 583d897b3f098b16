import { z } from "zod";
import {
  CHARGES_TABLE,
  CHARGES_VIEW,
  type ClusterTable,
  DAILY_TABLE,
  PARTITION_KEYS,
} from "../../../lake/cluster-tables.ts";
import type { Manifest } from "../../../lake/manifest.ts";
import { trinoName } from "../../../lake/trino-ddl.ts";
import { quoteIdent, quoteText } from "../../../sql/dialect.ts";
import { clusterErrors } from "./errors.ts";
import type { TrinoClient } from "./trino-client.ts";

/** What the comments of our tables and our view start with: nothing without it is touched. */
const MARK = "trimtab ";

const markShape = z.object({
  format: z.literal(1),
  version: z.int().min(1),
  createdAt: z.string(),
  location: z.string(),
});

/** Which version of which lake the cluster shows: kept in the view's comment, so that both change in one write. */
export type Published = z.output<typeof markShape>;

export const tableComment = `${MARK}table: loads old and new; read the view ${CHARGES_VIEW}`;

export const viewComment = ({ version, createdAt }: Manifest, location: string): string =>
  `${MARK}${JSON.stringify({ format: 1, version, createdAt, location } satisfies Published)}`;

export interface ClusterState {
  readonly shown: Published | undefined;
  /** Names of our tables that are there. */
  readonly tables: ReadonlySet<string>;
}

type Options = { readonly signal?: AbortSignal | undefined };

/**
 * What of ours is in the schema.
 * @throws CLUSTER_TABLE_CHANGED where something else has a name of ours, CLUSTER_CATALOG_UNKNOWN, CLUSTER_*
 */
export const readState = async (client: TrinoClient, options: Options): Promise<ClusterState> => {
  const { catalog, schema } = client.settings;
  const names = [CHARGES_VIEW, CHARGES_TABLE.name, DAILY_TABLE.name];
  const { rows } = await client.run(
    `SELECT table_name, comment FROM system.metadata.table_comments WHERE catalog_name = ${quoteText(catalog)} ` +
      `AND schema_name = ${quoteText(schema)} AND table_name IN (${names.map(quoteText).join(", ")})`,
    options,
  );
  const comments = new Map(rows.map(([name, comment]) => [String(name), String(comment ?? "")]));
  for (const [name, comment] of comments)
    if (!comment.startsWith(MARK)) throw changed(client, name, "it has no comment of this program");
  const own = comments.get(CHARGES_VIEW);
  return {
    shown: own === undefined ? undefined : readMark(client, own),
    tables: new Set([...comments.keys()].filter((name) => name !== CHARGES_VIEW)),
  };
};

const readMark = (client: TrinoClient, comment: string): Published => {
  try {
    return markShape.parse(JSON.parse(comment.slice(MARK.length)));
  } catch {
    throw changed(client, CHARGES_VIEW, "its comment does not tell a version");
  }
};

export const changed = ({ settings }: TrinoClient, name: string, reason: string) =>
  clusterErrors.create("CLUSTER_TABLE_CHANGED", {
    table: `${settings.catalog}.${settings.schema}.${name}`,
    reason,
  });

/** Partition values of a table by load, in the order of the keys. */
export const readPartitions = async (
  client: TrinoClient,
  table: ClusterTable,
  options: Options,
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const keys = PARTITION_KEYS.map(quoteIdent).join(", ");
  const { rows } = await client.run(
    `SELECT ${keys} FROM ${trinoName(`${table.name}$partitions`, client.settings)}`,
    options,
  );
  return new Map(rows.map((row) => [String(row.at(-1)), row.map(String)]));
};

/** A lake that has the version, made at the same moment, is the one that was published. */
export const isOfLake = (shown: Published, manifest: Manifest): boolean =>
  shown.version === manifest.version && shown.createdAt === manifest.createdAt;
