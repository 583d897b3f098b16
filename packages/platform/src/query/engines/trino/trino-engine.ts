import { TrimtabError } from "@trimtab/domain";
import {
  CHARGES_TABLE,
  CHARGES_VIEW,
  counted,
  DAILY_TABLE,
  tableLoads,
} from "../../../lake/cluster-tables.ts";
import type { Manifest } from "../../../lake/manifest.ts";
import type { ManifestStore } from "../../../lake/manifest-store.ts";
import { trinoName } from "../../../lake/trino-ddl.ts";
import { quoteText, type Sql } from "../../../sql/dialect.ts";
import { trinoDialect } from "../../../sql/trino-dialect.ts";
import type { EngineSnapshot, QueryEngine, ScanRequest } from "../engine.ts";
import { clusterErrors } from "./errors.ts";
import { changed, isOfLake, type Published, readPartitions, readState } from "./published.ts";
import { requireVersion } from "./server-version.ts";
import type { TrinoClient } from "./trino-client.ts";

/** A snapshot as this engine gives it: it also knows where the cluster sees the files. */
interface ClusterSnapshot extends EngineSnapshot {
  readonly location: string;
}

/**
 * The lake as a Trino cluster reads it. A query names the loads of one version, so that it stays what it is while the
 * next one is published.
 */
export const openTrinoEngine = (client: TrinoClient, store: Pick<ManifestStore, "read">): QueryEngine => {
  const known = new Map<number, ClusterSnapshot>();
  return {
    id: "trino",
    dialect: trinoDialect,
    snapshot: async (version) => {
      const kept = version === undefined ? undefined : known.get(version);
      if (kept !== undefined) return kept;
      const made = await readSnapshot(client, store, version);
      known.set(made.version, made);
      return made;
    },
    run: ({ text, params }: Sql, options = {}) => {
      if (params.length > 0) throw new TypeError("Trino's dialect binds no value");
      return client.run(text, options);
    },
    scan: (snapshot, request) => scanSql(client, snapshot as ClusterSnapshot, request),
  };
};

/**
 * The version that the cluster shows, or the one asked for, once every load of it is sure to be there: a partition that
 * is missing would make a total smaller without a word.
 */
const readSnapshot = async (
  client: TrinoClient,
  store: Pick<ManifestStore, "read">,
  version: number | undefined,
): Promise<ClusterSnapshot> => {
  await requireVersion(client);
  const { shown, tables } = await readState(client, {});
  if (shown === undefined) {
    const { catalog, schema } = client.settings;
    throw clusterErrors.create("CLUSTER_NOT_PUBLISHED", {
      reason: `${catalog}.${schema} has no view ${CHARGES_VIEW}`,
    });
  }
  const manifest = await shownManifest(client, store, shown);
  const wanted = version === undefined || version === shown.version ? manifest : await store.read(version);
  await requireLoads(client, wanted, shown, tables);
  return { version: wanted.version, manifest: wanted, location: shown.location };
};

const shownManifest = async (
  client: TrinoClient,
  store: Pick<ManifestStore, "read">,
  shown: Published,
): Promise<Manifest> => {
  const manifest = await store.read(shown.version).catch((error: unknown) => {
    if (error instanceof TrimtabError && error.code === "LAKE_VERSION_UNKNOWN") return undefined;
    throw error;
  });
  if (manifest !== undefined && isOfLake(shown, manifest)) return manifest;
  const { catalog, schema } = client.settings;
  throw clusterErrors.create("CLUSTER_SHOWS_OTHER_LAKE", {
    table: `${catalog}.${schema}.${CHARGES_VIEW}`,
    shown: shown.version,
    location: shown.location,
  });
};

const requireLoads = async (
  client: TrinoClient,
  manifest: Manifest,
  shown: Published,
  tables: ReadonlySet<string>,
): Promise<void> => {
  const checks = [CHARGES_TABLE, DAILY_TABLE].map(async (table) => {
    const needed = tableLoads(table, manifest);
    if (needed.length === 0) return;
    const there = tables.has(table.name) ? await readPartitions(client, table, {}) : new Map();
    const missing = needed.filter(({ id }) => !there.has(id));
    const [first] = missing;
    if (first === undefined) return;
    if (manifest.version === shown.version)
      throw changed(client, table.name, `${missing.length} of its loads are gone, such as ${first.id}`);
    throw clusterErrors.create("CLUSTER_VERSION_NOT_PUBLISHED", {
      version: manifest.version,
      missing: missing.length,
      loads: counted(manifest).length,
      shown: shown.version,
    });
  });
  await Promise.all(checks);
};

const scanSql = (
  { settings }: TrinoClient,
  { location }: ClusterSnapshot,
  { table, loads, rollups }: ScanRequest,
): string => {
  const { name } = table === "charges" ? CHARGES_TABLE : DAILY_TABLE;
  const from = `(SELECT * FROM ${trinoName(name, settings)} WHERE`;
  if (loads.length === 0) return `${from} false)`;
  const ids = loads.map(({ id }) => quoteText(id)).join(", ");
  // A load's rollups share its folder. Publishing has made sure that the cluster calls them by these paths.
  const paths = rollups.map(({ path }) => quoteText(`${location}/${path}`)).join(", ");
  const files = table === "daily" ? ` AND "$path" IN (${paths})` : "";
  return `${from} "load" IN (${ids})${files})`;
};
