import type { BilledName, PricedResource, ResourceCosts } from "../../evidence/costs/resource-costs.ts";
import type { Filter } from "../../query/types.ts";
import { ledgerErrors } from "../errors.ts";

const isOrMissing = (dimension: string, value: string | null): Filter =>
  value === null ? { dimension, op: "is null" } : { dimension, op: "=", value };

const nameFilter = ({ id, account, region }: BilledName): Filter => ({
  and: [
    { dimension: "ResourceId", op: "=", value: id },
    isOrMissing("SubAccountId", account),
    isOrMissing("RegionId", region),
  ],
});

/**
 * The charges of resources, by the names that the bill has of them. One that it does not name at all is refused: the
 * verification would be of a part of the plan.
 * @throws VERIFY_PLAN_NOT_BILLED
 */
export const planFilter = (
  plan: string,
  resources: readonly PricedResource[],
  costs: Pick<ResourceCosts, "billedAs" | "costOf">,
): Filter => {
  const filters = resources.flatMap((resource) => {
    const names = costs.billedAs(resource);
    if (names.length > 0) return names.map(nameFilter);
    const cost = costs.costOf(resource);
    const reason = cost.status === "unknown" ? cost.reason : `the bill names no ${resource.name}`;
    throw ledgerErrors.create("VERIFY_PLAN_NOT_BILLED", { plan, reason });
  });
  return { or: filters };
};
