import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { add, decimal, equals, formatDecimal, ZERO } from "@trimtab/domain";
import { parse } from "csv-parse/sync";
import { describe, expect, it, onTestFinished } from "vitest";
import type { IngestReport } from "../../lake/ingest/report.ts";
import { type Lake, openLake } from "../../lake/lake.ts";
import { sharedData } from "../../testing/shared-data.ts";
import { tempFolder } from "../../testing/temp-folder.ts";
import { loadBills } from "../load-bills.ts";
import { azureCostSource } from "./azure-source.ts";

const sources = { "azure-cost": azureCostSource };

const load = async (
  patterns: readonly string[],
  as?: string,
): Promise<{ lake: Lake; report: IngestReport }> => {
  const lake = await openLake({ root: tempFolder(), threads: 1 });
  onTestFinished(() => lake.close());
  const request = { patterns, cwd: tempFolder(), sources, ...(as === undefined ? {} : { as }) };
  return { lake, report: await loadBills(lake, request) };
};

const ask = async (lake: Lake, select: string): Promise<readonly (readonly unknown[])[]> => {
  const { manifest } = await lake.snapshot();
  const { rows } = await lake.run({ text: select.replace("$charges", lake.scanCharges(manifest.loads)) });
  return rows;
};

type Row = Readonly<Record<string, string>>;

const HEADER =
  "BillingAccountId,BillingPeriodStartDate,BillingPeriodEndDate,SubscriptionId,Date,ProductName,MeterCategory,MeterId," +
  "MeterName,Quantity,UnitOfMeasure,UnitPrice,PayGPrice,CostInBillingCurrency,BillingCurrencyCode,ResourceLocation," +
  "ConsumedService,ResourceId,Tags,ReservationId,benefitId,ChargeType,Frequency,PublisherType,PublisherName,PricingModel";

