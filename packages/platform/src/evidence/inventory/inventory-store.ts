import {
  type Clock,
  canonicalJson,
  type Instant,
  type InventoryItem,
  type Json,
  type Provider,
  type ResourceKind,
} from "@trimtab/domain";
import { type InventoryEntry, openInventoryFiles } from "../../lake/inventory-files.ts";
import type { LakeStorage } from "../../lake/storage/storage.ts";
import { parseItem } from "./parse-items.ts";

/** All resources of one kind in one account: of AWS in one region, elsewhere in every region. */
export interface Collection {
  readonly provider: Provider;
  readonly account: string;
  /** `*`: every region. */
  readonly region: string;
  readonly kind: ResourceKind;
  readonly readAt: Instant;
  readonly items: readonly InventoryItem[];
}

/** What is stored of one collection. */
export interface StoredCollection extends Omit<Collection, "items" | "readAt"> {
  readonly items: number;
  readonly firstReadAt: Instant;
  readonly lastReadAt: Instant;
}

/** What a reading changed in one collection. */
export interface CollectionChange extends Omit<Collection, "items" | "readAt"> {
  readonly items: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

/** One resource's settings over time; null: it was not there any more. */
export interface ItemVersion {
  readonly from: Instant;
  readonly item: InventoryItem | null;
}

/** What each resource's settings are and were, in the lake. */
export interface InventoryStore {
  /** Each collection takes the place of what it was before, as a whole. @throws LAKE_BUSY, LAKE_NOT_WRITABLE, LAKE_DISK_FULL */
  replace(collections: readonly Collection[]): Promise<readonly CollectionChange[]>;
  /** Everything as it is known now, or as it was known at a moment; by kind and id. */
  items(options?: {
    readonly at?: Instant;
    readonly kinds?: readonly ResourceKind[];
  }): Promise<readonly InventoryItem[]>;
  collections(at?: Instant): Promise<readonly StoredCollection[]>;
  /** What was known of one resource over time, by its id or an alias. */
  history(name: string): Promise<readonly ItemVersion[]>;
}

/** Regions of AWS are asked one by one, and one may fail; other clouds answer for all at once. */
export const coverageOf = ({
  provider,
  region,
}: {
  readonly provider: Provider;
  readonly region: string;
}): string => (provider === "aws" ? region : "*");

export const openInventory = (storage: LakeStorage, clock: Clock): InventoryStore => {
  const files = openInventoryFiles(storage, clock);

  const itemsOf = async (entry: InventoryEntry, at?: Instant): Promise<readonly InventoryItem[]> => {
    const isLater = at !== undefined && entry.lastReadAt > at;
    const readAt = isLater ? entry.firstReadAt : entry.lastReadAt;
    const parsed: readonly object[] = JSON.parse(await files.read(entry));
    return parsed.map((item, index) => parseItem({ ...item, readAt }, entry.path, `[${index}]`));
  };

  const current = async (at?: Instant): Promise<readonly InventoryEntry[]> => {
    const known = (await files.entries()).filter(({ firstReadAt }) => at === undefined || firstReadAt <= at);
    return [...new Map(known.map((entry) => [entry.key, entry])).values()];
  };

  return {
    replace: async (collections) => {
      const before = new Map((await current()).map((entry) => [entry.key, entry]));
      const changes: CollectionChange[] = [];
      for (const collection of collections) {
        const old = before.get(keyOf(collection));
        changes.push(compare(collection, old === undefined ? [] : await itemsOf(old)));
      }
      await files.add(
        collections.map((collection) => ({
          key: keyOf(collection),
          text: `[${collection.items.map(itemText).toSorted().join(",\n")}]`,
          items: collection.items.length,
          readAt: collection.readAt,
        })),
      );
      return changes;
    },
    items: async ({ at, kinds } = {}) => {
      const entries = (await current(at)).filter(
        ({ key }) => kinds === undefined || kinds.includes(partsOf(key).kind),
      );
      const found = await Promise.all(entries.map((entry) => itemsOf(entry, at)));
      return found.flat().toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
    },
    collections: async (at) =>
      (await current(at))
        .map(({ key, items, firstReadAt, lastReadAt }) => ({
          ...partsOf(key),
          items,
          firstReadAt: firstReadAt as Instant,
          lastReadAt: lastReadAt as Instant,
        }))
        .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
    history: async (name) => {
      const versions = new Map<string, ItemVersion[]>();
      for (const entry of await files.entries()) {
        const own = (await itemsOf(entry)).find(({ id, aliases }) => id === name || aliases.includes(name));
        const known = versions.get(entry.key) ?? [];
        const last = known.at(-1)?.item;
        const item = own ?? null;
        const isSame = last === undefined ? item === null : textOf(last) === textOf(item);
        if (!isSame) known.push({ from: entry.firstReadAt as Instant, item });
        versions.set(entry.key, known);
      }
      return [...versions.values()].flat().toSorted((a, b) => (a.from < b.from ? -1 : 1));
    },
  };
};

const keyOf = ({ provider, account, region, kind }: Omit<Collection, "items" | "readAt">): string =>
  JSON.stringify([provider, account, region, kind]);

const partsOf = (key: string) => {
  const [provider, account, region, kind] = JSON.parse(key) as [Provider, string, string, ResourceKind];
  return { provider, account, region, kind };
};

/** Without the time of reading, so that what did not change stays the same text. */
const itemText = ({ readAt: _, ...item }: InventoryItem): string => canonicalJson(item as unknown as Json);

const textOf = (item: InventoryItem | null): string => (item === null ? "" : itemText(item));

const orderOf = ({ kind, id }: InventoryItem): string => `${kind} ${id}`;

const compare = (
  { items, readAt: _, ...collection }: Collection,
  before: readonly InventoryItem[],
): CollectionChange => {
  const old = new Map(before.map((item) => [item.id, itemText(item)]));
  const now = new Set(items.map(({ id }) => id));
  return {
    ...collection,
    items: items.length,
    added: items.filter(({ id }) => !old.has(id)).length,
    changed: items.filter((item) => old.has(item.id) && old.get(item.id) !== itemText(item)).length,
    removed: before.filter(({ id }) => !now.has(id)).length,
  };
};
