import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { Clock } from "@trimtab/domain";
import type { ActionDefinition } from "./actions/action.ts";
import { composeErrors } from "./compose-errors.ts";
import type { InventoryStore } from "./evidence/inventory/inventory-store.ts";
import type { ResourceMetricStore } from "./evidence/metrics/resource-metric-store.ts";
import type { Lake } from "./lake/lake.ts";
import type { MetricStore } from "./lake/metrics.ts";
import type { SourceDefinition } from "./lake/source-definition.ts";
import { isUrl } from "./lake/storage/location.ts";
import type { StorageOptions } from "./lake/storage/open-storage.ts";
import type { LakeStorage } from "./lake/storage/storage.ts";
import type { ChannelDefinition } from "./notify/channels/channel.ts";
import type { EngineName, QueryEngine } from "./query/engines/engine.ts";
import type { TrinoClient } from "./query/engines/trino/trino-client.ts";
import type { State, StateKeys } from "./state/state.ts";
import type { StateEngine } from "./state/state-engine.ts";
import type { StatePlace } from "./state/state-place.ts";

type Environment = Readonly<Record<string, string | undefined>>;

export interface Surroundings {
  readonly env: Environment;
  readonly cwd: string;
  readonly clock: Clock;
  /** Folder of the lake, relative to `cwd`, or URL of a prefix in a bucket; if asked for. */
  readonly lake?: string;
  /** File of the state database, or URL of a PostgreSQL database; if asked for. */
  readonly state?: string;
}

/** A state database that is not open yet. */
export interface StateParts {
  readonly place: StatePlace;
  readonly engine: StateEngine;
  readonly keys: StateKeys;
}

/** The parts of the program, wired. What is heavy loads when it is first asked for. */
export interface Services {
  readonly version: string;
  readonly clock: Clock;
  readonly lakeRoot: string;
  /** Where the lake is, without an engine over it; the caller closes it. @throws ENVIRONMENT_INVALID, LAKE_URL_INVALID */
  openStorage(): Promise<LakeStorage>;
  /** Every source there is, by id. */
  sources(): Promise<Readonly<Record<string, SourceDefinition>>>;
  /** Every action there is, by id. */
  actions(): Promise<Readonly<Record<string, ActionDefinition>>>;
  /** Every kind of channel there is. */
  channelKinds(): Promise<Readonly<Record<string, ChannelDefinition>>>;
  /** The one lake of this run; its folder is made by the first load. @throws ENVIRONMENT_INVALID */
  openLake(): Promise<Lake>;
  /** The engine that answers queries over that lake. @throws ENVIRONMENT_INVALID, CLUSTER_* */
  openEngine(name: EngineName): Promise<QueryEngine>;
  /** The cluster that the environment names. @throws CLUSTER_NOT_CONFIGURED, CLUSTER_SETTING_INVALID */
  openTrino(): Promise<TrinoClient>;
  /** Business metrics beside the charges of that lake. @throws ENVIRONMENT_INVALID */
  openMetricStore(): Promise<MetricStore>;
  /** What was measured of resources, beside the charges of that lake. @throws ENVIRONMENT_INVALID */
  openResourceMetrics(): Promise<ResourceMetricStore>;
  /** What each resource's settings are and were, beside the charges of that lake. @throws ENVIRONMENT_INVALID */
  openInventory(): Promise<InventoryStore>;
  /** Where the state database is and what opens it; nothing is opened yet. @throws STATE_PLACE_INVALID */
  findState(): Promise<StateParts>;
  /** The one state database of this run, brought to this version. @throws STATE_* */
  openState(): Promise<State>;
  /** Lets go of all that was opened. */
  close(): Promise<void>;
}

