import type { InventoryItem, ResourceRef } from "@trimtab/domain";
import type { Attributes } from "../access/scope-allows.ts";

/**
 * What a scope can know of a resource, in the words of its bill: account (in FOCUS a sub-account), region, id, and its tags
 * where the inventory still has it. Its name, service and provider are spelled by each source in its own way, and a
 * resource that is everywhere has no one region: these are left open, so that a scope that asks for them shows nothing.
 */
export const attributesOf = (
  { id, scope }: Pick<ResourceRef, "id" | "scope">,
  item: Pick<InventoryItem, "tags"> | undefined,
): Attributes => ({
  SubAccountId: scope.account,
  ...(["", "*", "global"].includes(scope.region) ? {} : { RegionId: scope.region }),
  ResourceId: id,
  ...Object.fromEntries(Object.entries(item?.tags ?? {}).map(([key, value]) => [`tag:${key}`, value])),
});
