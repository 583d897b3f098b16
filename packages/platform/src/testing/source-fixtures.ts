import type { SourceDefinition } from "../lake/source-definition.ts";
import { csvSourceFor } from "../sources/csv/csv-source.ts";
import { parseMapping } from "../sources/csv/parse-mapping.ts";
import { sources } from "../sources/registry.ts";
import { curCsv } from "./cur-bill.ts";
import { gcpRow } from "./gcp-bill.ts";

type Row = Readonly<Record<string, string>>;

/** How the cost of a fixture's rows is read without our program: the other side of every proof of conservation. */
export interface RowReader {
  readonly format: "csv" | "ndjson";
  readonly delimiter: string;
  /** Texts that mean no value. */
  readonly nullTexts: readonly string[];
  /** Names of the billed amount's column; the first that the header has, whatever its case. */
  readonly cost: readonly string[];
  readonly currency: readonly string[];
  /** Decimal comma and the like. */
  readonly plain?: (amount: string) => string;
  /** Whether a row may have no amount at all. */
  readonly costMayBeEmpty?: boolean;
}

/** A small bill of one source, made here, with everything a suite over all sources needs to know of it. */
export interface SourceFixture {
  readonly source: keyof typeof sources;
  readonly definition: SourceDefinition;
  readonly fileName: string;
  readonly content: string;
  /** `weights`: a data set beside the charges, in no total. */
  readonly kind: "charges" | "weights";
  /** Its part in all mutants of its source; the parts of a source's fixtures sum to 1. */
  readonly share: number;
  readonly read: RowReader;
}

const NULLS = ["NULL", "null"];
const ROWS = 20;

/** Amounts of every kind that real exports hold: short, long, tiny, negative, zero, with an exponent. */
const AMOUNTS = [
  "1.5",
  "0.0000123456789",
  "-2.25",
  "0",
  "12.3456789012345678901234567891",
  "1000000",
  "3.1e-7",
  "0.000000000001",
  "-0.0000000000005",
  "7",
];
const amount = (index: number): string => AMOUNTS[index % AMOUNTS.length] ?? "0";
const day = (index: number): string => String((index % 27) + 1).padStart(2, "0");

