import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { z } from "zod";
import { lakeErrors } from "./errors.ts";
import { newId, slug } from "./layout.ts";
import type { LakeStorage } from "./storage/storage.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";
import { openVersionedIndex } from "./versioned-index.ts";

const FOLDER = "inventory";

const entryShape = z.object({
  /** What it is of; a newer entry of the same key takes its place. */
  key: z.string(),
  path: z.string(),
  sha256: z.string(),
  items: z.number(),
  /** First and last time that exactly this was read. */
  firstReadAt: z.string(),
  lastReadAt: z.string(),
});

const indexShape = z.object({ schemaVersion: z.literal(1), entries: z.array(entryShape) });

export type InventoryEntry = z.output<typeof entryShape>;
type Index = z.output<typeof indexShape>;

/** What all of one key was at a moment, as text. */
export interface InventoryDraft {
  readonly key: string;
  readonly text: string;
  readonly items: number;
  readonly readAt: string;
}

/** Texts below `inventory/` of the lake's root, each of a key and a time; none is ever let go. */
export interface InventoryFiles {
  /** In the order of their first reading. */
  entries(): Promise<readonly InventoryEntry[]>;
  /** @throws LAKE_OBJECT_MISSING, LAKE_OBJECT_DAMAGED */
  read(entry: InventoryEntry): Promise<string>;
  /** All of them or none. A text that a key has already is not written again. @throws LAKE_BUSY, LAKE_NOT_WRITABLE, LAKE_DISK_FULL */
  add(drafts: readonly InventoryDraft[]): Promise<void>;
}

export const openInventoryFiles = (storage: LakeStorage, clock: () => Date): InventoryFiles => {
  const index = openVersionedIndex<Index>(
    storage,
    {
      folder: FOLDER,
      schema: indexShape,
      empty: { schemaVersion: 1, entries: [] },
      filesOf: ({ entries }) => entries.map(({ path }) => path),
    },
    clock,
  );
  const addTo = async (current: Index, drafts: readonly InventoryDraft[], folder: string) => {
    const entries = [...current.entries];
    const added: string[] = [];
    for (const { key, text, items, readAt } of drafts) {
      const sha256 = createHash("sha256").update(text).digest("hex");
      const at = entries.findLastIndex((entry) => entry.key === key);
      const last = entries[at];
      if (last !== undefined && last.sha256 === sha256 && last.firstReadAt <= readAt) {
        if (readAt > last.lastReadAt) entries[at] = { ...last, lastReadAt: readAt };
        continue;
      }
      const name = `${newId(clock())}.json`;
      const path = posix.join(FOLDER, slug(key), name);
      await writeFile(join(folder, name), text);
      await storage.put(path, join(folder, name));
      added.push(path);
      entries.push({ key, path, sha256, items, firstReadAt: readAt, lastReadAt: readAt });
    }
    entries.sort((a, b) => (a.firstReadAt < b.firstReadAt ? -1 : a.firstReadAt > b.firstReadAt ? 1 : 0));
    return { content: { schemaVersion: 1 as const, entries }, added };
  };
  return {
    entries: async () => (await index.newest()).content.entries,
    read: async ({ path, sha256 }) => {
      const text = await storage.readText(path);
      if (text === undefined) throw lakeErrors.create("LAKE_OBJECT_MISSING", { root: storage.root, path });
      if (createHash("sha256").update(text).digest("hex") === sha256) return text;
      const reason = "its digest is another";
      throw lakeErrors.create("LAKE_OBJECT_DAMAGED", { root: storage.root, path, reason });
    },
    add: async (drafts) => {
      if (drafts.length === 0) return;
      await storage.prepare();
      await withTemporaryFolder(storage, clock(), async (folder) => {
        await index.commit((current) => addTo(current, drafts, folder), folder);
      });
    },
  };
};
