import type { Day, Instant } from "@trimtab/domain";
import type { LoadEntry, Manifest } from "./manifest.ts";
import type { ManifestStore } from "./manifest-store.ts";

/** One load that came into the lake with a version, and what it took the place of. */
export interface HistoryChange {
  readonly instance: string;
  readonly billingPeriod: Day;
  readonly load: string;
  readonly rows: number;
  readonly quarantined: number;
  /** Absent: the first load of this instance and period. */
  readonly replaced?: string;
  /** Why it is in no total, if so. */
  readonly notCounted?: string;
}

export interface HistoryEntry {
  readonly version: number;
  readonly createdAt: Instant;
  readonly reason: string;
  readonly changes: readonly HistoryChange[];
  /** Live loads of this version. */
  readonly loads: number;
}

const keyOf = ({ instance, billingPeriod }: LoadEntry): string => JSON.stringify([instance, billingPeriod]);

const changesOf = (manifest: Manifest, before: Manifest | undefined): readonly HistoryChange[] => {
  const known = new Map((before?.loads ?? []).map((load) => [keyOf(load), load]));
  return manifest.loads.flatMap((load) => {
    const old = known.get(keyOf(load));
    if (old?.id === load.id) return [];
    return [
      {
        instance: load.instance,
        billingPeriod: load.billingPeriod,
        load: load.id,
        rows: load.rows,
        quarantined: load.quarantined.rows,
        ...(old === undefined ? {} : { replaced: old.id }),
        ...(load.counted === true ? {} : { notCounted: load.counted.because }),
      },
    ];
  });
};

/**
 * What each retained version changed, newest first. The oldest retained version shows all its loads as changes, since
 * what was before it has expired.
 */
export const readHistory = async (store: ManifestStore): Promise<readonly HistoryEntry[]> => {
  const entries: HistoryEntry[] = [];
  let before: Manifest | undefined;
  for (const version of await store.versions()) {
    const manifest = await store.read(version);
    const { createdAt, reason, loads } = manifest;
    entries.push({ version, createdAt, reason, changes: changesOf(manifest, before), loads: loads.length });
    before = manifest;
  }
  return entries.reverse();
};
