import type { InventoryItem } from "@trimtab/domain";

const ENVIRONMENT_KEYS = new Set(["environment", "env", "stage", "tier", "deployment-environment"]);
const NON_PRODUCTION =
  /^(dev|devel|develop|development|test|testing|tst|qa|stage|staging|stg|sandbox|demo|preview|uat|ci|int|integration|non-?prod(uction)?)$/i;

/**
 * The tag that says that a resource is not production; undefined: none does. A name is no evidence: `dev-tools` may serve
 * everybody.
 */
export function nonProductionTag({ tags }: InventoryItem): string | undefined {
  for (const [key, value] of Object.entries(tags))
    if (ENVIRONMENT_KEYS.has(key.toLowerCase()) && NON_PRODUCTION.test(value.trim()))
      return `${key}=${value}`;
  return undefined;
}
