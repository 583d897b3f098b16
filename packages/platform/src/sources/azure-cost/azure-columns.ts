import type { InputHeader, InputTable } from "../../lake/source-definition.ts";
import type { Expr } from "../../sql/expr.ts";

/**
 * What each schema version calls a column, newest first. Case differs between agreements (EA writes PascalCase, MCA
 * camelCase) and is ignored.
 * @see https://learn.microsoft.com/azure/cost-management-billing/dataset-schema/schema-index (read 2026-11-21)
 */
const NAMES = {
  account: ["BillingAccountId"],
  accountName: ["BillingAccountName"],
  profile: ["BillingProfileId"],
  profileName: ["BillingProfileName"],
  subscription: ["SubscriptionId", "SubscriptionGuid"],
  subscriptionName: ["SubscriptionName"],
  periodStart: ["BillingPeriodStartDate"],
  periodEnd: ["BillingPeriodEndDate"],
  date: ["Date", "UsageDateTime", "UsageDate"],
  cost: ["CostInBillingCurrency", "Cost", "PreTaxCost"],
  costInPricingCurrency: ["CostInPricingCurrency"],
  currency: ["BillingCurrencyCode", "BillingCurrency", "Currency"],
  pricingCurrency: ["PricingCurrency", "PricingCurrencyCode"],
  exchangeRate: ["ExchangeRatePricingToBilling", "ExchangeRate"],
  listCost: ["PaygCostInBillingCurrency"],
  listPrice: ["PayGPrice"],
  unitPrice: ["UnitPrice"],
  quantity: ["Quantity", "UsageQuantity", "ConsumedQuantity"],
  unit: ["UnitOfMeasure"],
  chargeType: ["ChargeType"],
  frequency: ["Frequency"],
  pricingModel: ["PricingModel"],
  reservation: ["ReservationId"],
  reservationName: ["ReservationName"],
  benefit: ["BenefitId"],
  benefitName: ["BenefitName"],
  invoice: ["InvoiceId"],
  publisherType: ["PublisherType"],
  publisher: ["PublisherName"],
  partner: ["PartnerName"],
  product: ["ProductName", "Product"],
  productId: ["ProductId"],
  partNumber: ["PartNumber"],
  meterId: ["MeterId"],
  meterName: ["MeterName"],
  meterCategory: ["MeterCategory"],
  meterSubcategory: ["MeterSubCategory"],
  consumedService: ["ConsumedService"],
  resource: ["ResourceId", "InstanceId", "InstanceName"],
  resourceName: ["ResourceName"],
  resourceType: ["ResourceType"],
  resourceGroup: ["ResourceGroup", "ResourceGroupName"],
  location: ["ResourceLocation", "Location", "ResourceLocationNormalized"],
  zone: ["AvailabilityZone"],
  tags: ["Tags"],
  additionalInfo: ["AdditionalInfo"],
  serviceInfo: ["ServiceInfo1", "ServiceInfo"],
  offer: ["OfferId"],
  invoiceSection: ["InvoiceSectionId"],
  costCenter: ["CostCenter"],
} as const satisfies Record<string, readonly string[]>;

export type AzureField = keyof typeof NAMES;

/** `Ressourcengruppe (ResourceGroup)`: localised headers give the name in parentheses. */
const canonicalName = (name: string): string =>
  (/\(([^()]+)\)\s*$/.exec(name)?.[1] ?? name)
    .replace(/^\uFEFF/, "")
    .trim()
    .toLowerCase();

/** The header's own spelling of a field, or undefined where the schema has no such column. */
export const spellingOf = (header: InputHeader, field: AzureField): string | undefined => {
  for (const name of NAMES[field]) {
    const found = header.columns.find((column) => canonicalName(column.name) === name.toLowerCase());
    if (found !== undefined) return found.name;
  }
  return undefined;
};

export const knownNames = (field: AzureField): string => NAMES[field].join(" or ");

/** Both orders that exports use can be read in one way only; day before month is never tried. */
const DATES: readonly string[] = ["%Y-%m-%d", "%m/%d/%Y"];

/** What cost details write where a charge has no such thing. */
export const NO_VALUE: readonly string[] = ["Unassigned", "Not applicable", "Not Applicable", "-2"];

/** The input's columns by what they mean. Fields that the schema lacks are typed nulls. */
export class AzureColumns {
  readonly input: InputTable;

  constructor(input: InputTable) {
    this.input = input;
  }

  has(field: AzureField): boolean {
    return spellingOf(this.input.header, field) !== undefined;
  }

  text(field: AzureField): Expr<"text"> {
    return this.input.text(this.#name(field));
  }

  decimal(field: AzureField): Expr<"decimal"> {
    return this.input.decimal(this.#name(field));
  }

  residue(field: AzureField): Expr<"exact"> {
    return this.input.residue(this.#name(field));
  }

  date(field: AzureField, required = false): Expr<"timestamp"> {
    return this.input.timestamp({ formats: DATES, required }, this.#name(field));
  }

  map(field: AzureField): Expr<"map"> {
    return this.input.map(this.#name(field));
  }

  /** The type that the file gives the column, e.g. `VARCHAR` for CSV. */
  typeOf(field: AzureField): string | undefined {
    const name = spellingOf(this.input.header, field);
    return this.input.header.columns.find((column) => column.name === name)?.type;
  }

  #name(field: AzureField): string {
    return spellingOf(this.input.header, field) ?? NAMES[field][0];
  }
}
