import type { InventoryItem } from "@trimtab/domain";
import type { AdviceSources } from "../advisors/advise.ts";
import { adviceErrors } from "../advisors/errors.ts";
import type { DailyCosts } from "../advisors/fill-evidence.ts";
import type { QueryEngine } from "../query/engines/engine.ts";
import type { QueryContext } from "../query/types.ts";
import type { Work } from "./work.ts";

export interface OpenSources extends AdviceSources {
  readonly dailyCosts: DailyCosts;
  readonly lakeVersion: number;
}

/** Resources whose daily costs are asked for at once. */
const IDS_AT_ONCE = 500;

/**
 * All that advice is made of, from the lake: one version of it.
 * @throws INVENTORY_EMPTY, LAKE_*
 */
export async function openAdviceSources(work: Work): Promise<OpenSources> {
  const { services, query } = work;
  const inventory = await (await services.openInventory()).items();
  if (inventory.length === 0) throw adviceErrors.create("INVENTORY_EMPTY", {});
  const engine = await work.openEngine();
  const { version: lakeVersion } = await engine.snapshot(query.lakeVersion);
  const pinned = { ...query, lakeVersion };
  const { readResourceCosts } = await import("../evidence/costs/resource-costs.ts");
  const { openPriceBook } = await import("../evidence/prices/open-price-book.ts");
  const { netSavings } = await import("../evidence/commitments/net-savings.ts");
  const { readContractTerms } = await import("../evidence/commitments/contract-terms.ts");
  const terms = await readContractTerms(await services.openLake());
  const costs = await readResourceCosts(engine, pinned);
  const book = await openPriceBook(engine, pinned, await readPriceLists(work));
  return {
    inventory,
    metrics: await services.openResourceMetrics(),
    costOf: (resource) => costs.costOf(resource),
    price: (question) => book.price(question),
    netSavings: (changes) => netSavings(engine, pinned, costs, changes, terms),
    dailyCosts: (resources, window) => readDailyCosts(engine, pinned, resources, window),
    lakeVersion,
  };
}

/** The user's own lists. */
async function readPriceLists({ services }: Work) {
  const { openPriceListStore } = await import("../evidence/prices/price-list-store.ts");
  const storage = await services.openStorage();
  return await openPriceListStore(storage)
    .read()
    .finally(() => storage.close());
}

/** Effective cost by day of resources that the bill names by their id or an alias. */
async function readDailyCosts(
  engine: QueryEngine,
  context: QueryContext,
  resources: readonly InventoryItem[],
  { start, end }: { readonly start: string; readonly end: string },
) {
  const { runQuery } = await import("../query/run-query.ts");
  const idOf = new Map(resources.flatMap(({ id, aliases }) => [id, ...aliases].map((name) => [name, id])));
  const costs = new Map<string, (readonly [string, number])[]>();
  const names = [...idOf.keys()];
  for (let from = 0; from < names.length; from += IDS_AT_ONCE) {
    const values = names.slice(from, from + IDS_AT_ONCE);
    const { rows } = await runQuery(
      engine,
      {
        measures: ["effective"],
        by: ["ResourceId"],
        grain: "day",
        period: { start: start.slice(0, 10), end: end.slice(0, 10) },
        where: { dimension: "ResourceId", op: "in", values },
      },
      context,
    );
    for (const [day, resource, cost] of rows) {
      const id = idOf.get(resource ?? "");
      if (id === undefined || day == null || cost == null) continue;
      costs.set(id, [...(costs.get(id) ?? []), [day.slice(0, 10), Number(cost)]]);
    }
  }
  return costs;
}
