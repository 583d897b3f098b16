import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { packageCache, unpackPackages } from "../debian/unpack-packages.ts";
import { debianFolders, firstWithServer } from "./find-postgres.ts";

const PACKAGE = "postgresql";

export interface UnpackedPostgres {
  readonly bin: string;
  /** Where the libraries are that came with it. */
  readonly libraries: readonly string[];
}

/**
 * PostgreSQL from Debian's packages, fetched by apt-get and unpacked into a folder of its own: nothing is installed on the
 * system, so no cluster of it is made or started. Undefined where apt-get can't have them.
 */
export const unpackPostgres = async (
  packages: readonly string[] = [PACKAGE],
): Promise<UnpackedPostgres | undefined> => {
  const folder = join(packageCache(), `postgres-${packages.join("-")}`);
  const kept = await lookInto(folder);
  if (kept !== undefined) return kept;
  return (await unpackPackages(packages, folder)) ? await lookInto(folder) : undefined;
};

const lookInto = async (folder: string): Promise<UnpackedPostgres | undefined> => {
  const bin = await firstWithServer(debianFolders(folder));
  if (bin === undefined) return undefined;
  const libraries = await readdir(join(folder, "usr", "lib"), { withFileTypes: true });
  const own = libraries.filter((entry) => entry.isDirectory() && entry.name.includes("-linux-"));
  return { bin, libraries: own.map(({ name }) => join(folder, "usr", "lib", name)) };
};
