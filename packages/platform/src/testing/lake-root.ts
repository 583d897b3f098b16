import { basename, join } from "node:path";
import { onTestFinished } from "vitest";
import { openStorage } from "../lake/storage/open-storage.ts";
import type { LakeStorage } from "../lake/storage/storage.ts";
import { tempFolder } from "./temp-folder.ts";

/** `npm run test:objects` sets it, with what the cloud's SDK needs: a bucket of a server on this machine. */
const bucket = process.env.TRIMTAB_TEST_BUCKET;

/** Whether lakes of tests are in folders, as in the ordinary run: some tests look into them. */
export const isFolderRun = bucket === undefined;

/** Root of a test's lake: below its folder, or in `npm run test:objects` a prefix of its own in the bucket. */
export const lakeRoot = (folder: string, name = "lake"): string =>
  bucket === undefined ? join(folder, name) : `${bucket}/${basename(folder)}/${name}`;

/** Settings of a test's lake: what it fetches from a bucket is kept below the test's folder. */
export const lakeStorageOptions = (folder: string) => ({ cacheFolder: join(folder, "cache") });

/** A storage of the running test, and the means to open it as another process would. */
export const openTestStorage = async (
  clock: () => Date,
): Promise<{ readonly storage: LakeStorage; readonly folder: string; open(): Promise<LakeStorage> }> => {
  const folder = tempFolder();
  const open = async () => {
    const storage = await openStorage(lakeRoot(folder), clock, lakeStorageOptions(folder));
    onTestFinished(() => storage.close());
    return storage;
  };
  return { storage: await open(), folder, open };
};
