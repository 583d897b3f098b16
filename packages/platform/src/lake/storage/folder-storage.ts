import { link, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { lakeErrors } from "../errors.ts";
import { MANIFEST_FOLDER, newId, syncFile, syncPath, TABLES, TEMP_FOLDER } from "../layout.ts";
import type { LakeStorage, StoredFolder } from "./storage.ts";

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "unknown";

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Size of a file or of all below a folder, and when something in it last changed. */
const measure = async (path: string): Promise<{ readonly bytes: number; readonly newestMs: number }> => {
  const below = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = [path, ...below.map((entry) => join(entry.parentPath, entry.name))];
  let bytes = 0;
  let newestMs = 0;
  for (const one of paths) {
    const found = await stat(one).catch(() => undefined);
    if (found?.isFile()) bytes += found.size;
    newestMs = Math.max(newestMs, found?.mtimeMs ?? 0);
  }
  return { bytes, newestMs };
};

/** The lake in a folder of a file system that has hard links. */
export const folderStorage = (root: string, clock: () => Date): LakeStorage => {
  const at = (path: string): string => join(root, path);
  const unreadable = (error: unknown) =>
    lakeErrors.create("LAKE_UNREADABLE", { root, reason: reasonOf(error) }, { cause: error });

  const entriesOf = async (folder: string, options: { readonly recursive: boolean }) =>
    await readdir(at(folder), { ...options, withFileTypes: true }).catch((error: unknown) => {
      // Only a folder that is not there is a new lake: on any other failure, version 1 would be written once more.
      if (codeOf(error) === "ENOENT") return [];
      throw unreadable(error);
    });

  const found = (parent: string, name: string): StoredFolder => ({
    path: relative(root, join(parent, name)).replaceAll(sep, "/"),
    measure: () => measure(join(parent, name)),
  });

  return {
    kind: "folder",
    root,
    scratch: root,
    lateWritesMs: 0,
    localPath: at,
    files: async (folder) =>
      (await entriesOf(folder, { recursive: true }))
        .filter((entry) => entry.isFile())
        .map((entry) => found(entry.parentPath, entry.name).path)
        .sort(),
    readText: (path) =>
      readFile(at(path), "utf8").catch((error: unknown) => {
        if (codeOf(error) === "ENOENT") return undefined;
        throw unreadable(error);
      }),
    sizes: async (paths) => {
      const sizes = new Map<string, number>();
      for (const path of paths) {
        const info = await stat(at(path)).catch(() => undefined);
        if (info !== undefined) sizes.set(path, info.size);
      }
      return sizes;
    },
    loadFolders: async () => {
      const folders: StoredFolder[] = [];
      for (const table of TABLES)
        for (const entry of await entriesOf(table, { recursive: true }))
          if (entry.isDirectory() && entry.name.startsWith("load="))
            folders.push(found(entry.parentPath, entry.name));
      return folders.sort((a, b) => (a.path < b.path ? -1 : 1));
    },
    leftOvers: async () => {
      const working = await entriesOf(TEMP_FOLDER, { recursive: false });
      const manifests = await entriesOf(MANIFEST_FOLDER, { recursive: false });
      const drafts = manifests.filter(({ name }) => name.endsWith(".tmp"));
      return [...working, ...drafts].map(({ parentPath, name }) => found(parentPath, name));
    },
    prepare: async () => {
      await mkdir(at(TEMP_FOLDER), { recursive: true }).catch((error: unknown) => {
        throw lakeErrors.create("LAKE_NOT_WRITABLE", { root, reason: reasonOf(error) }, { cause: error });
      });
    },
    put: async (path, localFile) => {
      await mkdir(dirname(at(path)), { recursive: true });
      // Before it is seen: what no manifest guards, such as other data sets, must not be half a file after a power cut.
      await syncPath(localFile);
      await rename(localFile, at(path));
      await syncFile(at(path), root);
    },
    putText: async (path, text) => {
      await writeFile(at(path), text);
      await syncFile(at(path), root);
    },
    create: (path, text, drafts) => createLinked(root, path, text, { id: newId(clock()), drafts }),
    remove: (path) => rm(at(path), { recursive: true, force: true }),
    revalidate: async () => undefined,
    dropUnfinished: async () => undefined,
    close: () => undefined,
  };
};

/** A link is made exclusively and shows the file whole: temporary file, fsync, `link`, fsync of the folder. */
const createLinked = async (
  root: string,
  path: string,
  text: string,
  { id, drafts }: { readonly id: string; readonly drafts: string | undefined },
): Promise<boolean> => {
  const target = join(root, path);
  await mkdir(dirname(target), { recursive: true });
  const temporary = join(drafts ?? dirname(target), `.${id}.tmp`);
  try {
    const handle = await open(temporary, "wx");
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await link(temporary, target);
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
  // From the link on, readers see the version. Were this failure an error, its loads would be taken back under them.
  await syncFile(target, root).catch(() => undefined);
  return true;
};
