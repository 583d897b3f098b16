import {
  type CurrencyCode,
  compare,
  currencyCode,
  type Decimal,
  decimal,
  formatDecimal,
  type Instant,
  type Month,
  monthPeriod,
  type PriceOrigin,
  sign,
  sumDecimals,
  tryDecimal,
  ZERO,
} from "@trimtab/domain";
import { amazonItem } from "./amazon-skus.ts";
import { canonicalAttributes } from "./attributes.ts";
import { googleItem } from "./google-skus.ts";
import type { BilledSku, BilledSkus } from "./read-billed-skus.ts";
import { type BilledItem, isRefusal } from "./sku.ts";
import { pricePer } from "./units.ts";

const ONE = decimal("1");

type BillOrigin = Extract<PriceOrigin, { readonly kind: "bill" }>;

/** What an item costs in a region by the user's own bill. */
export interface BillPrice {
  readonly item: BilledItem;
  readonly attributes: Readonly<Record<string, string>>;
  /** Null: the bill tells no region of it, or `global`. */
  readonly region: string | null;
  readonly billingAccount: string | null;
  readonly currency: CurrencyCode;
  readonly price: Decimal;
  readonly origin: BillOrigin;
  readonly notes: readonly string[];
}

/** What the bill has of an item and why it still is no price. */
export interface BillRefusal extends Omit<BillPrice, "price" | "origin" | "notes" | "currency"> {
  readonly reason: string;
}

export interface BillPrices {
  readonly prices: readonly BillPrice[];
  readonly refusals: readonly BillRefusal[];
}

interface Classified extends BilledSku {
  readonly item: BilledItem;
  readonly attributes: Readonly<Record<string, string>>;
}

/** One SKU at one price of the bill. */
interface Candidate {
  readonly price: Decimal;
  readonly basis: BillOrigin["basis"];
  readonly skuId: string;
  readonly rows: number;
  readonly quantity: Decimal;
  readonly lastUsed: Instant;
  readonly notes: readonly string[];
}

/** Finds the price of every item that the bill has on-demand usage of, in the newest complete month with any. */
export const billPrices = ({ skus, months }: BilledSkus): BillPrices => {
  const refusals: BillRefusal[] = [];
  const classified: Classified[] = [];
  for (const sku of skus) {
    const found = googleItem(sku) ?? amazonItem(sku);
    if (found === undefined) continue;
    const place = { region: placeOf(sku.region), billingAccount: sku.billingAccount };
    if (isRefusal(found)) {
      refusals.push({ item: found.item, attributes: {}, ...place, reason: found.reason });
      continue;
    }
    // Spot prices move by the hour, and AWS's item has no attribute for them; Google's machines have SKUs of their own.
    if (sku.pricingCategory === "Dynamic" && found.attributes.spot !== "yes") continue;
    classified.push({ ...sku, item: found.item, attributes: ownAttributes(found.item, found.attributes) });
  }
  const prices: BillPrice[] = [];
  const groups = Map.groupBy(classified, (sku) =>
    JSON.stringify([sku.item, sku.attributes, placeOf(sku.region), sku.billingAccount, sku.currency]),
  );
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const where = {
      item: first.item,
      attributes: first.attributes,
      region: placeOf(first.region),
      billingAccount: first.billingAccount,
    };
    const found = priceOf(group, months);
    if ("reason" in found) refusals.push({ ...where, reason: found.reason });
    else prices.push({ ...where, currency: currencyCode(first.currency), ...found });
  }
  return { prices, refusals };
};

const placeOf = (region: string | null): string | null => (region === "global" ? null : region);

const ownAttributes = (item: BilledItem, attributes: Readonly<Record<string, string>>) =>
  item === "gcp.compute.core" || item === "gcp.compute.ram"
    ? attributes
    : canonicalAttributes(item, attributes);

type Found = Pick<BillPrice, "price" | "origin" | "notes"> | { readonly reason: string };

const priceOf = (group: readonly Classified[], months: BilledSkus["months"]): Found => {
  let reason = "its usage has no price in the bill";
  for (const { month, isComplete } of months) {
    const own = group.filter((sku) => sku.month === month);
    if (own.length === 0) continue;
    const found = priceInMonth(own, month, isComplete);
    if (!("reason" in found)) return found;
    ({ reason } = found);
  }
  return { reason };
};

