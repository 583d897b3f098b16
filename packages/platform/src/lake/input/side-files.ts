import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { lakeErrors } from "../errors.ts";
import type { SideFiles } from "../source-definition.ts";

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Manifests and the like beside a delivery, on the local disk. */
export const localSideFiles: SideFiles = {
  list: async (folder) => {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(folder, entry.name));
    return Promise.all(files.map(async (path) => ({ path, sizeBytes: (await stat(path)).size })));
  },
  readJson: async (path) => {
    try {
      return JSON.parse(await readFile(path, "utf8"));
    } catch (error) {
      throw lakeErrors.create(
        "LAKE_INPUT_UNREADABLE",
        { file: path, reason: reasonOf(error) },
        { cause: error },
      );
    }
  },
};