/** The one place where parts meet. Nothing is opened or created until it is used. */
export function createServices({ env, cwd, clock, lake, state }: Surroundings): Services {
  const asked = lake ?? (env.TRIMTAB_LAKE || defaultLakeRoot(env, process.platform));
  const lakeRoot = isUrl(asked) ? asked.replace(/\/+$/, "") : resolve(cwd, asked);
  const storageOptions = (): StorageOptions => {
    const { cacheMb } = limit(env, "TRIMTAB_CACHE_MB", "cacheMb");
    return {
      env,
      ...(env.TRIMTAB_CACHE ? { cacheFolder: resolve(cwd, env.TRIMTAB_CACHE) } : {}),
      ...(cacheMb === undefined ? {} : { cacheBytes: cacheMb * 1024 ** 2 }),
    };
  };
  let opened: Promise<Lake> | undefined;
  const openTheLake = async (): Promise<Lake> => {
    const limits = {
      ...limit(env, "TRIMTAB_MEMORY_MB", "memoryLimitMb"),
      ...limit(env, "TRIMTAB_SPILL_MB", "spillLimitMb"),
      ...limit(env, "TRIMTAB_THREADS", "threads"),
    };
    const { openLake } = await import("./lake/lake.ts");
    return await openLake({ root: lakeRoot, clock, storage: storageOptions(), ...limits });
  };
  const openLake = () => {
    opened ??= openTheLake();
    return opened;
  };
  const openTrino = async (): Promise<TrinoClient> => {
    const { readTrinoSettings } = await import("./query/engines/trino/trino-settings.ts");
    const { openTrinoClient } = await import("./query/engines/trino/trino-client.ts");
    return openTrinoClient(readTrinoSettings(env));
  };
  const findState = async (): Promise<StateParts> => {
    const { findStatePlace } = await import("./state/state-place.ts");
    const { engineOf } = await import("./state/engine-of.ts");
    const { stateKeys } = await import("./state/secret-key.ts");
    const place = findStatePlace({
      env,
      cwd,
      platform: process.platform,
      lakeRoot,
      isLakeInBucket: isUrl(lakeRoot),
      ...(state === undefined ? {} : { asked: state }),
    });
    return { place, engine: engineOf(place), keys: stateKeys(place, env) };
  };
  let openedState: Promise<State> | undefined;
  const openTheState = async (): Promise<State> => {
    const { openState } = await import("./state/open-state.ts");
    return await openState({ ...(await findState()), clock });
  };
  return {
    version: readVersion(),
    clock,
    lakeRoot,
    openStorage: async () => {
      const { openStorage } = await import("./lake/storage/open-storage.ts");
      return openStorage(lakeRoot, clock, storageOptions());
    },
    openLake,
    sources: async () => (await import("./sources/registry.ts")).sources,
    actions: async () => (await import("./actions/registry.ts")).actions,
    channelKinds: async () => (await import("./notify/channels/registry.ts")).channelKinds,
    openTrino,
    openEngine: async (name) => {
      if (name === "trino") {
        const { openTrinoEngine } = await import("./query/engines/trino/trino-engine.ts");
        return openTrinoEngine(await openTrino(), (await openLake()).store);
      }
      const { openDuckdbEngine } = await import("./query/engines/duckdb.ts");
      return openDuckdbEngine(await openLake());
    },
    openMetricStore: async () => {
      const { openMetricStore } = await import("./lake/metrics.ts");
      const { storage, database } = await openLake();
      return openMetricStore(storage, database, clock);
    },
    openResourceMetrics: async () => {
      const { openResourceMetrics } = await import("./evidence/metrics/open-resource-metrics.ts");
      return openResourceMetrics(await openLake(), clock);
    },
    openInventory: async () => {
      const { openInventory } = await import("./evidence/inventory/inventory-store.ts");
      return openInventory((await openLake()).storage, clock);
    },
    findState,
    openState: () => {
      openedState ??= openTheState();
      return openedState;
    },
    close: async () => {
      await (await opened?.catch(() => undefined))?.close();
      await (await openedState?.catch(() => undefined))?.close();
    },
  };
}

/** A whole number from the environment, if it is there. */
function limit<N extends string>(env: Environment, name: string, field: N): { readonly [K in N]?: number } {
  const value = env[name];
  if (!value) return {};
  if (!/^[1-9]\d{0,6}$/.test(value)) {
    throw composeErrors.create("ENVIRONMENT_INVALID", { name, value, expected: "a whole number above zero" });
  }
  return { [field]: Number(value) } as { readonly [K in N]?: number };
}

/**
 * Where a person's data belongs on this platform.
 * @see https://specifications.freedesktop.org/basedir-spec/latest/, 2026-06
 */
export function defaultLakeRoot(env: Environment, platform: NodeJS.Platform): string {
  const home = env.HOME || env.USERPROFILE || homedir();
  if (platform === "win32")
    return join(env.LOCALAPPDATA || join(home, "AppData", "Local"), "Trimtab", "lake");
  if (platform === "darwin") return join(home, "Library", "Application Support", "Trimtab", "lake");
  return join(env.XDG_DATA_HOME || join(home, ".local", "share"), "trimtab", "lake");
}

function readVersion(): string {
  const manifest: { readonly version: string } = JSON.parse(
    readFileSync(new URL("../package.json", import.meta.url), "utf8"),
  );
  return manifest.version;
}
