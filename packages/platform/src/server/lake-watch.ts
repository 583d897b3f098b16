import type { Lake, Snapshot } from "../lake/lake.ts";
import type { ServerLog } from "./parts.ts";

/** Keeps the newest version of the lake at hand, also where another process made it. */
export interface LakeWatch {
  /** The newest that is known; reads the lake the first time. @throws LAKE_* */
  newest(): Promise<Snapshot>;
  /** Looks now: after this process has loaded something. */
  refresh(): Promise<Snapshot>;
  /** An older version, kept as its manifest never changes. @throws LAKE_VERSION_UNKNOWN */
  at(version: number): Promise<Snapshot>;
  close(): void;
}

export interface LakeWatchOptions {
  readonly lake: Pick<Lake, "snapshot" | "store">;
  readonly log: Pick<ServerLog, "warn">;
  readonly everyMs: number;
  onChange(snapshot: Snapshot): void;
}

/** Manifests of older versions that are kept read. */
const KEPT = 8;

export const watchLake = ({ lake, log, everyMs, onChange }: LakeWatchOptions): LakeWatch => {
  let known: Snapshot | undefined;
  let looking: Promise<Snapshot> | undefined;
  const older = new Map<number, Promise<Snapshot>>();

  const look = async (): Promise<Snapshot> => {
    const versions = await lake.store.versions();
    const newest = versions.at(-1) ?? 0;
    if (known !== undefined && known.version === newest) return known;
    const snapshot = await lake.snapshot();
    const isOther = known !== undefined && known.version !== snapshot.version;
    known = snapshot;
    if (isOther) onChange(snapshot);
    return snapshot;
  };
  const refresh = (): Promise<Snapshot> => {
    // Who asks now must see what was committed before: a look that began earlier may have missed it.
    const before = looking;
    const next = (before ?? Promise.resolve()).then(look, look).finally(() => {
      if (looking === next) looking = undefined;
    });
    looking = next;
    return next;
  };
  const timer = setInterval(() => {
    if (looking === undefined)
      refresh().catch((error: unknown) => log.warn({ err: error }, "The lake's version can't be read"));
  }, everyMs);
  timer.unref();

  return {
    newest: async () => known ?? (await refresh()),
    refresh,
    at: async (version) => {
      if (known?.version === version) return known;
      const kept = older.get(version);
      if (kept !== undefined) return await kept;
      const read = lake.snapshot(version);
      older.set(version, read);
      read.catch(() => older.delete(version));
      for (const old of older.keys()) if (older.size > KEPT) older.delete(old);
      return await read;
    },
    close: () => clearInterval(timer),
  };
};