const priceInMonth = (skus: readonly Classified[], month: Month, isComplete: boolean): Found => {
  const bySku = Map.groupBy(skus, ({ skuId, meter }) => skuId ?? meter ?? "");
  const tried = [...bySku].map(([skuId, own]) => candidateOf(skuId, own));
  const candidates = tried
    .flatMap((found) => ("reason" in found ? [] : [found]))
    .toSorted((a, b) =>
      a.lastUsed < b.lastUsed ? 1 : a.lastUsed > b.lastUsed ? -1 : compare(b.quantity, a.quantity),
    );
  const [chosen] = candidates;
  if (chosen === undefined) {
    return {
      reason: tried.flatMap((found) => ("reason" in found ? [found.reason] : []))[0] ?? "it has no price",
    };
  }
  const others = candidates.slice(1).filter(({ price }) => compare(price, chosen.price) !== 0);
  return {
    price: chosen.price,
    origin: {
      kind: "bill",
      basis: chosen.basis,
      skuIds: [chosen.skuId],
      period: monthPeriod(month),
      rows: chosen.rows,
    },
    notes: [
      ...chosen.notes,
      ...(isComplete ? [] : [`of ${month}, which is not complete`]),
      ...others.map(({ skuId, price }) => `SKU ${skuId} is sold as the same at ${formatDecimal(price)}`),
    ],
  };
};

/**
 * The price of one SKU. Of several tiers the highest counts: the last units used are the first that a change saves.
 * Rows priced 0 are free tiers, and rows with credits of free tiers say less than the next unit costs: neither is a price.
 */
const candidateOf = (skuId: string, rows: readonly Classified[]): Candidate | { readonly reason: string } => {
  const sustained = rows.some(({ credit }) => credit === "sustained");
  const contracted = rows.filter(({ contractedUnitPrice: price }) => price !== null && sign(price) > 0);
  if (contracted.length > 0 && !sustained) return contractedOf(skuId, contracted);
  const usable = rows.filter(({ credit, effective }) => credit !== "free" && effective !== null);
  const quantity = sumDecimals(usable.map((row) => row.quantity));
  const cost = sumDecimals(usable.map(({ effective }) => effective ?? ZERO));
  if (sign(quantity) <= 0) {
    return {
      reason:
        "all of its usage carries credits or lacks a cost, so the bill does not tell what one unit costs",
    };
  }
  if (sign(cost) <= 0)
    return { reason: "its usage was free in the bill, which tells no price of the next unit" };
  const [first] = usable;
  const price = first === undefined ? undefined : pricePer(first.item, cost, quantity, first.unit);
  if (price === undefined || usable.some(({ unit }) => unit !== first?.unit)) {
    return {
      reason: `its usage is counted in ${[...new Set(usable.map(({ unit }) => unit ?? "no unit"))].join(" and ")}`,
    };
  }
  const notes = sustained ? ["after sustained use discounts, which shrink as usage does"] : [];
  return { price, basis: "effective", skuId, quantity, notes, ...usedOf(usable) };
};

const usedOf = (rows: readonly Classified[]) => ({
  rows: rows.reduce((sum, row) => sum + row.rows, 0),
  lastUsed: rows.map(({ lastUsed }) => lastUsed).reduce((a, b) => (a > b ? a : b)),
});

/** Google's price ids are `sku/start of the tier/consumption model`; others do not tell. */
const tierOf = ({ skuPriceId }: Classified): Decimal =>
  tryDecimal(/^[^/]+\/(\d+(?:\.\d+)?)\//.exec(skuPriceId ?? "")?.[1] ?? "") ?? ZERO;

const contractedOf = (
  skuId: string,
  rows: readonly Classified[],
): Candidate | { readonly reason: string } => {
  const top = rows.map(tierOf).reduce((a, b) => (compare(a, b) > 0 ? a : b));
  const inTop = rows.filter((row) => compare(tierOf(row), top) === 0);
  const byPrice = [
    ...Map.groupBy(inTop, ({ contractedUnitPrice, unit }) => `${contractedUnitPrice} ${unit}`).values(),
  ];
  const priced = byPrice.flatMap((own) => {
    const [first] = own;
    if (first?.contractedUnitPrice == null) return [];
    const price = pricePer(first.item, first.contractedUnitPrice, ONE, first.unit);
    return price === undefined
      ? []
      : [{ price, quantity: sumDecimals(own.map((row) => row.quantity)), ...usedOf(own) }];
  });
  // Of two that are equally new the lower one: it claims less.
  const [newest, ...older] = priced.toSorted((a, b) =>
    a.lastUsed < b.lastUsed ? 1 : a.lastUsed > b.lastUsed ? -1 : compare(a.price, b.price),
  );
  if (newest === undefined) {
    return {
      reason: `its usage is counted in ${[...new Set(rows.map(({ unit }) => unit ?? "no unit"))].join(" and ")}`,
    };
  }
  const changed = older.filter(({ price }) => compare(price, newest.price) !== 0);
  const notes = [
    ...(inTop.length < rows.length
      ? [`the price beyond ${formatDecimal(top)} units, where this account's usage ends`]
      : []),
    ...changed.map(({ price, lastUsed }) => `it was ${formatDecimal(price)} until ${lastUsed.slice(0, 10)}`),
  ];
  return { ...newest, basis: "contracted", skuId, notes };
};
