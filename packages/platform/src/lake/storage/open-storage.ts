import { resolve } from "node:path";
import { folderStorage } from "./folder-storage.ts";
import type { LakeStorage } from "./storage.ts";

export interface StorageOptions {
  readonly cacheFolder?: string;
}

export const openStorage = async (
  root: string,
  clock: () => Date,
  _options: StorageOptions = {},
): Promise<LakeStorage> => folderStorage(resolve(root), clock);
