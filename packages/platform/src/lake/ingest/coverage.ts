import { posix } from "node:path";
import { lakeErrors } from "../errors.ts";
import { loadFolder } from "../layout.ts";
import type { LoadEntry } from "../manifest.ts";
import type { LakeStorage } from "../storage/storage.ts";
import type { DayRecord, LoadRecord } from "./report.ts";

/** Where the record of a load is. */
export const recordPath = (entry: LoadEntry): string =>
  posix.join(loadFolder("charges", entry, entry.id), "_load.json");

/** What was recorded when a load was made; undefined when the record is gone. */
export const readLoadRecord = async (
  storage: LakeStorage,
  entry: LoadEntry,
): Promise<LoadRecord | undefined> => {
  const text = await storage.readText(recordPath(entry));
  return text === undefined ? undefined : (JSON.parse(text) as LoadRecord);
};

const span = (days: readonly DayRecord[]): string => {
  const names = days.map(({ day }) => day).sort();
  return names.length === 0 ? "nothing" : `${names[0]} to ${names.at(-1)}, ${new Set(names).size} days`;
};

const lostMeasure = (old: LoadEntry, entry: LoadEntry): string | undefined => {
  const lost = Object.entries(entry.unknown).find(([column]) => !Object.hasOwn(old.unknown, column));
  return lost === undefined ? undefined : `${lost[0]} would become unknown: ${lost[1]}`;
};

/**
 * A delivery must tell every measure and cover every day that the load it replaces told and covered.
 * @throws LAKE_COVERS_LESS
 */
export const refuseLessCoverage = async (
  storage: LakeStorage,
  old: LoadEntry,
  entry: LoadEntry,
  days: readonly DayRecord[],
): Promise<void> => {
  const record = await readLoadRecord(storage, old);
  if (record === undefined) return;
  const lost = lostMeasure(old, entry);
  if (lost !== undefined)
    throw lakeErrors.create("LAKE_COVERS_LESS", {
      instance: old.instance,
      period: old.billingPeriod,
      missing: lost,
      loaded: span(record.days),
      offered: span(days),
    });
  const offered = new Set(days.map(({ day }) => day));
  const missing = [...new Set(record.days.map(({ day }) => day))].filter((day) => !offered.has(day));
  if (missing.length === 0) return;
  throw lakeErrors.create("LAKE_COVERS_LESS", {
    instance: old.instance,
    period: old.billingPeriod,
    missing:
      missing.length === 1
        ? `${missing[0]} is missing`
        : `${missing.length} days from ${missing[0]} are missing`,
    loaded: span(record.days),
    offered: span(days),
  });
};
