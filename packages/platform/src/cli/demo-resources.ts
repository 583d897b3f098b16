import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Instant } from "@trimtab/domain";
import type { Services } from "../compose.ts";
import { INVENTORY, PRICES, RESOURCE_METRICS_FILE } from "../demo/resource-files.ts";
import { collectionsOf } from "../evidence/inventory/collections-of.ts";
import { readInventoryFile } from "../evidence/inventory/recognise-file.ts";
import { readMetricsCsv } from "../evidence/metrics/files/read-csv.ts";
import { parsePriceList } from "../evidence/prices/parse-price-list.ts";
import { openPriceListStore } from "../evidence/prices/price-list-store.ts";

/** As `trimtab inventory load`, `prices load` and `metrics ingest` take the same files. */
export async function loadDemoResources(
  services: Pick<Services, "openLake" | "openInventory" | "openResourceMetrics">,
  folder: string,
  readAt: Instant,
): Promise<void> {
  const given = { account: undefined, region: undefined, readAt };
  const path = join(folder, INVENTORY);
  const items = readInventoryFile(readFileSync(path, "utf8"), { ...given, from: path });
  await (await services.openInventory()).replace(collectionsOf([items], given));
  const list = join(folder, PRICES);
  const { storage } = await services.openLake();
  await openPriceListStore(storage).replace(parsePriceList(readFileSync(list, "utf8"), list));
  const metrics = await services.openResourceMetrics();
  await metrics.write((sink) => readMetricsCsv(join(folder, RESOURCE_METRICS_FILE), 3600, sink));
}
