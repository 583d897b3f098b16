import type { Day } from "./calendar.ts";
import type { Decimal } from "./decimal.ts";
import type { CurrencyCode } from "./money.ts";
import type { Period } from "./period.ts";
import type { ResourceScope } from "./resource.ts";

/** What can be bought, whatever its SKUs are called: its unit, and the attributes that tell prices of it apart. */
export const PRICE_ITEMS = {
  "gcp.run.cpu": { unit: "vCPU-s", attributes: ["billing"] },
  "gcp.run.memory": { unit: "GiB-s", attributes: ["billing"] },
  "gcp.run.requests": { unit: "request", attributes: [] },
  "gcp.sql.cpu": { unit: "vCPU-h", attributes: ["engine", "edition", "availability"] },
  "gcp.sql.memory": { unit: "GiB-h", attributes: ["engine", "edition", "availability"] },
  "gcp.sql.tier": { unit: "h", attributes: ["engine", "tier", "availability"] },
  "gcp.sql.storage": { unit: "GiB-mo", attributes: ["engine", "type", "availability"] },
  "gcp.compute.instance": { unit: "h", attributes: ["machineType", "spot"] },
  "gcp.compute.disk": { unit: "GiB-mo", attributes: ["type"] },
  "gcp.compute.snapshot": { unit: "GiB-mo", attributes: [] },
  "gcp.compute.address": { unit: "h", attributes: ["use"] },
  "gcp.compute.forwarding-rule": { unit: "h", attributes: [] },
  "aws.ec2.instance": { unit: "h", attributes: ["instanceType", "os"] },
  "aws.ebs.volume": { unit: "GiB-mo", attributes: ["type"] },
  "aws.ebs.snapshot": { unit: "GiB-mo", attributes: [] },
  "aws.ec2.address": { unit: "h", attributes: ["use"] },
  "aws.elb.balancer": { unit: "h", attributes: ["type"] },
  "aws.rds.instance": { unit: "h", attributes: ["engine", "instanceClass", "deployment", "license"] },
  "aws.rds.storage": { unit: "GiB-mo", attributes: ["engine", "type", "deployment"] },
  "aws.rds.iops": { unit: "IOPS-mo", attributes: ["type", "deployment"] },
} as const satisfies Readonly<
  Record<string, { readonly unit: string; readonly attributes: readonly string[] }>
>;

export type PriceItem = keyof typeof PRICE_ITEMS;

/**
 * Attribute values: `billing` is `request` (CPU while requests are handled), `instance` (all the time) or `idle` (a minimum
 * instance that waits under request billing); `availability` ZONAL or REGIONAL; `deployment` single-az or multi-az; `use`
 * in-use or idle; `os` linux or windows; `spot` yes or no; others as the cloud spells them.
 */
export interface PriceQuestion {
  readonly item: PriceItem;
  readonly scope: ResourceScope;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Where a price comes from: the reader can check it there. */
export type PriceOrigin =
  | {
      readonly kind: "bill";
      /** `effective`: cost ÷ quantity of what was used on demand; `contracted`: the bill's own ContractedUnitPrice. */
      readonly basis: "effective" | "contracted";
      readonly skuIds: readonly string[];
      readonly period: Period;
      readonly rows: number;
    }
  | { readonly kind: "list"; readonly source: string; readonly date: Day };

/** The price of one unit. */
export interface UnitPrice {
  readonly question: PriceQuestion;
  readonly price: Decimal;
  readonly currency: CurrencyCode;
  /** Unit of the item, e.g. `GiB-mo`. */
  readonly unit: string;
  readonly origin: PriceOrigin;
}
