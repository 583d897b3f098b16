import {
  add,
  type CurrencyCode,
  currencyCode,
  type Day,
  type Decimal,
  day,
  decimal,
  multiply,
} from "@trimtab/domain";
import { canonicalAttributes } from "./attributes.ts";
import {
  DISK_PRICES,
  GOOGLE_COMPUTE_SOURCE,
  IDLE_ADDRESS_PRICES,
  MACHINE_PART_PRICES,
  MACHINE_TYPES,
  SNAPSHOT_PRICES,
} from "./data/google-compute.ts";
import { PUBLISHED } from "./data/published.ts";
import type { ListPrice } from "./list-price.ts";

const USD: CurrencyCode = currencyCode("USD");

/** Words of each line of a table. */
const table = (text: string): readonly (readonly string[])[] =>
  text
    .trim()
    .split("\n")
    .map((line) => line.split(" "));

const compute = (): { readonly source: string; readonly date: Day } => ({
  source: GOOGLE_COMPUTE_SOURCE.source,
  date: day(GOOGLE_COMPUTE_SOURCE.date),
});

/** Prices that this program brings along, but for machines, which {@link machineListPrice} makes of their parts. */
export const publishedPrices = (): readonly ListPrice[] => {
  const own = { currency: USD, ...compute() };
  const pages = PUBLISHED.flatMap(({ source, date, regions, prices }) =>
    regions.flatMap((region) =>
      prices.map(({ item, attributes, price }): ListPrice => {
        const canonical = canonicalAttributes(item, attributes);
        return {
          item,
          attributes: canonical,
          region,
          price: decimal(price),
          currency: USD,
          source,
          date: day(date),
        };
      }),
    ),
  );
  const disks = table(DISK_PRICES).map(([type = "", region = "", price = ""]): ListPrice => {
    return { item: "gcp.compute.disk", attributes: { type }, region, price: decimal(price), ...own };
  });
  const snapshots = table(SNAPSHOT_PRICES).map(([region = "", price = ""]): ListPrice => {
    return { item: "gcp.compute.snapshot", attributes: {}, region, price: decimal(price), ...own };
  });
  const addresses = table(IDLE_ADDRESS_PRICES).map(([region = "", price = ""]): ListPrice => {
    return {
      item: "gcp.compute.address",
      attributes: { use: "idle" },
      region,
      price: decimal(price),
      ...own,
    };
  });
  return [...pages, ...disks, ...snapshots, ...addresses];
};

export interface MachineShape {
  readonly family: string;
  readonly vCpus: Decimal;
  readonly memoryGiB: Decimal;
}

let shapes: ReadonlyMap<string, MachineShape> | undefined;

const readShapes = (): ReadonlyMap<string, MachineShape> =>
  new Map(
    table(MACHINE_TYPES).map(([name = "", vCpus = "", memory = ""]) => [
      name,
      { family: name.split("-")[0] ?? "", vCpus: decimal(vCpus), memoryGiB: decimal(memory) },
    ]),
  );

/** vCPUs and memory that a predefined machine type of Google's is billed for; undefined for others. */
export const machineShape = (machineType: string): MachineShape | undefined => {
  shapes ??= readShapes();
  return shapes.get(machineType);
};

/** The smallest predefined type of a family, to show a price by. */
export const smallestType = (family: string): string | undefined => {
  shapes ??= readShapes();
  const own = [...shapes].filter(([name, shape]) => shape.family === family && name.includes("standard"));
  return own[0]?.[0];
};

/** What a machine costs an hour by the prices of its vCPUs and its memory. */
export const machinePrice = ({ vCpus, memoryGiB }: MachineShape, core: Decimal, ram: Decimal): Decimal =>
  add(multiply(vCpus, core), multiply(memoryGiB, ram));

let parts: ReadonlyMap<string, readonly [core: Decimal, ram: Decimal]> | undefined;

/** The list price of a predefined machine on demand; spot prices move and are in no list. */
export const machineListPrice = (machineType: string, region: string): ListPrice | undefined => {
  const shape = machineShape(machineType);
  if (shape === undefined) return undefined;
  parts ??= new Map(
    table(MACHINE_PART_PRICES).map(([family = "", place = "", core = "", ram = ""]) => [
      `${family} ${place}`,
      [decimal(core), decimal(ram)],
    ]),
  );
  const found = parts.get(`${shape.family} ${region}`);
  if (found === undefined) return undefined;
  const [core, ram] = found;
  return {
    item: "gcp.compute.instance",
    attributes: { machineType, spot: "no" },
    region,
    price: machinePrice(shape, core, ram),
    currency: USD,
    ...compute(),
  };
};
