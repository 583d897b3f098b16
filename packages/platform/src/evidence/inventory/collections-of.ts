import type { Instant, InventoryItem } from "@trimtab/domain";
import { evidenceErrors } from "../errors.ts";
import { type Collection, coverageOf } from "./inventory-store.ts";
import type { LoadedItems } from "./recognise-file.ts";

interface Given {
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly readAt: Instant;
}

/**
 * Items of files as the collections whose place they take. An empty list empties the collection that it names, as far as it
 * is known which one that is.
 * @throws INVENTORY_INVALID for a resource that is there twice
 */
export const collectionsOf = (
  files: readonly LoadedItems[],
  { account, region, readAt }: Given,
): readonly Collection[] => {
  const found = new Map<string, Collection & { readonly items: InventoryItem[] }>();
  const at = (collection: Omit<Collection, "items">) => {
    const { provider, kind } = collection;
    const key = JSON.stringify([provider, collection.account, collection.region, kind]);
    const own = found.get(key) ?? { ...collection, items: [] };
    found.set(key, own);
    return own;
  };
  for (const { items, emptyKind } of files) {
    for (const item of items) {
      const { scope, kind } = item;
      at({ ...scope, region: coverageOf(scope), kind, readAt: item.readAt }).items.push(item);
    }
    if (emptyKind !== undefined && account !== undefined && region !== undefined)
      at({ provider: "aws", account, region, kind: emptyKind, readAt });
  }
  return [...found.values()].map((collection) => {
    const latest = collection.items
      .map((item) => item.readAt)
      .toSorted()
      .at(-1);
    refuseTwice(collection.items);
    return { ...collection, readAt: latest ?? readAt };
  });
};

const refuseTwice = (items: readonly InventoryItem[]): void => {
  const seen = new Set<string>();
  for (const { id } of items) {
    if (seen.has(id)) {
      const problem = "it is there twice; give each list once";
      throw evidenceErrors.create("INVENTORY_INVALID", { file: "the files together", path: id, problem });
    }
    seen.add(id);
  }
};