const csv = (rows: readonly Row[], header = HEADER): string => {
  const names = header.split(",");
  const quoted = (value: string) => (/[",]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  return [header, ...rows.map((row) => names.map((name) => quoted(row[name] ?? "")).join(","))].join("\n");
};

const VM = "/subscriptions/s1/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm1";
const usage: Row = {
  BillingAccountId: "42",
  BillingPeriodStartDate: "01/01/2026",
  BillingPeriodEndDate: "01/31/2026",
  SubscriptionId: "s1",
  Date: "01/02/2026",
  MeterCategory: "Virtual Machines",
  MeterId: "m1",
  Quantity: "24",
  UnitOfMeasure: "1 Hour",
  UnitPrice: "0.1",
  PayGPrice: "0.12",
  CostInBillingCurrency: "2.4",
  BillingCurrencyCode: "USD",
  ResourceLocation: "EastUS2",
  ConsumedService: "Microsoft.Compute",
  ResourceId: VM,
  Tags: '"env": "prod","team": "a"',
  ChargeType: "Usage",
  Frequency: "UsageBased",
  PublisherType: "Azure",
  PricingModel: "OnDemand",
};
const order = "/providers/Microsoft.Capacity/reservationOrders/o1/reservations/r1";
const reserved: Row = {
  ...usage,
  ReservationId: "r1",
  benefitId: order,
  PricingModel: "Reservation",
  PayGPrice: "0",
};
const covered: Row = { ...reserved, Date: "01/03/2026", CostInBillingCurrency: "0" };
const purchase: Row = {
  ...reserved,
  ResourceId: order,
  ConsumedService: "Microsoft.Capacity",
  ChargeType: "Purchase",
  Frequency: "Recurring",
  Quantity: "1",
  CostInBillingCurrency: "30",
};
const amortised: Row = { ...covered, CostInBillingCurrency: "0.8" };
const unused: Row = { ...reserved, ChargeType: "UnusedReservation", CostInBillingCurrency: "0.168" };

const write = (folder: string, name: string, text: string): string => {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const pair = (folder: string, actual: readonly Row[], amortized: readonly Row[]): string[] => [
  write(folder, "one.csv", csv(actual)),
  write(folder, "two.csv", csv(amortized)),
];

describe("the pair of exports", () => {
  it("bills purchases and ordinary charges by the actual export and spreads by the amortised one", async () => {
    const { lake, report } = await load(
      pair(tempFolder(), [usage, covered, purchase], [usage, amortised, unused]),
    );
    expect(report.loads).toHaveLength(1);
    expect(report.inputs.map(({ variant }) => variant)).toEqual(["actual", "amortized"]);
    expect(
      await ask(
        lake,
        "SELECT ChargeCategory, CommitmentDiscountStatus, BilledCost, EffectiveCost, ListCost FROM $charges ORDER BY 3, 4",
      ),
    ).toEqual([
      ["Usage", "Unused", "0.000000000000", "0.168000000000", null],
      ["Usage", "Used", "0.000000000000", "0.800000000000", null],
      ["Usage", null, "2.400000000000", "2.400000000000", "2.880000000000"],
      ["Purchase", null, "30.000000000000", "0.000000000000", null],
    ]);
    expect(report.equations.map(({ output, input, accepted }) => [output, input, accepted])).toEqual([
      ["BilledCost", "32.4", "32.4"],
      ["EffectiveCost", "3.368", "3.368"],
    ]);
  });

  it("keeps ordinary charges that only one export has, with the other measure unknown", async () => {
    const late: Row = { ...usage, Date: "01/09/2026", CostInBillingCurrency: "5" };
    const other: Row = { ...usage, Date: "01/08/2026", CostInBillingCurrency: "7" };
    const { lake, report } = await load(
      pair(tempFolder(), [usage, purchase, late], [usage, amortised, other]),
    );
    const rows = await ask(
      lake,
      "SELECT BilledCost, EffectiveCost, (x_extra ->> '/x_OnlyIn') FROM $charges WHERE (x_extra ->> '/x_OnlyIn') <> '' ORDER BY 3",
    );
    expect(rows).toEqual([
      ["5.000000000000", null, "actual"],
      [null, "7.000000000000", "amortized"],
    ]);
    expect(report.equations.map(({ input, accepted }) => [input, accepted])).toEqual([
      ["37.4", "37.4"],
      ["10.2", "10.2"],
    ]);
  });

  it("leaves the other measure unknown when only one is loaded", async () => {
    const { report } = await load([write(tempFolder(), "a.csv", csv([usage, purchase]))]);
    expect(report.loads[0]?.unknown.EffectiveCost).toContain("amortized");
    expect(report.loads[0]?.sums).toEqual({
      USD: { BilledCost: "32.400000000000", ListCost: "2.880000000000", ContractedCost: "2.500000000000" },
    });
  });

  it("never lets one export silently replace the other", async () => {
    const folder = tempFolder();
    const [actual = "", amortized = ""] = pair(folder, [usage, purchase], [usage, amortised]);
    const { lake } = await load([actual]);
    const request = { cwd: folder, sources };
    const alone = loadBills(lake, { ...request, patterns: [amortized] });
    await expect(alone).rejects.toMatchObject({
      code: "LAKE_COVERS_LESS",
      message: expect.stringContaining("BilledCost would become unknown"),
    });
    const both = await loadBills(lake, { ...request, patterns: [actual, amortized] });
    expect(both.replaced).toHaveLength(1);
    expect(both.loads[0]?.unknown).toEqual({});
  });

  it("knows both measures where there are no commitments", async () => {
    const { report } = await load([write(tempFolder(), "a.csv", csv([usage]))]);
    expect(report.inputs[0]?.variant).toBe("uncommitted");
    expect(report.loads[0]?.unknown).toEqual({});
    expect(report.equations).toHaveLength(2);
  });

  it("looks at every row when the first twenty tell nothing", async () => {
    const many = Array.from({ length: 30 }, (_, index) => ({ ...usage, MeterId: `m${index}` }));
    const { report } = await load([write(tempFolder(), "a.csv", csv([...many, unused]))]);
    expect(report.inputs[0]?.variant).toBe("amortized");
  });

  it("takes a part without commitments as what its folder is", async () => {
    const folder = tempFolder();
    write(folder, "part_0.csv", csv([amortised]));
    write(folder, "part_1.csv", csv([usage]));
    const { report } = await load([folder]);
    expect(report.inputs.map(({ variant }) => variant)).toEqual(["amortized", "amortized"]);
  });

  it("refuses two files that say the same", async () => {
    const files = pair(tempFolder(), [usage], [usage]);
    await expect(load(files)).rejects.toMatchObject({ code: "SOURCE_SAME_ROWS" });
  });

  it("quarantines rows that the export can't have", async () => {
    const { report } = await load([write(tempFolder(), "a.csv", csv([usage, unused]))], "azure-cost:actual");
    expect(report.quarantined.rows).toBe(1);
    expect(report.equations[0]).toMatchObject({ input: "2.568", accepted: "2.4", quarantined: "0.168" });
  });
});

describe("one row", () => {
  /** Loads all rows at once and answers in their order. */
  const each = async (rows: readonly Row[], select: string) => {
    const numbered = rows.map((row, index) => ({ ...row, MeterId: `m${index}` }));
    const { lake } = await load([write(tempFolder(), "a.csv", csv(numbered))]);
    return ask(lake, `SELECT ${select} FROM $charges ORDER BY SkuPriceId`);
  };
  const first = async (row: Row, select: string) => (await each([row], select))[0];

  it("reads quantities and prices in the unit of measure", async () => {
    const expected = [
      ["1 Hour", "24.000000000000", "Hours", "24.000000000000", "Hours", "0.120000000000"],
      ["100 Hours", "24.000000000000", "Hours", "0.240000000000", "100 Hours", "12.000000000000"],
      ["10K", "240000.000000000000", "Units", "24.000000000000", "10000 Units", "0.120000000000"],
      ["1 GB/Month", "24.000000000000", "GB/Month", "24.000000000000", "GB/Month", "0.120000000000"],
      ["60 Minutes", "24.000000000000", "Minutes", "24.000000000000", "Minutes", "0.120000000000"],
      ["7 Moons", "24.000000000000", "7 Moons", "24.000000000000", "7 Moons", "0.120000000000"],
    ];
    const columns = "ConsumedQuantity, ConsumedUnit, PricingQuantity, PricingUnit, ListUnitPrice";
    const rows = expected.map(([unit = ""]) => ({ ...usage, UnitOfMeasure: unit }));
    expect(await each(rows, `(x_extra ->> '/UnitOfMeasure'), ${columns}`)).toEqual(expected);
    // Whatever the unit, costs are quantity times price.
    const costs = new Set((await each(rows, "ListCost, ContractedCost")).map(String));
    expect([...costs]).toEqual(["2.880000000000,2.400000000000"]);
  });

  it("adds the braces that tags lack and keeps what is no object", async () => {
    const tags = ['"env": "prod","team": "a"', '{"env":"dev"}', "env=dev", ""];
    const rows = tags.map((text) => ({ ...usage, Tags: text }));
    expect((await each(rows, "Tags")).flat()).toEqual([
      { env: "prod", team: "a" },
      { env: "dev" },
      { x_unreadable: "env=dev" },
      null,
    ]);
  });

  it("knows service and region", async () => {
    const rows = [
      usage,
      {
        ...usage,
        ResourceId: "/subscriptions/s/providers/Microsoft.Sql/servers/a/databases/b",
        ResourceLocation: "Mars North",
      },
      { ...usage, ResourceId: "", ResourceLocation: "Unassigned", MeterCategory: "Storage" },
    ];
    const columns =
      "ServiceName, ServiceCategory, ServiceSubcategory, ResourceType, ResourceName, RegionId, RegionName";
    const vm = ["Virtual Machines", "Compute", "Virtual Machines"];
    const sql = ["Azure SQL Database", "Databases", "Relational Databases"];
    expect(await each(rows, columns)).toEqual([
      [...vm, "microsoft.compute/virtualmachines", "vm1", "eastus2", "East US 2"],
      [...sql, "microsoft.sql/servers/databases", "b", "marsnorth", "Mars North"],
      ["Storage", "Storage", "Storage Platforms", null, null, null, null],
    ]);
  });

  it("classifies charge types", async () => {
    const types = ["Usage", "Refund", "Tax", "RoundingAdjustment", "Credit"];
    const rows = types.map((type) => ({ ...usage, ChargeType: type }));
    expect(await each(rows, "ChargeCategory, ChargeClass, PricingCategory, ConsumedUnit")).toEqual([
      ["Usage", null, "Standard", "Hours"],
      ["Purchase", "Correction", "Standard", null],
      ["Tax", null, null, null],
      ["Adjustment", null, null, null],
      ["Credit", null, null, null],
    ]);
  });

  it("names the seller of marketplace charges, and ends periods exclusively", async () => {
    const row = { ...usage, PublisherType: "Marketplace", PublisherName: "Acme" };
    const columns =
      "ServiceProviderName, HostProviderName, InvoiceIssuerName, CAST(ChargePeriodEnd AS VARCHAR), CAST(BillingPeriodEnd AS VARCHAR)";
    expect(await first(row, columns)).toEqual([
      "Acme",
      "Microsoft",
      "Microsoft",
      "2026-01-03 00:00:00",
      "2026-02-01 00:00:00",
    ]);
  });

  it("never takes the day for the month, nor a decimal comma for something else", async () => {
    const bad = [{ Date: "13/02/2026" }, { Date: "02.01.2026" }, { CostInBillingCurrency: "1,5" }];
    const rows = csv([usage, ...bad.map((change) => ({ ...usage, ...change }))]);
    const { report } = await load([write(tempFolder(), "a.csv", rows)]);
    expect(report.quarantined.rows).toBe(3);
    expect(report.loads[0]?.rows).toBe(1);
  });
});

describe("a customer agreement", () => {
  it("bills per profile and converts prices, not costs", async () => {
    const header =
      "invoiceId,previousInvoiceId,billingAccountId,billingProfileId,billingPeriodStartDate,billingPeriodEndDate," +
      "SubscriptionId,date,consumedService,ResourceId,meterId,quantity,unitOfMeasure,unitPrice,PayGPrice," +
      "costInBillingCurrency,costInPricingCurrency,billingCurrency,pricingCurrency,exchangeRatePricingToBilling," +
      "paygCostInBillingCurrency,chargeType,frequency,pricingModel,reservationId,benefitId";
    const row = {
      invoiceId: "I1",
      billingAccountId: "a",
      billingProfileId: "p",
      billingPeriodStartDate: "01/01/2026",
      billingPeriodEndDate: "01/31/2026",
      SubscriptionId: "s",
      date: "01/02/2026",
      consumedService: "Microsoft.Compute",
      ResourceId: VM,
      meterId: "m",
      quantity: "10",
      unitOfMeasure: "1 Hour",
      unitPrice: "1",
      PayGPrice: "2",
      costInBillingCurrency: "9",
      costInPricingCurrency: "10",
      billingCurrency: "EUR",
      pricingCurrency: "USD",
      exchangeRatePricingToBilling: "0.9",
      paygCostInBillingCurrency: "18",
      chargeType: "Usage",
      frequency: "UsageBased",
      pricingModel: "OnDemand",
    };
    const { lake, report } = await load([write(tempFolder(), "a.csv", csv([row], header))]);
    expect(report.loads[0]?.instance).toBe("azure-cost/p");
    const columns =
      "BilledCost, ListCost, ContractedCost, ListUnitPrice, PricingCurrencyListUnitPrice, PricingCurrencyEffectiveCost, InvoiceId";
    expect(await ask(lake, `SELECT ${columns} FROM $charges`)).toEqual([
      [
        "9.000000000000",
        "18.000000000000",
        "9.000000000000",
        "1.800000000000",
        "2.000000000000",
        "10.000000000000",
        "I1",
      ],
    ]);
  });
});

describe("headers", () => {
  const recognise = (names: readonly string[]) =>
    azureCostSource.recognise({
      format: "csv",
      columns: names.map((name) => ({ name, type: "VARCHAR" })),
      sample: [],
    });

  it("takes the name in parentheses of localised headers, and any case", () => {
    const german = ["subscriptionId", "Datum (Date)", "costInBillingCurrency", "Währung (Currency)"];
    expect(recognise([...german, "ConsumedService", "InstanceName"])).toMatchObject({ match: "yes" });
  });

  it("says what is missing", () => {
    expect(recognise(["SubscriptionId", "Date", "Cost", "ConsumedService", "ResourceId"])).toEqual({
      match: "no",
      reason: "not found: BillingCurrencyCode or BillingCurrency or Currency",
    });
  });
});

const real = sharedData("billing", "azure");

describe.skipIf(real === undefined)("real exports", () => {
  const sumOf = (file: string, column: string): string => {
    const rows = parse(readFileSync(join(real ?? "", file), "utf8"), { columns: true, bom: true }) as Row[];
    return formatDecimal(rows.reduce((sum, row) => add(sum, decimal(row[column] ?? "0")), ZERO));
  };

  it("reads Parquet as it reads text", async () => {
    const file = join(real ?? "", "finops-toolkit_EA_AmortizedCost_Small.csv");
    const target = join(tempFolder(), "part_0.parquet");
    const { lake: engine, report } = await load([file]);
    const typed = "CAST(Quantity AS DOUBLE) AS Quantity, strptime(Date, '%m/%d/%Y') AS Date";
    await engine.run({
      text: `COPY (SELECT * REPLACE (${typed}) FROM read_csv('${file}', all_varchar=true)) TO '${target}' (FORMAT parquet)`,
    });
    const { report: again } = await load([target]);
    expect(again.equations).toEqual(report.equations);
    expect(again.loads[0]?.sums).toEqual(report.loads[0]?.sums);
  });

  it("proves the EA pair digit for digit", async () => {
    const actual = "finops-toolkit_EA_ActualCost_Small.csv";
    const amortized = "finops-toolkit_EA_AmortizedCost_Small.csv";
    const { lake, report } = await load([join(real ?? "", actual), join(real ?? "", amortized)]);
    expect(report.equations.map(({ output, input }) => [output, input])).toEqual([
      ["BilledCost", sumOf(actual, "Cost")],
      ["EffectiveCost", sumOf(amortized, "Cost")],
    ]);
    for (const { input, accepted, rounding } of report.equations)
      expect(equals(decimal(input), add(decimal(accepted), decimal(rounding)))).toBe(true);
    // 11 actual and 28 amortised rows, of which 10 are the same charges.
    expect(await ask(lake, "SELECT count(*) FROM $charges")).toEqual([["29"]]);
    expect(await ask(lake, "SELECT count(*) FROM $charges WHERE BilledCost IS NULL")).toEqual([["16"]]);
  });

  it.each([
    ["koku_azure_version_2.csv", "CostInBillingCurrency"],
    ["koku_azure_camelCased.csv", "preTaxCost"],
    ["focus_converters_azure_ea.csv", "CostInBillingCurrency"],
    ["header-variants/PayAsYouGo.csv", "PreTaxCost"],
    ["header-variants/YA.csv", "costInBillingCurrency"],
    ["header-variants/Enterprise.csv", "CostInBillingCurrency"],
  ])("conserves %s", async (file, column) => {
    const { report } = await load([join(real ?? "", file)]);
    expect(report.quarantined.rows).toBe(0);
    expect(report.equations[0]?.input).toBe(sumOf(file, column));
  });

  it("reads reservation recommendations as what they are", async () => {
    const folder = tempFolder();
    copyFileSync(
      join(real ?? "", "finops-toolkit_EA-Reservations-Recommendations.csv"),
      join(folder, "r.csv"),
    );
    await expect(load([folder])).rejects.toMatchObject({ code: "SOURCE_NO_COSTS" });
  });
});
