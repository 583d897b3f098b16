import { type Decimal, decimal, multiply, sign } from "@trimtab/domain";
import { amazonItem } from "../prices/amazon-skus.ts";
import { googleItem } from "../prices/google-skus.ts";
import type { Sku } from "../prices/sku.ts";

/** Usage of one kind in one hour, as the bill's rows sum to it. */
export interface BilledUsage extends Sku {
  readonly hour: string;
  readonly resource: string | null;
  readonly region: string | null;
  readonly account: string | null;
  readonly billingAccount: string | null;
  readonly currency: string;
  readonly commitment: string | null;
  readonly category: string | null;
  readonly type: string | null;
  readonly effective: Decimal | null;
  readonly contracted: Decimal | null;
  readonly list: Decimal | null;
  readonly quantity: Decimal | null;
  readonly commitmentQuantity: Decimal | null;
  /** Credit of Google's older commitments on this usage, below zero. */
  readonly committedUseCredit: Decimal | null;
}

/** The usage type without its region. */
const bareMeter = ({ meter }: Sku): string => (meter ?? "").replace(/^[A-Z]{2,4}\d?-(?=[A-Za-z])/, "");

/** What a saving's lines call the usage; reserved usage has no engine in its description, so the usage type is enough. */
export const itemOf = (usage: Sku): string => {
  const meter = bareMeter(usage);
  if (/^(BoxUsage|HeavyUsage|DedicatedUsage)(:|$)/.test(meter)) return "aws.ec2.instance";
  if (/^(InstanceUsage|Multi-AZUsage):db\./.test(meter)) return "aws.rds.instance";
  const found = googleItem(usage) ?? amazonItem(usage);
  if (found === undefined) return `other ${usage.service} ${meter}`;
  return found.item === "gcp.compute.core" || found.item === "gcp.compute.ram"
    ? "gcp.compute.instance"
    : found.item;
};

/** Usage of one key is the same to a commitment. */
export const kindOf = (usage: BilledUsage): string =>
  JSON.stringify([usage.service, usage.region, bareMeter(usage), usage.operation]);

/**
 * Size of an instance against others of its family.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/apply_ri.html, "Instance size flexibility" (read 2026-06)
 */
const SIZES: Readonly<Record<string, string>> = {
  nano: "0.25",
  micro: "0.5",
  small: "1",
  medium: "2",
  large: "4",
  xlarge: "8",
};

interface Sized {
  readonly family: string;
  readonly factor: Decimal;
}

/** Family and normalisation factor of the instance that a usage type names; undefined for others and bare metal. */
export const sizeOf = (usage: Sku): Sized | undefined => {
  const meter = bareMeter(usage);
  const [, kind, family, size] =
    /^([A-Za-z-]+):((?:db\.|cache\.)?[a-z][a-z0-9-]*)\.([a-z0-9]+)$/.exec(meter) ?? [];
  if (family === undefined || size === undefined || kind === undefined) return undefined;
  const [, many] = /^(\d+)xlarge$/.exec(size) ?? [];
  const single = many === undefined ? SIZES[size] : String(8 * Number(many));
  if (single === undefined) return undefined;
  const standbys = kind === "Multi-AZUsage" ? decimal("2") : decimal("1");
  const reserved = kind === "Multi-AZUsage" ? "InstanceUsage" : kind;
  return { family: `${reserved}:${family}`, factor: multiply(decimal(single), standbys) };
};

/** `N2 Instance Core running in Americas`: family and part, which Google's resource commitments are of. */
export const machinePartOf = (usage: Sku): string | undefined => {
  const found = googleItem(usage);
  if (found === undefined || "reason" in found || found.attributes.spot === "yes") return undefined;
  return found.item === "gcp.compute.core" || found.item === "gcp.compute.ram"
    ? `${found.item} ${found.attributes.family}`
    : undefined;
};

/** What covered usage would cost on demand: at contracted prices, else at list; of Google's older model the credit. */
export const coveredValue = (usage: BilledUsage): Decimal | undefined => {
  const { committedUseCredit: credit } = usage;
  if (credit !== null && sign(credit) < 0) return multiply(credit, decimal("-1"));
  const value = [usage.contracted, usage.list, usage.effective].find(
    (amount) => amount !== null && sign(amount) > 0,
  );
  return value ?? undefined;
};
