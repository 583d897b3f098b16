import { execFile } from "node:child_process";
import { chmod, mkdir, readdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

const isRoot = (): boolean => process.getuid?.() === 0;

/** Root runs servers as somebody else, who can't look into root's home. */
export const packageCache = (): string =>
  process.env.TRIMTAB_TEST_CACHE ||
  (isRoot()
    ? "/var/cache/trimtab-test-servers"
    : join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "trimtab-test-servers"));

/**
 * Debian's packages with all that they need, fetched by apt-get and unpacked into a folder, which appears only when it is
 * whole: nothing is installed on the system. False where apt-get can't have them.
 */
export const unpackPackages = async (packages: readonly string[], folder: string): Promise<boolean> => {
  const draft = `${folder}.${process.pid}`;
  try {
    await mkdir(join(draft, "archives", "partial"), { recursive: true });
    if (!(await fetchPackages(packages, join(draft, "archives")))) return false;
    await unpackAll(join(draft, "archives"), join(draft, "root"));
    await rename(join(draft, "root"), folder).catch(() => undefined);
    return true;
  } catch {
    return false;
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
