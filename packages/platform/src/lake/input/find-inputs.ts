import { glob, readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { lakeErrors } from "../errors.ts";

const hidden = /(^|\/)[._][^/]*$/;

/** Side files that deliveries carry beside their data. */
const sideFile = /(\.json|\.ya?ml|\.md|\.txt|\.sql|\.crc|\.md5|_SUCCESS)$/i;

const filesBelow = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !hidden.test(entry.name) && !sideFile.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
};

/**
 * The files that paths, folders and globs name, each once, sorted. In folders, hidden files and side files
 * (manifests, notes) are left out; a file named outright is always taken.
 * @throws LAKE_INPUT_NOT_FOUND
 */
export const findInputs = async (patterns: readonly string[], cwd: string): Promise<readonly string[]> => {
  const found = new Set<string>();
  for (const pattern of patterns) {
    const path = resolve(cwd, pattern);
    const info = await stat(path).catch(() => undefined);
    const matches = info?.isFile() ? [path] : info?.isDirectory() ? await filesBelow(path) : [];
    if (info === undefined)
      for await (const match of glob(pattern, { cwd })) {
        const full = resolve(cwd, match);
        if ((await stat(full)).isFile()) matches.push(full);
      }
    if (matches.length === 0) throw lakeErrors.create("LAKE_INPUT_NOT_FOUND", { pattern });
    for (const match of matches) found.add(match);
  }
  return [...found].sort();
};
