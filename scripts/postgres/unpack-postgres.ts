import { execFile } from "node:child_process";
import { chmod, mkdir, readdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { debianFolders, firstWithServer } from "./find-postgres.ts";

const run = promisify(execFile);
const PACKAGE = "postgresql";

export interface UnpackedPostgres {
  readonly bin: string;
  /** Where the libraries are that came with it. */
  readonly libraries: readonly string[];
}

const isRoot = (): boolean => process.getuid?.() === 0;

/** Root runs the server as somebody else, who can't look into root's home. */
const cacheFolder = (): string =>
  process.env.TRIMTAB_TEST_CACHE ||
  (isRoot()
    ? "/var/cache/trimtab-test-servers"
    : join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "trimtab-test-servers"));

/**
 * PostgreSQL from Debian's packages, fetched by apt-get and unpacked into a folder of its own: nothing is installed on the
 * system, so no cluster of it is made or started. Undefined where apt-get can't have them.
 */
export const unpackPostgres = async (
  packages: readonly string[] = [PACKAGE],
): Promise<UnpackedPostgres | undefined> => {
  const folder = join(cacheFolder(), `postgres-${packages.join("-")}`);
  const kept = await lookInto(folder);
  if (kept !== undefined) return kept;
  const draft = `${folder}.${process.pid}`;
  try {
    await mkdir(join(draft, "archives", "partial"), { recursive: true });
    if (!(await fetchPackages(packages, join(draft, "archives")))) return undefined;
    await unpackAll(join(draft, "archives"), join(draft, "root"));
    await rename(join(draft, "root"), folder).catch(() => undefined);
    return await lookInto(folder);
  } catch {
    return undefined;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
};

/** Root may have to ask for the list of packages first, which small images leave out. */
const fetchPackages = async (packages: readonly string[], archives: string): Promise<boolean> => {
  const options = ["-o", "Debug::NoLocking=1", "-o", `Dir::Cache::archives=${archives}`];
  const args = ["install", "--yes", "--quiet", "--download-only", "--no-install-recommends", "--reinstall"];
  const fetchOnce = () =>
    run("apt-get", [...args, ...options, ...packages], { timeout: 600_000 }).then(
      () => true,
      () => false,
    );
  if (await fetchOnce()) return true;
  if (!isRoot()) return false;
  await run("apt-get", ["update", "--quiet"], { timeout: 600_000 });
  return await fetchOnce();
};

const unpackAll = async (archives: string, root: string): Promise<void> => {
  await mkdir(root, { recursive: true });
  const names = (await readdir(archives)).filter((name) => name.endsWith(".deb"));
  for (const name of names) await run("dpkg-deb", ["--extract", join(archives, name), root]);
  await chmod(root, 0o755);
};

const lookInto = async (folder: string): Promise<UnpackedPostgres | undefined> => {
  const bin = await firstWithServer(debianFolders(folder));
  if (bin === undefined) return undefined;
  const libraries = await readdir(join(folder, "usr", "lib"), { withFileTypes: true });
  const own = libraries.filter((entry) => entry.isDirectory() && entry.name.includes("-linux-"));
  return { bin, libraries: own.map(({ name }) => join(folder, "usr", "lib", name)) };
};
