import type { InventoryItem, ResourceRef } from "@trimtab/domain";
import type { Attributes } from "../access/scope-allows.ts";

/**
 * What a scope can know of a resource: by the names of FOCUS, the account (in FOCUS a sub-account), region, id and name; its
 * tags where the inventory still has it. A resource without a region, which is everywhere, has none.
 */
export const attributesOf = (
  { id, name, scope }: ResourceRef,
  item: Pick<InventoryItem, "tags"> | undefined,
): Attributes => ({
  SubAccountId: scope.account,
  RegionId: scope.region === "" || scope.region === "*" || scope.region === "global" ? null : scope.region,
  ResourceId: id,
  ResourceName: name,
  ...Object.fromEntries(Object.entries(item?.tags ?? {}).map(([key, value]) => [`tag:${key}`, value])),
});
