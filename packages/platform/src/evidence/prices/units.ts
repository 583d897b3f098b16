import { type Decimal, decimal, divide, HOURS_PER_MONTH, multiply, PRICE_ITEMS } from "@trimtab/domain";
import type { BilledItem } from "./sku.ts";

/** Places of a price per unit; half to even. */
const PRICE_SCALE = 18;

/** What one unit of the bill is in base units. AWS's GB are of 2^30 bytes, as are Google's "GB" of RAM. */
interface Measured {
  readonly of: "vCPU" | "GiB" | "thing";
  readonly per: "second" | "hour" | "month" | "once";
}

const UNITS: Readonly<Record<string, Measured>> = {
  second: { of: "thing", per: "second" },
  seconds: { of: "thing", per: "second" },
  s: { of: "thing", per: "second" },
  hour: { of: "thing", per: "hour" },
  hours: { of: "thing", per: "hour" },
  hrs: { of: "thing", per: "hour" },
  h: { of: "thing", per: "hour" },
  hr: { of: "thing", per: "hour" },
  month: { of: "thing", per: "month" },
  "vcpu-seconds": { of: "thing", per: "second" },
  "vcpu-s": { of: "thing", per: "second" },
  "vcpu-h": { of: "thing", per: "hour" },
  "vcpu-hours": { of: "thing", per: "hour" },
  "gibibyte second": { of: "GiB", per: "second" },
  "gib-s": { of: "GiB", per: "second" },
  "gib-seconds": { of: "GiB", per: "second" },
  "gibibyte hour": { of: "GiB", per: "hour" },
  "gib-h": { of: "GiB", per: "hour" },
  "gib-hours": { of: "GiB", per: "hour" },
  "gibibyte month": { of: "GiB", per: "month" },
  "gb-mo": { of: "GiB", per: "month" },
  "gb-month": { of: "GiB", per: "month" },
  "gb-months": { of: "GiB", per: "month" },
  "gib-mo": { of: "GiB", per: "month" },
  "gib-months": { of: "GiB", per: "month" },
  "iops-mo": { of: "thing", per: "month" },
  "iops-months": { of: "thing", per: "month" },
  count: { of: "thing", per: "once" },
  request: { of: "thing", per: "once" },
  requests: { of: "thing", per: "once" },
};

const TARGETS: Readonly<Record<string, Measured>> = {
  "vCPU-s": { of: "thing", per: "second" },
  "vCPU-h": { of: "thing", per: "hour" },
  "GiB-s": { of: "GiB", per: "second" },
  "GiB-h": { of: "GiB", per: "hour" },
  "GiB-mo": { of: "GiB", per: "month" },
  "IOPS-mo": { of: "thing", per: "month" },
  h: { of: "thing", per: "hour" },
  request: { of: "thing", per: "once" },
};

const SECONDS: Readonly<Record<Exclude<Measured["per"], "once">, Decimal>> = {
  second: decimal("1"),
  hour: decimal("3600"),
  month: multiply(decimal(HOURS_PER_MONTH), decimal("3600")),
};

const unitOf = (item: BilledItem): string =>
  item === "gcp.compute.core" ? "vCPU-h" : item === "gcp.compute.ram" ? "GiB-h" : PRICE_ITEMS[item].unit;

/**
 * `cost ÷ quantity` of a unit of the bill, per the item's unit; undefined where the units can't be compared. A month is
 * {@link HOURS_PER_MONTH}; the one division is the last step.
 */
export const pricePer = (
  item: BilledItem,
  cost: Decimal,
  quantity: Decimal,
  billUnit: string | null,
): Decimal | undefined => {
  const from = UNITS[(billUnit ?? "").trim().toLowerCase()];
  const to = TARGETS[unitOf(item)];
  if (from === undefined || to === undefined || from.of !== to.of) return undefined;
  if (from.per === "once" || to.per === "once") {
    return from.per === to.per ? divide(cost, quantity, PRICE_SCALE) : undefined;
  }
  return divide(multiply(cost, SECONDS[to.per]), multiply(quantity, SECONDS[from.per]), PRICE_SCALE);
};
