import { type Day, type Decimal, day, decimal } from "@trimtab/domain";
import type { Lake } from "../../lake/lake.ts";
import type { LoadEntry } from "../../lake/manifest.ts";
import type { WeightPeriod } from "./weights.ts";

/** The resource of the bill that an asset of the cluster is, or why none can be named. */
export type AssetMatch =
  | { readonly status: "found"; readonly resourceId: string }
  | { readonly status: "none" | "ambiguous"; readonly reason: string };

export interface BilledDay {
  readonly resourceId: string;
  readonly day: Day;
  readonly currency: string;
  readonly cost: Decimal;
  /** Rows whose EffectiveCost is unknown. */
  readonly unknown: number;
}

/**
 * What an id has in common with the bill's: AWS instances and volumes by their last part, an Azure scale set by the
 * set (its machines are not in the bill), everything else by its last part.
 */
const assetKey = (id: string): string =>
  `CASE WHEN contains(lower(${id}), '/virtualmachinescalesets/') ` +
  `THEN regexp_extract(lower(${id}), '(subscriptions/.*/virtualmachinescalesets/[^/]+)', 1) ` +
  `ELSE regexp_extract(lower(${id}), '([^/:]+)/*$', 1) END`;

const LIST = (position: number): string => `(SELECT UNNEST(from_json($${position}, '["VARCHAR"]')))`;

/** Which resource of the bill each asset is: the same id, or the only one with the same key. */
export const matchAssets = async (
  lake: Lake,
  loads: readonly LoadEntry[],
  assetIds: readonly string[],
): Promise<ReadonlyMap<string, AssetMatch>> => {
  const charges = lake.scanCharges(loads);
  const { rows } = await lake.run({
    text:
      `WITH assets AS (SELECT id, ${assetKey("id")} AS key FROM (SELECT UNNEST(from_json($1, '["VARCHAR"]')) AS id)), ` +
      `resources AS (SELECT DISTINCT ResourceId AS id, ${assetKey("ResourceId")} AS key FROM ${charges} WHERE ResourceId IS NOT NULL) ` +
      "SELECT assets.id, resources.id FROM assets JOIN resources USING (key) WHERE key <> '' ORDER BY 1, 2",
    params: [JSON.stringify(assetIds)],
  });
  const candidates = Map.groupBy(rows, ([asset]) => String(asset));
  return new Map(
    assetIds.map((id): [string, AssetMatch] => {
      const found = (candidates.get(id) ?? []).map(([, resource]) => String(resource));
      const [only] = found;
      if (found.includes(id)) return [id, { status: "found", resourceId: id }];
      if (only !== undefined && found.length === 1) return [id, { status: "found", resourceId: only }];
      if (only === undefined)
        return [id, { status: "none", reason: "no charge of the bill has this resource" }];
      const reason = `${found.length} resources of the bill end like it, e.g. ${found.slice(0, 2).join(" and ")}`;
      return [id, { status: "ambiguous", reason }];
    }),
  );
};

/** EffectiveCost of resources by the day that a charge begins, within whole days. */
export const readBill = async (
  lake: Lake,
  loads: readonly LoadEntry[],
  resourceIds: readonly string[],
  { start, end }: WeightPeriod,
): Promise<readonly BilledDay[]> => {
  const { rows } = await lake.run({
    text:
      "SELECT ResourceId, CAST(CAST(ChargePeriodStart AS DATE) AS VARCHAR), BillingCurrency, " +
      "CAST(COALESCE(sum(EffectiveCost), 0) AS DECIMAL(38,12)), count(*) FILTER (EffectiveCost IS NULL) " +
      `FROM ${lake.scanCharges(loads)} WHERE ResourceId IN ${LIST(1)} ` +
      "AND ChargePeriodStart >= CAST($2 AS TIMESTAMP) AND ChargePeriodStart < CAST($3 AS TIMESTAMP) GROUP BY ALL ORDER BY ALL",
    params: [JSON.stringify(resourceIds), start, end],
  });
  return rows.map(([resourceId, date, currency, cost, unknown]) => ({
    resourceId: String(resourceId),
    day: day(String(date)),
    currency: String(currency),
    cost: decimal(String(cost)),
    unknown: Number(unknown),
  }));
};
