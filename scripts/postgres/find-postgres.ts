import { globSync } from "node:fs";
import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";

const isProgram = (file: string): Promise<boolean> =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  );

const majorOf = (folder: string): number => Number(/postgresql\/(\d+)/.exec(folder)?.[1] ?? 0);

/** Folders below `root` where Debian's packages put the server's programs, newest first. */
export const debianFolders = (root = "/"): readonly string[] =>
  globSync("usr/lib/postgresql/*/bin", { cwd: root })
    .map((folder) => join(root, folder))
    .toSorted((a, b) => majorOf(b) - majorOf(a));

/** The first of the folders that holds a server; undefined where none does. */
export const firstWithServer = async (folders: readonly string[]): Promise<string | undefined> => {
  for (const folder of folders) {
    const programs = ["initdb", "postgres"].map((name) => isProgram(join(folder, name)));
    if ((await Promise.all(programs)).every(Boolean)) return folder;
  }
  return undefined;
};

/** The programs of a PostgreSQL that is installed: TRIMTAB_POSTGRES_BIN, PATH, then where Debian has them. */
export const findPostgres = (env: NodeJS.ProcessEnv = process.env): Promise<string | undefined> => {
  const named = env.TRIMTAB_POSTGRES_BIN;
  if (named) return firstWithServer([named]);
  return firstWithServer([...(env.PATH ?? "").split(delimiter).filter(Boolean), ...debianFolders()]);
};
