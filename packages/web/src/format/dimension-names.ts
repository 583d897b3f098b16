const titles: Readonly<Record<string, string>> = {
  provider: "Provider",
  source: "Source",
  ServiceProviderName: "Provider",
  ServiceName: "Service",
  ServiceCategory: "Service category",
  ServiceSubcategory: "Service subcategory",
  SubAccountId: "Account ID",
  SubAccountName: "Account",
  BillingAccountId: "Billing account ID",
  BillingAccountName: "Billing account",
  RegionId: "Region",
  RegionName: "Region name",
  AvailabilityZone: "Zone",
  ResourceId: "Resource",
  ResourceName: "Resource name",
  ResourceType: "Resource type",
  ChargeCategory: "Charge category",
  ChargeClass: "Charge class",
  ChargeDescription: "Description",
  ChargeFrequency: "Charge frequency",
  ChargePeriodStart: "Charged from",
  ChargePeriodEnd: "Charged until",
  SkuId: "SKU",
  SkuMeter: "Meter",
  SkuPriceId: "SKU price",
  PricingCategory: "Pricing",
  PricingUnit: "Pricing unit",
  PricingQuantity: "Priced quantity",
  ConsumedUnit: "Unit",
  ConsumedQuantity: "Quantity",
  EffectiveCost: "Effective cost",
  BilledCost: "Billed cost",
  ListCost: "List cost",
  ContractedCost: "Contracted cost",
  InvoiceIssuerName: "Invoice issuer",
  InvoiceId: "Invoice",
  BillingCurrency: "Currency",
  CommitmentDiscountId: "Commitment",
  CommitmentDiscountName: "Commitment name",
  CommitmentDiscountStatus: "Commitment status",
};

/** What a reader calls a dimension: `ServiceName` → Service, `tag:team` → team. */
export const dimensionTitle = (name: string): string => {
  const known = titles[name];
  if (known !== undefined) return known;
  if (name.startsWith("tag:")) return name.slice(4);
  if (name.startsWith("x:")) return name.slice(2);
  const words = name.replace(/([a-z])([A-Z])/g, "$1 $2");
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
};

/** Those that are asked for most, first in every list. */
export const COMMON_DIMENSIONS = [
  "ServiceName",
  "SubAccountName",
  "RegionId",
  "provider",
  "ServiceCategory",
  "ChargeCategory",
  "ResourceId",
  "ResourceType",
  "PricingCategory",
] as const;

/** Where a click leads: from what is broad to the resource. */
export const DRILL_PATH = ["provider", "SubAccountName", "ServiceName", "RegionId", "ResourceId"] as const;

/** A cell of a dimension as it is read: what has no value says so. */
export const dimensionValue = (value: string | null, dimension: string): string =>
  value === null || value === "" ? `No ${dimensionTitle(dimension).toLowerCase()}` : value;
