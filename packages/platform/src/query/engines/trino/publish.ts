import { TrimtabError } from "@trimtab/domain";
import {
  CHARGES_TABLE,
  CHARGES_VIEW,
  type ClusterTable,
  DAILY_TABLE,
  tableFiles,
  tableLoads,
} from "../../../lake/cluster-tables.ts";
import { inTurns } from "../../../lake/in-turns.ts";
import type { LoadEntry, Manifest } from "../../../lake/manifest.ts";
import type { ManifestStore } from "../../../lake/manifest-store.ts";
import { trinoRegister, trinoUnregister, trinoView } from "../../../lake/trino-ddl.ts";
import { checkFiles } from "./check-files.ts";
import { clusterErrors } from "./errors.ts";
import { prepareTable, requireSchema } from "./prepare-tables.ts";
import { isOfLake, type Published, readPartitions, readState, viewComment } from "./published.ts";
import { requireVersion } from "./server-version.ts";
import type { TrinoClient } from "./trino-client.ts";

/** A metastore takes a few changes of a table at a time; more only wait there. */
const AT_ONCE = 8;

export interface PublishRequest {
  readonly client: TrinoClient;
  readonly store: Pick<ManifestStore, "read" | "current" | "versions">;
  /** Where the cluster sees the lake's root, without a slash at the end. */
  readonly location: string;
  /** Absent: the newest. */
  readonly version?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((step: string, done: number, total: number) => void) | undefined;
}

export interface PublishReport {
  readonly version: number;
  /** What the cluster showed before; null: nothing. */
  readonly before: number | null;
  /** Loads and rollups that became known to the cluster. */
  readonly registered: number;
  /** Files that the cluster counted and found as the manifest says. */
  readonly checkedFiles: number;
  /** Partitions of loads that no version of the lake has any more. */
  readonly unregistered: number;
  /** False: someone published a newer version meanwhile, which stays. */
  readonly flipped: boolean;
}

/**
 * Brings the cluster to a version of the lake. New loads are made known first, where no reader sees them, and counted;
 * then one statement, the view's, shows them. Killed before it, the old version stays; run again, it goes on from there.
 * @throws CLUSTER_*, LAKE_*
 */
export const publishToTrino = async (request: PublishRequest): Promise<PublishReport> => {
  const { client, store, signal } = request;
  await requireVersion(client, signal);
  await requireSchema(client, { signal });
  const manifest = await (request.version === undefined ? store.current() : store.read(request.version));
  const state = await readState(client, { signal });
  await requireSameLake(request, state.shown);
  const tables = [CHARGES_TABLE, DAILY_TABLE].filter(
    // An engine makes no table over a folder that is not there yet; the view needs that of the charges.
    (table) => table === CHARGES_TABLE || tableLoads(table, manifest).length > 0,
  );
  let registered = 0;
  for (const table of tables) {
    await prepareTable(request, table, manifest, state.tables.has(table.name));
    registered += await register(request, table, manifest);
  }
  const fresh = await freshLoads(request, manifest, state.shown);
  let checkedFiles = 0;
  for (const table of tables) {
    const loads = tableLoads(table, manifest).filter(({ id }) => fresh.has(id));
    checkedFiles += await checkFiles(request, table, loads);
  }
  const flipped = await flip(request, manifest, state.shown);
  return {
    version: manifest.version,
    before: state.shown?.version ?? null,
    registered,
    checkedFiles,
    unregistered: flipped ? await unregister(request, tables, manifest) : 0,
    flipped,
  };
};

/** A schema shows one lake: two in turn would each take the other's loads for gone. */
const requireSameLake = async (
  { client, store, location }: PublishRequest,
  shown: Published | undefined,
): Promise<void> => {
  if (shown === undefined) return;
  const known = await store.read(shown.version).catch((error: unknown) => {
    if (error instanceof TrimtabError && error.code === "LAKE_VERSION_UNKNOWN") return undefined;
    throw error;
  });
  // A version that expired can't be compared: then the place decides.
  const isSame = known === undefined ? shown.location === location : isOfLake(shown, known);
  const newest = (await store.versions()).at(-1) ?? 0;
  if (isSame && shown.version <= newest && shown.location === location) return;
  const { catalog, schema } = client.settings;
  throw clusterErrors.create("CLUSTER_SHOWS_OTHER_LAKE", {
    table: `${catalog}.${schema}.${CHARGES_VIEW}`,
    shown: shown.version,
    location: shown.location,
  });
};

const register = async (
  { client, location, signal, onProgress }: PublishRequest,
  table: ClusterTable,
  manifest: Manifest,
): Promise<number> => {
  const there = await readPartitions(client, table, { signal });
  const missing = tableLoads(table, manifest).filter(({ id }) => !there.has(id));
  const place = { ...client.settings, location };
  let done = 0;
  await inTurns(missing, AT_ONCE, async (load) => {
    await client.run(trinoRegister(table, load, place), { signal }).catch(registerFailure(client));
    done += 1;
    onProgress?.(`Registering ${table.folder}`, done, missing.length);
  });
  return missing.length;
};

/** Two who publish at once meet here: what the other has registered is as good as ours. */
const registerFailure = (client: TrinoClient) => (error: unknown) => {
  const reason = error instanceof TrimtabError ? String(error.details.reason ?? error.message) : "";
  if (/already registered|already exists/i.test(reason)) return undefined;
  if (!/register_partition procedure is disabled/i.test(reason)) throw error;
  const { catalog } = client.settings;
  throw clusterErrors.create(
    "CLUSTER_CATALOG_SETTING",
    { catalog, reason, setting: "hive.allow-register-partition-procedure=true" },
    { cause: error },
  );
};

/** Loads that no reader has been shown yet, so that each is counted once. */
const freshLoads = async (
  { store }: PublishRequest,
  manifest: Manifest,
  shown: Published | undefined,
): Promise<ReadonlySet<string>> => {
  const before = shown === undefined ? undefined : await store.read(shown.version).catch(() => undefined);
  const old = new Set(before?.loads.filter(({ counted }) => counted === true).map(({ id }) => id));
  return new Set(manifest.loads.flatMap(({ id }: LoadEntry) => (old.has(id) ? [] : [id])));
};

const flip = async (
  { client, location, signal, version }: PublishRequest,
  manifest: Manifest,
  before: Published | undefined,
): Promise<boolean> => {
  const { shown } = await readState(client, { signal });
  const isOvertaken =
    shown !== undefined && shown.version !== before?.version && shown.version > manifest.version;
  if (isOvertaken && version === undefined) return false;
  await client.run(trinoView(manifest, client.settings, viewComment(manifest, location)), { signal });
  return true;
};

/** Loads that every version has let go of; a query on an older version that is kept still finds its own. */
const unregister = async (
  { client, store, signal }: PublishRequest,
  tables: readonly ClusterTable[],
  manifest: Manifest,
): Promise<number> => {
  const needed = new Set(manifest.loads.map(({ id }) => id));
  for (const version of await store.versions())
    for (const load of (await store.read(version)).loads)
      if (tableFiles(CHARGES_TABLE, load).length > 0) needed.add(load.id);
  let count = 0;
  for (const table of tables) {
    const gone = [...(await readPartitions(client, table, { signal }))].filter(([id]) => !needed.has(id));
    await inTurns(gone, AT_ONCE, async ([, values]) => {
      await client.run(trinoUnregister(table, values, client.settings), { signal });
    });
    count += gone.length;
  }
  return count;
};
