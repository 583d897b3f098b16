import { addMonths, type Decimal, decimal, divide, firstDayOf, isZero, monthOf } from "@trimtab/domain";
import { ACCOUNTS, FOCUS_REGION, type FocusLine, PAYER, PLAN } from "../data/samplemind.ts";
import { seededHex } from "../random.ts";
import { PLACES } from "../spread.ts";
import type { FocusCharge } from "./focus-charge.ts";

/**
 * The columns of AWS's FOCUS 1.2 export, in its order.
 * @see https://docs.aws.amazon.com/cur/latest/userguide/table-dictionary-focus-1-2-aws-columns.html (read 2026-11-21)
 */
const COLUMNS = [
  ...[
    "AvailabilityZone",
    "BilledCost",
    "BillingAccountId",
    "BillingAccountName",
    "BillingAccountType",
    "BillingCurrency",
  ],
  ...[
    "BillingPeriodEnd",
    "BillingPeriodStart",
    "CapacityReservationId",
    "CapacityReservationStatus",
    "ChargeCategory",
  ],
  ...["ChargeClass", "ChargeDescription", "ChargeFrequency", "ChargePeriodEnd", "ChargePeriodStart"],
  ...[
    "CommitmentDiscountCategory",
    "CommitmentDiscountId",
    "CommitmentDiscountName",
    "CommitmentDiscountQuantity",
  ],
  ...[
    "CommitmentDiscountStatus",
    "CommitmentDiscountType",
    "CommitmentDiscountUnit",
    "ConsumedQuantity",
    "ConsumedUnit",
  ],
  ...["ContractedCost", "ContractedUnitPrice", "EffectiveCost", "InvoiceId", "InvoiceIssuerName", "ListCost"],
  ...["ListUnitPrice", "PricingCategory", "PricingCurrency", "PricingCurrencyContractedUnitPrice"],
  ...[
    "PricingCurrencyEffectiveCost",
    "PricingCurrencyListUnitPrice",
    "PricingQuantity",
    "PricingUnit",
    "ProviderName",
  ],
  ...[
    "PublisherName",
    "RegionId",
    "RegionName",
    "ResourceId",
    "ResourceName",
    "ResourceType",
    "ServiceCategory",
  ],
  ...[
    "ServiceName",
    "ServiceSubcategory",
    "SkuId",
    "SkuMeter",
    "SkuPriceDetails",
    "SkuPriceId",
    "SubAccountId",
  ],
  ...["SubAccountName", "SubAccountType", "Tags", "x_Discounts", "x_Operation", "x_ServiceCode"],
] as const;

type FocusRow = Readonly<Partial<Record<(typeof COLUMNS)[number], string | Decimal>>>;

const skuIdsByMeter = new Map<string, FocusRow>();

export function focusCsv(charges: readonly FocusCharge[]): string {
  const lines = charges.map((charge) => {
    const row = focusRow(charge);
    return COLUMNS.map((column) => cell(row[column])).join(",");
  });
  return `${[COLUMNS.join(","), ...lines].join("\n")}\n`;
}