const cell = (value: string, delimiter: string): string =>
  value.includes(delimiter) || /["\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;

const table = (rows: readonly Row[], delimiter = ","): string => {
  const names = Object.keys(rows[0] ?? {});
  const lines = rows.map((row) => names.map((name) => cell(row[name] ?? "", delimiter)).join(delimiter));
  return `${[names.join(delimiter), ...lines].join("\n")}\n`;
};

const rows = <T>(make: (index: number) => T): T[] => Array.from({ length: ROWS }, (_, index) => make(index));

const cur = curCsv(
  rows((index) => ({
    "lineItem/UnblendedCost": amount(index),
    "lineItem/UsageStartDate": `2026-03-${day(index)}T05:00:00Z`,
    "lineItem/UsageEndDate": `2026-03-${day(index)}T06:00:00Z`,
    "lineItem/LineItemType": ["Usage", "Tax", "Credit", "Refund"][index % 4] ?? "Usage",
    "lineItem/LineItemDescription": index % 3 === 0 ? 'say "hi",\nthen go' : "hours of an instance",
    "resourceTags/user:team": index % 2 === 0 ? "web" : "",
  })),
);

const azure = table(
  rows((index) => ({
    BillingAccountId: "42",
    BillingPeriodStartDate: "01/01/2026",
    BillingPeriodEndDate: "01/31/2026",
    SubscriptionId: "s1",
    Date: `01/${day(index)}/2026`,
    MeterCategory: index % 2 === 0 ? "Virtual Machines" : "Storage",
    Quantity: "24",
    UnitOfMeasure: "10 Hours",
    CostInBillingCurrency: amount(index),
    BillingCurrencyCode: "EUR",
    ConsumedService: "Microsoft.Compute",
    ResourceId: `/subscriptions/s1/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm${index}`,
    Tags: index % 2 === 0 ? '"env": "prod"' : "",
    ChargeType: "Usage",
  })),
);

const focus = table(
  rows((index) => ({
    BilledCost: amount(index),
    EffectiveCost: amount(index + 1),
    BillingAccountId: "a-1",
    BillingCurrency: index % 5 === 0 ? "EUR" : "USD",
    BillingPeriodStart: "2026-06-01T00:00:00Z",
    ChargeCategory: "Usage",
    ChargePeriodStart: `2026-06-${day(index)}T00:00:00Z`,
    ChargePeriodEnd: `2026-06-${day(index + 1)}T00:00:00Z`,
    ServiceName: index % 4 === 0 ? 'Über "Compute", größer' : "Storage",
    ProviderName: "Acme",
    Tags: index % 2 === 0 ? '{"team":"web"}' : "",
  })),
);

const gcp = rows((index) => {
  const written = amount(index);
  // A JSON number holds what a double holds; more digits than that stand in a string, as BigQuery writes NUMERIC.
  const cost = written.length > 15 ? written : Number(written);
  const credit = { id: "c1", name: "Sustained use", amount: -0.5, type: "SUSTAINED_USAGE_DISCOUNT" };
  const promotion = { id: "p", name: "Trial", amount: -0.25, type: "PROMOTION" };
  const credits = index % 3 === 0 ? [credit] : index % 3 === 1 ? [] : [credit, promotion];
  return `${JSON.stringify(gcpRow({ cost, credits, usage_start_time: `2026-02-${day(index)} 08:00:00 UTC` }))}\n`;
}).join("");

/** As tools write the export that flatten its records. */
const flatGcp = table(
  rows((index) => ({
    billing_account_id: "01A2B3-C4D5E6-F7A8B9",
    service_id: "6F81-5844-456A",
    service_description: index % 2 === 0 ? "Compute Engine" : "Cloud, Storage",
    sku_id: "CF4E-A0C7-E3BF",
    sku_description: "E2 Instance Core",
    usage_start_time: `2026-02-${day(index)} 08:00:00 UTC`,
    usage_end_time: `2026-02-${day(index)} 09:00:00 UTC`,
    project_id: "shop",
    cost: amount(index),
    currency: "USD",
    cost_type: "regular",
    invoice_month: "202602",
  })),
);

const MAPPING = `mapping: 1
name: shop-bill
file: { delimiter: ";", decimal: ",", times: ["%d.%m.%Y"] }
columns:
  BilledCost: Betrag
  BillingCurrency: Waehrung
  ChargePeriodStart: Tag
  ServiceName: Dienst
`;

const csv = table(
  rows((index) => ({
    Tag: `${day(index)}.05.2026`,
    Dienst: index % 2 === 0 ? "Rechner; groß" : "Speicher",
    Betrag: amount(index).replace(".", ","),
    Waehrung: "CHF",
  })),
  ";",
);

const opencost = table(
  rows((index) => ({
    Date: `2026-02-${day(index)}`,
    Cluster: "c",
    Node: "n1",
    Namespace: index % 2 === 0 ? "shop" : "__idle__",
    ControllerKind: "deployment",
    ControllerName: "web",
    Pod: `web-${index}`,
    Container: "app",
    CPUCost: "0.5",
    RAMCost: "0.25",
    ProviderID: "aws:///us-east-1a/i-0abc",
  })),
);

const csvRows = { format: "csv", delimiter: ",", nullTexts: NULLS } as const;

/** Fixtures of every source of the registry. */
export const sourceFixtures: readonly SourceFixture[] = [
  {
    source: "aws-cur",
    definition: sources["aws-cur"],
    fileName: "cur.csv",
    content: cur,
    kind: "charges",
    share: 1,
    read: {
      ...csvRows,
      cost: ["lineItem/UnblendedCost"],
      currency: ["lineItem/CurrencyCode"],
      costMayBeEmpty: true,
    },
  },
  {
    source: "azure-cost",
    definition: sources["azure-cost"],
    fileName: "azure.csv",
    content: azure,
    kind: "charges",
    share: 1,
    read: {
      ...csvRows,
      cost: ["CostInBillingCurrency", "Cost", "PreTaxCost"],
      currency: ["BillingCurrencyCode", "BillingCurrency", "Currency"],
    },
  },
  {
    source: "csv",
    definition: csvSourceFor(parseMapping(MAPPING, "mapping.yaml")),
    fileName: "table.csv",
    content: csv,
    kind: "charges",
    share: 1,
    read: {
      ...csvRows,
      delimiter: ";",
      nullTexts: [],
      cost: ["Betrag"],
      currency: ["Waehrung"],
      plain: (text) => (text.includes(".") ? "unreadable" : text.replace(",", ".")),
    },
  },
  {
    source: "focus",
    definition: sources.focus,
    fileName: "focus.csv",
    content: focus,
    kind: "charges",
    share: 1,
    read: { ...csvRows, cost: ["BilledCost"], currency: ["BillingCurrency"] },
  },
  {
    source: "gcp-billing",
    definition: sources["gcp-billing"],
    fileName: "export.json",
    content: gcp,
    kind: "charges",
    // Planning the statements over its nested records takes ten times as long as for the others.
    share: 0.25,
    read: { format: "ndjson", delimiter: "", nullTexts: NULLS, cost: ["cost"], currency: ["currency"] },
  },
  {
    source: "gcp-billing",
    definition: sources["gcp-billing"],
    fileName: "export.csv",
    content: flatGcp,
    kind: "charges",
    share: 0.75,
    read: { ...csvRows, cost: ["cost"], currency: ["currency"] },
  },
  {
    source: "opencost",
    definition: sources.opencost,
    fileName: "allocations.csv",
    content: opencost,
    kind: "weights",
    share: 1,
    read: { ...csvRows, cost: ["CPUCost"], currency: [] },
  },
];
