import { writeFileSync } from "node:fs";

/** One charge of a test bill; what is left out has a plain default. Amounts are decimal texts. */
export interface TestCharge {
  /** `2026-06-01`: the charge covers this day and is billed in its month. */
  readonly day: string;
  /** The day after the charge's last; absent: it is of one day. */
  readonly until?: string;
  readonly billed: string;
  readonly effective?: string;
  readonly list?: string;
  readonly category?: string;
  /** `Used` or `Unused`: the charge is a commitment's. */
  readonly commitment?: string;
  readonly service?: string;
  readonly serviceCategory?: string;
  readonly region?: string;
  readonly resource?: string;
  readonly account?: string;
  readonly currency?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

const nextDay = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

function nextMonth(day: string): string {
  const date = new Date(`${day.slice(0, 7)}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + 1);
  return date.toISOString().slice(0, 10);
}

function toColumns(charge: TestCharge): Readonly<Record<string, string>> {
  const { day, billed, currency = "USD", account = "acme", service = "Compute" } = charge;
  const effective = charge.effective ?? billed;
  return {
    BillingAccountId: account,
    BillingAccountName: account,
    BillingCurrency: currency,
    BillingPeriodStart: `${day.slice(0, 7)}-01T00:00:00Z`,
    BillingPeriodEnd: `${nextMonth(day)}T00:00:00Z`,
    ChargePeriodStart: `${day}T00:00:00Z`,
    ChargePeriodEnd: `${charge.until ?? nextDay(day)}T00:00:00Z`,
    ChargeCategory: charge.category ?? "Usage",
    ChargeClass: "",
    ChargeDescription: `${service} usage`,
    ChargeFrequency: "Usage-Based",
    BilledCost: billed,
    EffectiveCost: effective,
    ListCost: charge.list ?? billed,
    ContractedCost: effective,
    ConsumedQuantity: "1",
    ConsumedUnit: "Hours",
    PricingCategory: "Standard",
    PricingQuantity: "1",
    PricingUnit: "Hours",
    ListUnitPrice: charge.list ?? billed,
    ContractedUnitPrice: effective,
    CommitmentDiscountId: charge.commitment === undefined ? "" : "commitment-1",
    CommitmentDiscountStatus: charge.commitment ?? "",
    InvoiceIssuerName: "Acme Cloud",
    ProviderName: "Acme Cloud",
    PublisherName: "Acme Cloud",
    RegionId: charge.region ?? "eu-1",
    RegionName: charge.region ?? "eu-1",
    ResourceId: charge.resource ?? `${service}-1`,
    ResourceName: charge.resource ?? `${service}-1`,
    ServiceCategory: charge.serviceCategory ?? "Compute",
    ServiceName: service,
    SkuId: service,
    SkuPriceId: service,
    SubAccountId: "sub",
    SubAccountName: "sub",
    Tags: JSON.stringify(charge.tags ?? {}),
  };
}

/** Writes a FOCUS 1.0 bill as CSV and answers its path. */
export function writeFocusBill(path: string, charges: readonly TestCharge[]): string {
  const rows = charges.map(toColumns);
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  const header = Object.keys(rows[0] ?? {});
  const lines = [header, ...rows.map((row) => Object.values(row))].map((cells) =>
    cells.map(quoted).join(","),
  );
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}
