import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { lakeErrors } from "./errors.ts";
import { newId, TEMP_FOLDER } from "./layout.ts";

const OWNER = "owner.json";
/** A folder of another machine is left alone for this long. */
const FOREIGN_MAX_AGE_MS = 24 * 3_600_000;

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
};

const isAbandoned = async (folder: string, now: Date): Promise<boolean> => {
  const owner = await readFile(join(folder, OWNER), "utf8")
    .then((text) => JSON.parse(text) as { pid: number; host: string })
    .catch(() => undefined);
  if (owner?.host === hostname()) return !isAlive(owner.pid);
  const info = await stat(folder).catch(() => undefined);
  return info !== undefined && now.getTime() - info.mtimeMs > FOREIGN_MAX_AGE_MS;
};

/** Removes what loads left behind that died. */
const sweep = async (root: string, now: Date): Promise<void> => {
  const parent = join(root, TEMP_FOLDER);
  for (const name of await readdir(parent)) {
    const folder = join(parent, name);
    if (await isAbandoned(folder, now)) await rm(folder, { recursive: true, force: true });
  }
};

/**
 * Runs `work` with a new folder below `_tmp/`, removed afterwards; folders of dead processes are swept first.
 * @throws LAKE_NOT_WRITABLE
 */
export const withTemporaryFolder = async <T>(
  root: string,
  now: Date,
  work: (folder: string) => Promise<T>,
): Promise<T> => {
  const folder = join(root, TEMP_FOLDER, newId(now));
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, OWNER), JSON.stringify({ pid: process.pid, host: hostname() }));
    await sweep(root, now);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw lakeErrors.create("LAKE_NOT_WRITABLE", { root, reason }, { cause: error });
  }
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