function cell(value: string | Decimal | undefined): string {
  const text = value === undefined ? "" : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function focusRow(charge: FocusCharge): FocusRow {
  const { billed, effective, list } = charge;
  const month = monthOf(charge.day);
  return {
    BilledCost: billed,
    BillingAccountId: PAYER.id,
    BillingAccountName: PAYER.name,
    BillingAccountType: "Payer",
    BillingCurrency: "USD",
    BillingPeriodStart: instantText(firstDayOf(month)),
    BillingPeriodEnd: instantText(firstDayOf(addMonths(month, 1))),
    ...chargePeriod(charge),
    ContractedCost: list,
    EffectiveCost: effective,
    InvoiceIssuerName: "Amazon Web Services, Inc.",
    ListCost: list,
    PricingCurrency: "USD",
    PricingCurrencyEffectiveCost: effective,
    ProviderName: "AWS",
    PublisherName: "Amazon Web Services, Inc.",
    RegionId: FOCUS_REGION.id,
    RegionName: FOCUS_REGION.name,
    x_Discounts: "{}",
    ...ownColumns(charge),
  };
}

function ownColumns({ of, billed, effective, list }: FocusCharge): FocusRow {
  switch (of.kind) {
    case "usage":
      return {
        ...lineColumns(of.line),
        ...usageColumns(of.line, list),
        ChargeCategory: "Usage",
        ChargeFrequency: "Usage-Based",
      };
    case "adjustment":
      return {
        ...lineColumns(of.line),
        ChargeCategory: of.category,
        ChargeDescription: of.description,
        ChargeFrequency: "One-Time",
        ...(of.category === "Credit" ? {} : { ChargeClass: "Correction" }),
      };
    case "plan fee":
      return {
        ...planColumns(),
        ChargeCategory: "Purchase",
        ChargeDescription: "1 year No Upfront Compute Savings Plan",
        ChargeFrequency: "Recurring",
        CommitmentDiscountQuantity: billed,
        ListUnitPrice: divide(billed, decimal("24"), PLACES),
        ContractedUnitPrice: divide(billed, decimal("24"), PLACES),
        PricingQuantity: "24",
        PricingUnit: "Hours",
        PricingCategory: "Standard",
      };
    case "plan use":
      return { ...planColumns(), ...planUse(of.node, effective, list) };
    case "plan unused":
      return {
        ...planColumns(),
        ChargeCategory: "Usage",
        ChargeDescription: "Unused commitment of the savings plan",
        ChargeFrequency: "Usage-Based",
        CommitmentDiscountQuantity: effective,
        CommitmentDiscountStatus: "Unused",
        PricingCategory: "Committed",
      };
  }
}

function planUse(
  node: { readonly resourceId: string; readonly resourceName: string },
  effective: Decimal,
  list: Decimal,
): FocusRow {
  const hours = divide(list, decimal(PLAN.listPrice), PLACES);
  return {
    AvailabilityZone: "us-east-1b",
    ChargeCategory: "Usage",
    ChargeDescription: "$0.384 per On Demand Linux m6i.2xlarge Instance Hour",
    ChargeFrequency: "Usage-Based",
    CommitmentDiscountQuantity: effective,
    CommitmentDiscountStatus: "Used",
    ConsumedQuantity: hours,
    ConsumedUnit: "Hours",
    ContractedUnitPrice: PLAN.listPrice,
    ListUnitPrice: PLAN.listPrice,
    PricingCategory: "Committed",
    PricingQuantity: hours,
    PricingUnit: "Hours",
    ResourceId: node.resourceId,
    ResourceName: node.resourceName,
    ResourceType: "AWS::EC2::Instance",
    ServiceCategory: "Compute",
    ServiceName: "Amazon Elastic Compute Cloud",
    ServiceSubcategory: "Virtual Machines",
    SkuMeter: PLAN.meter,
    ...skuIds(PLAN.meter),
    Tags: JSON.stringify({
      environment: "prod",
      service: "api",
      "cost-center": "platform",
      owner: "platform",
    }),
    x_Operation: "RunInstances",
    x_ServiceCode: "AmazonEC2",
  };
}

const planColumns = (): FocusRow => ({
  CommitmentDiscountCategory: "Spend",
  CommitmentDiscountId: PLAN.id,
  CommitmentDiscountName: "samplemind workers",
  CommitmentDiscountType: "Compute Savings Plan",
  CommitmentDiscountUnit: "USD",
  ResourceId: PLAN.id,
  ResourceType: "Savings Plan",
  ServiceCategory: "Compute",
  ServiceName: "Savings Plans for AWS Compute usage",
  ServiceSubcategory: "Other (Compute)",
  SkuMeter: "ComputeSP:1yrNoUpfront",
  ...skuIds("ComputeSP:1yrNoUpfront"),
  ...account("samplemind-platform"),
  Tags: "{}",
  x_ServiceCode: "ComputeSavingsPlans",
});

const lineColumns = (line: FocusLine): FocusRow => ({
  ...(line.zone === undefined ? {} : { AvailabilityZone: line.zone }),
  ChargeDescription: line.description,
  ResourceId: line.resourceId,
  ResourceName: line.resourceName,
  ResourceType: line.resourceType,
  ServiceCategory: line.category,
  ServiceName: line.serviceName,
  ServiceSubcategory: line.subcategory,
  SkuMeter: line.meter,
  ...skuIds(line.meter),
  ...account(line.account),
  Tags: JSON.stringify(line.tags),
  x_ServiceCode: line.serviceCode,
});

function usageColumns(line: FocusLine, list: Decimal): FocusRow {
  const quantity = divide(list, decimal(line.listPrice), PLACES);
  return {
    ConsumedQuantity: quantity,
    ConsumedUnit: line.unit,
    ContractedUnitPrice: line.listPrice,
    ListUnitPrice: line.listPrice,
    PricingCategory: line.paid === undefined ? "Standard" : "Dynamic",
    PricingQuantity: quantity,
    PricingUnit: line.unit,
    PricingCurrencyContractedUnitPrice: line.listPrice,
    PricingCurrencyListUnitPrice: line.listPrice,
    ...(isZero(quantity) ? {} : { x_Operation: line.serviceCode }),
  };
}

function skuIds(meter: string): FocusRow {
  const known = skuIdsByMeter.get(meter);
  if (known !== undefined) return known;
  const sku = seededHex(`sku/${meter}`, 16).toUpperCase();
  const ids = { SkuId: sku, SkuPriceId: `${sku}.JRTCKXETXF.6YS6EN2CT7` };
  skuIdsByMeter.set(meter, ids);
  return ids;
}

const account = (name: keyof typeof ACCOUNTS): FocusRow => ({
  SubAccountId: ACCOUNTS[name],
  SubAccountName: name,
  SubAccountType: "Linked",
});

const instantText = (date: string): string => `${date}T00:00:00Z`;

function chargePeriod({ day: date, hour }: FocusCharge): FocusRow {
  const start = Date.parse(date) + (hour ?? 0) * 3_600_000;
  const end = start + (hour === undefined ? 24 : 1) * 3_600_000;
  const text = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;
  return { ChargePeriodStart: text(start), ChargePeriodEnd: text(end) };
}
