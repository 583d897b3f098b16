import {
  type Known,
  known,
  type PriceQuestion,
  type ResourceScope,
  type UnitPrice,
  unknown,
} from "@trimtab/domain";
import type { GridPoint } from "./grid.ts";
import type { ReplayTotals } from "./simulate/replay.ts";

/** What a Cloud Run service is billed for. */
export const COST_PARTS = {
  "active cpu": { about: "vCPU-seconds while requests are handled", item: "gcp.run.cpu", billing: "request" },
  "active memory": {
    about: "GiB-seconds while requests are handled",
    item: "gcp.run.memory",
    billing: "request",
  },
  "idle cpu": { about: "vCPU-seconds of waiting minimum instances", item: "gcp.run.cpu", billing: "idle" },
  "idle memory": {
    about: "GiB-seconds of waiting minimum instances",
    item: "gcp.run.memory",
    billing: "idle",
  },
  requests: { about: "requests", item: "gcp.run.requests", billing: undefined },
  "instance cpu": { about: "vCPU-seconds of instances", item: "gcp.run.cpu", billing: "instance" },
  "instance memory": { about: "GiB-seconds of instances", item: "gcp.run.memory", billing: "instance" },
} as const satisfies Readonly<
  Record<
    string,
    { readonly about: string; readonly item: PriceQuestion["item"]; readonly billing: string | undefined }
  >
>;

export type CostPart = keyof typeof COST_PARTS;
export const COST_PART_NAMES = Object.keys(COST_PARTS) as readonly CostPart[];

/** Units of each part; absent: none. */
export type Units = Readonly<Partial<Record<CostPart, number>>>;
export type Prices = Readonly<Partial<Record<CostPart, UnitPrice>>>;

function priceQuestion(part: CostPart, scope: ResourceScope): PriceQuestion {
  const { item, billing } = COST_PARTS[part];
  return { item, scope, attributes: billing === undefined ? {} : { billing } };
}

/** Units that the replayed seconds are billed at the settings of a point. */
export function unitsOf(
  totals: ReplayTotals,
  { cpu, memoryMiB, cpuAllocation }: Pick<GridPoint, "cpu" | "memoryMiB" | "cpuAllocation">,
): Units {
  const cpus = Number(cpu);
  const gib = memoryMiB / 1024;
  if (cpuAllocation === "instance")
    return { "instance cpu": totals.alive * cpus, "instance memory": totals.alive * gib };
  const idle =
    totals.idleMinimum > 0
      ? { "idle cpu": totals.idleMinimum * cpus, "idle memory": totals.idleMinimum * gib }
      : {};
  return {
    "active cpu": totals.billed * cpus,
    "active memory": totals.billed * gib,
    requests: totals.requests,
    ...idle,
  };
}

/** The parts that settings with this billing may be charged for. */
function partsOf(cpuAllocation: GridPoint["cpuAllocation"]): readonly CostPart[] {
  return COST_PART_NAMES.filter((part) => part.startsWith("instance") === (cpuAllocation === "instance"));
}

/**
 * Prices by part for the kinds of billing asked for, in one currency.
 * @returns unknown with the first reason where a price is missing
 */
export function pricesOf(
  cpuAllocation: GridPoint["cpuAllocation"],
  scope: ResourceScope,
  price: (question: PriceQuestion) => Known<UnitPrice>,
): Known<Prices> {
  const prices: Partial<Record<CostPart, UnitPrice>> = {};
  for (const part of partsOf(cpuAllocation)) {
    const answer = price(priceQuestion(part, scope));
    if (answer.status === "unknown")
      return unknown(`the price of ${COST_PARTS[part].about}: ${answer.reason}`);
    prices[part] = answer.value;
  }
  const currencies = new Set(Object.values(prices).map(({ currency }) => currency));
  if (currencies.size > 1) return unknown(`the prices are in ${[...currencies].join(" and ")}`);
  return known(prices);
}

/** Prices as numbers: units are measured, so what ranks the points is no more exact than a float; money is made of decimals. */
export type Rates = Readonly<Partial<Record<CostPart, number>>>;

export function ratesOf(prices: Prices): Rates {
  return Object.fromEntries(Object.entries(prices).map(([part, { price }]) => [part, Number(String(price))]));
}

/** @returns infinity where a part has no rate: it can't be chosen */
export function costOf(units: Units, rates: Rates): number {
  let sum = 0;
  for (const part of COST_PART_NAMES) {
    const amount = units[part];
    if (amount === undefined || amount === 0) continue;
    sum += amount * (rates[part] ?? Number.POSITIVE_INFINITY);
  }
  return sum;
}
