import type { PriceItem } from "@trimtab/domain";

/** What a bill says of a SKU, as far as it tells what is sold. */
export interface Sku {
  readonly service: string | null;
  /** SkuMeter: Google's SKU description, AWS's usage type. */
  readonly meter: string | null;
  readonly description: string | null;
  /** AWS's operation, which tells operating systems and engines apart. */
  readonly operation: string | null;
  /** SkuPriceDetails: JSON text of an object. */
  readonly details: string | null;
}

/** Prices of machines are not billed as such by Google: a machine is its vCPUs and its memory. */
export type BilledItem = PriceItem | "gcp.compute.core" | "gcp.compute.ram";

/** What a SKU sells. */
export interface SkuItem {
  readonly item: BilledItem;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A SKU that must not be taken for an item: the reason why a question for it has no answer. */
export interface SkuRefusal {
  readonly item: PriceItem;
  readonly reason: string;
}

export const isRefusal = (found: SkuItem | SkuRefusal): found is SkuRefusal => "reason" in found;
