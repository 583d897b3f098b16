import { glob, open, readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { lakeErrors } from "../errors.ts";

const hidden = /(^|\/)[._][^/]*$/;

/** Side files that deliveries carry beside their data. */
const sideFile = /(\.ya?ml|\.md|\.txt|\.sql|\.crc|\.md5|_SUCCESS)$/i;

const HEAD_BYTES = 65_536;

/**
 * Manifests are JSON, but so are BigQuery's extracts (`export-000000000000.json`) and OpenCost's answers. Data is one
 * object a line, or an answer with a `data` member; anything else called `.json` is a side file.
 */
const isJsonData = async (path: string): Promise<boolean> => {
  const handle = await open(path, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const head = buffer.subarray(0, bytesRead).toString("utf8").trimStart();
    const lines = head.split("\n").filter((line) => line.trim() !== "");
    const isRecord = (line: string | undefined) => line !== undefined && /^\s*\{.*[}\r]\s*$/.test(line);
    const isLong = lines.length === 1 && bytesRead === HEAD_BYTES;
    return (
      /^\{\s*"code"\s*:/.test(head) ||
      isLong ||
      (lines.length > 1 && isRecord(lines[0]) && lines[1]?.startsWith("{") === true)
    );
  } finally {
    await handle.close();
  }
};

const filesBelow = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    if (!entry.isFile() || hidden.test(entry.name) || sideFile.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    if (!/\.json$/i.test(entry.name) || (await isJsonData(path))) found.push(path);
  }
  return found;
};

export interface FoundInput {
  readonly path: string;
  /** Named outright or by a glob; false for what merely lies in a folder that was. */
  readonly isNamed: boolean;
}

/**
 * The files that paths, folders and globs name, each once, sorted. In folders, hidden files and side files
 * (manifests, notes) are left out; a file named outright is always taken.
 * @throws LAKE_INPUT_NOT_FOUND
 */
export const findInputs = async (
  patterns: readonly string[],
  cwd: string,
): Promise<readonly FoundInput[]> => {
  const found = new Map<string, boolean>();
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
    for (const match of matches) found.set(match, found.get(match) === true || info?.isDirectory() !== true);
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, isNamed]) => ({ path, isNamed }));
};
