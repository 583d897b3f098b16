import { createHash, randomBytes } from "node:crypto";
import { open } from "node:fs/promises";
import { dirname, posix } from "node:path";

/** Where things are below the lake's root. Only this file knows. */
export const MANIFEST_FOLDER = "manifests";
export const TEMP_FOLDER = "_tmp";

/** Tables that loads have folders in. */
export const TABLES = ["charges", "charges_daily", "quarantine"] as const;

export const manifestPath = (version: number): string =>
  posix.join(MANIFEST_FOLDER, `${String(version).padStart(10, "0")}.json`);

/** A folder name that any file system and query engine takes, unique by its hash. */
export const slug = (text: string): string => {
  const readable = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  return `${readable}-${createHash("sha256").update(text).digest("hex").slice(0, 8)}`;
};

export interface LoadKey {
  readonly source: string;
  readonly instance: string;
  /** First day of the billing period. */
  readonly billingPeriod: string;
}

/** Hive's keys of a load's folder and their values, from the outside in. */
export const partitionValues = ({ source, instance, billingPeriod }: LoadKey, load: string) =>
  [
    ["source", source],
    ["dataset", slug(instance)],
    ["billing_period", billingPeriod],
    ["load", load],
  ] as const;

/** Hive-partitioned folder of one load in one table. */
export const loadFolder = (table: string, key: LoadKey, load: string): string =>
  posix.join(table, ...partitionValues(key, load).map(([name, value]) => `${name}=${value}`));

/** Sorts by time, unique without coordination. */
export const newId = (now: Date): string =>
  `${now
    .toISOString()
    .replace(/[-:]/g, "")
    .replace(/\.(\d+)Z$/, "$1Z")}-${randomBytes(4).toString("hex")}`;

/** Makes the bytes of a file, or the names in a folder, survive a power cut. */
export const syncPath = async (path: string): Promise<void> => {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Makes a written file survive a power cut: its bytes, then the names that lead to it up to `root`. */
export const syncFile = async (path: string, root: string): Promise<void> => {
  await syncPath(path);
  for (let folder = dirname(path); folder.startsWith(root); folder = dirname(folder)) {
    await syncPath(folder);
    if (folder === root) break;
  }
};
