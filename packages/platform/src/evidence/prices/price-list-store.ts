import { posix } from "node:path";
import { z } from "zod";
import type { LakeStorage } from "../../lake/storage/storage.ts";
import { priceErrors } from "./errors.ts";
import type { ListPrice } from "./list-price.ts";
import { listPriceSchema } from "./parse-price-list.ts";

const FOLDER = "prices";
const MAX_ATTEMPTS = 20;

/** The user's own price list beside the charges, below `prices/` of the lake's root. */
export interface PriceListStore {
  read(): Promise<readonly ListPrice[]>;
  /**
   * Adds prices; one of the same item, attributes, region and currency is replaced.
   * @throws PRICE_LIST_BUSY, LAKE_NOT_WRITABLE, LAKE_DISK_FULL
   */
  add(prices: readonly ListPrice[]): Promise<void>;
  /** Forgets all there was and keeps these. */
  replace(prices: readonly ListPrice[]): Promise<void>;
}

const fileSchema = z.object({ schemaVersion: z.literal(1), prices: z.array(listPriceSchema) });

const listKey = ({
  item,
  attributes,
  region,
  currency,
}: Omit<ListPrice, "price" | "source" | "date">): string =>
  JSON.stringify([item, Object.entries(attributes), region, currency]);

const pathOf = (version: number): string => posix.join(FOLDER, `${String(version).padStart(10, "0")}.json`);

/** Each change is the exclusive creation of the next version, as with the lake's manifests; readers see whole lists. */
export const openPriceListStore = (storage: LakeStorage): PriceListStore => {
  const newest = async () => {
    const versions = (await storage.files(FOLDER)).flatMap((path) =>
      Number(/\/(\d{10})\.json$/.exec(path)?.[1] ?? []),
    );
    const version = versions.reduce((a, b) => Math.max(a, b), 0);
    return { version, prices: version === 0 ? [] : await readVersion(storage, version) };
  };
  const change = async (next: (current: readonly ListPrice[]) => readonly ListPrice[]): Promise<void> => {
    for (let tries = 0; tries < MAX_ATTEMPTS; tries += 1) {
      const { version, prices } = await newest();
      const content = JSON.stringify({ schemaVersion: 1, prices: next(prices) });
      if (!(await storage.create(pathOf(version + 1), content))) continue;
      // The list of before stays for readers that have just listed the folder.
      if (version > 1) await storage.remove(pathOf(version - 1));
      return;
    }
    throw priceErrors.create("PRICE_LIST_BUSY", { attempts: MAX_ATTEMPTS });
  };
  return {
    read: async () => (await newest()).prices,
    add: (prices) => change((current) => merged([...current, ...prices])),
    replace: (prices) => change(() => merged(prices)),
  };
};

const merged = (prices: readonly ListPrice[]): readonly ListPrice[] => [
  ...new Map(prices.map((price) => [listKey(price), price])).values(),
];

const readVersion = async (storage: LakeStorage, version: number): Promise<readonly ListPrice[]> => {
  try {
    return fileSchema.parse(JSON.parse((await storage.readText(pathOf(version))) ?? "")).prices;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.slice(0, 200) : String(cause);
    throw priceErrors.create(
      "PRICE_LIST_BROKEN",
      { file: `${storage.root}/${pathOf(version)}`, reason },
      { cause },
    );
  }
};
