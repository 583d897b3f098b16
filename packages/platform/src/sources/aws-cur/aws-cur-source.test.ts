import { describe, expect, it } from "vitest";
import { type CurRow, loadCur } from "../../testing/cur-bill.ts";

const T = "lineItem/LineItemType";
const COST = "lineItem/UnblendedCost";
const NET = "lineItem/NetUnblendedCost";
const ARN = "arn:aws:savingsplans::111111111111:savingsplan/sp-1";
const RESERVATION = "arn:aws:ec2:us-east-1:111111111111:reserved-instances/ri-1";

/** Amounts without the lake's trailing zeros. */
const plain = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value).replace(/\.?0+$/, "") || "0";

const proofs = (report: { equations: readonly { name: string; input: string; accepted: string }[] }) =>
  Object.fromEntries(report.equations.map(({ name, input, accepted }) => [name, [input, accepted]]));

const loadAmounts = async (rows: readonly CurRow[]) => {
  const bill = await loadCur(rows);
  const charges = await bill.charges(
    "(x_extra ->> '/x_LineItemType')",
    "CommitmentDiscountStatus",
    "ChargeCategory",
    "BilledCost",
    "EffectiveCost",
    "ListCost",
  );
  const unsorted = charges.map((charge) => {
    const [type, status, category, billed, effective, list] = Object.values(charge);
    return [type, status, category, plain(billed), plain(effective), plain(list)].join(" ");
  });
  return { ...bill, lines: unsorted.sort() };
};

describe("line item types", () => {
  it("bills usage, tax, credits and refunds as they are", async () => {
    const { lines, report, charges } = await loadAmounts([
      { [COST]: "1.5", "pricing/publicOnDemandCost": "2", "pricing/publicOnDemandRate": "2" },
      { [T]: "Tax", [COST]: "0.3" },
      { [T]: "Credit", [COST]: "-0.25" },
      { [T]: "Refund", [COST]: "-0.1" },
      { [T]: "SomethingNew", [COST]: "0.01" },
    ]);
    expect(lines).toEqual([
      "Credit  Credit -0.25 -0.25 -0.25",
      "Refund  Adjustment -0.1 -0.1 -0.1",
      "SomethingNew  Adjustment 0.01 0.01 0.01",
      "Tax  Tax 0.3 0.3 0.3",
      "Usage  Usage 1.5 1.5 2",
    ]);
    expect(proofs(report)["sum of unblended cost"]).toEqual(["1.46", "1.46"]);
    expect(await charges("ChargeCategory", "ChargeClass", "ChargeFrequency", "PricingCategory")).toEqual([
      {
        ChargeCategory: "Adjustment",
        ChargeClass: "Correction",
        ChargeFrequency: "One-Time",
        PricingCategory: "Other",
      },
      {
        ChargeCategory: "Adjustment",
        ChargeClass: null,
        ChargeFrequency: "One-Time",
        PricingCategory: "Other",
      },
      { ChargeCategory: "Credit", ChargeClass: null, ChargeFrequency: "One-Time", PricingCategory: "Other" },
      { ChargeCategory: "Tax", ChargeClass: null, ChargeFrequency: "One-Time", PricingCategory: null },
      {
        ChargeCategory: "Usage",
        ChargeClass: null,
        ChargeFrequency: "Usage-Based",
        PricingCategory: "Standard",
      },
    ]);
  });

  it("turns a reservation's fees into purchases and an unused row", async () => {
    const { lines, report, charges } = await loadAmounts([
      { [T]: "Fee", [COST]: "120", "reservation/ReservationARN": RESERVATION },
      { [T]: "Fee", [COST]: "15" },
      {
        [T]: "RIFee",
        [COST]: "22.32",
        "lineItem/UsageEndDate": "2026-03-31T23:59:59Z",
        "reservation/ReservationARN": RESERVATION,
        "reservation/UnusedRecurringFee": "7.44",
        "reservation/UnusedAmortizedUpfrontFeeForBillingPeriod": "2.5",
        "reservation/UnusedQuantity": "248",
      },
      {
        [T]: "DiscountedUsage",
        "reservation/ReservationARN": RESERVATION,
        "reservation/EffectiveCost": "0.05145662",
        "pricing/publicOnDemandCost": "0.085",
      },
    ]);
    expect(lines).toEqual([
      "DiscountedUsage Used Usage 0 0.05145662 0.085",
      "Fee  Purchase 120 0 120",
      "Fee  Purchase 15 15 15",
      "RIFee  Purchase 22.32 0 22.32",
      "RIFee Unused Usage 0 9.94 0",
    ]);
    expect(proofs(report)).toEqual({
      "sum of unblended cost": ["157.32", "157.32"],
      "sum of amortised cost": ["24.99145662", "24.99145662"],
    });
    const fees = await charges(
      "ChargePeriodEnd",
      "CommitmentDiscountId",
      "CommitmentDiscountCategory",
      "ChargeFrequency",
      "CommitmentDiscountQuantity",
    );
    expect(
      fees.find(
        ({ CommitmentDiscountId: id, ChargeFrequency }) => id !== null && ChargeFrequency === "One-Time",
      ),
    ).toMatchObject({
      CommitmentDiscountId: RESERVATION,
      CommitmentDiscountCategory: "Usage",
      ChargeFrequency: "One-Time",
    });
    expect(
      fees.find(({ CommitmentDiscountQuantity }) => CommitmentDiscountQuantity === "248.000000000000"),
    ).toMatchObject({
      ChargePeriodEnd: "2026-04-01 00:00:00",
      ChargeFrequency: "Usage-Based",
      CommitmentDiscountQuantity: "248.000000000000",
    });
  });

  it("leaves out plan-covered usage and its negation together", async () => {
    const { lines, report } = await loadAmounts([
      {
        [T]: "SavingsPlanCoveredUsage",
        [COST]: "0.0464",
        "savingsPlan/SavingsPlanARN": ARN,
        "savingsPlan/SavingsPlanEffectiveCost": "0.0334",
        "pricing/publicOnDemandCost": "0.0464",
      },
      { [T]: "SavingsPlanNegation", [COST]: "-0.0464", "savingsPlan/SavingsPlanARN": ARN },
      {
        [T]: "SavingsPlanRecurringFee",
        [COST]: "0.05",
        "savingsPlan/SavingsPlanARN": ARN,
        "savingsPlan/TotalCommitmentToDate": "0.05",
        "savingsPlan/UsedCommitment": "0.0334",
      },
      { [T]: "SavingsPlanUpfrontFee", [COST]: "438", "savingsPlan/SavingsPlanARN": ARN },
    ]);
    expect(lines).toEqual([
      "SavingsPlanCoveredUsage Used Usage 0 0.0334 0.0464",
      "SavingsPlanRecurringFee  Purchase 0.05 0 0.05",
      "SavingsPlanRecurringFee Unused Usage 0 0.0166 0",
      "SavingsPlanUpfrontFee  Purchase 438 0 438",
    ]);
    expect(report.fates).toMatchObject([{ fate: "savings plan negation", rows: 1 }]);
    expect(proofs(report)["sum of unblended cost"]).toEqual(["438.05", "438.05"]);
  });

  it("shows what covered usage and negation leave when they don't cancel", async () => {
    const { lines, report } = await loadAmounts([
      {
        [T]: "SavingsPlanCoveredUsage",
        [COST]: "0.0464",
        "savingsPlan/SavingsPlanARN": ARN,
        "savingsPlan/SavingsPlanEffectiveCost": "0.03",
      },
      {
        [T]: "SavingsPlanCoveredUsage",
        [COST]: "0.0464",
        "savingsPlan/SavingsPlanARN": ARN,
        "savingsPlan/SavingsPlanEffectiveCost": "0.03",
      },
      { [T]: "SavingsPlanNegation", [COST]: "-0.0927999999", "savingsPlan/SavingsPlanARN": ARN },
    ]);
    expect(lines).toContain("SavingsPlanCoveredUsage  Adjustment 0.0000000001 0 ");
    expect(lines).toHaveLength(3);
    expect(proofs(report)["sum of unblended cost"]).toEqual(["0.0000000001", "0.0000000001"]);
  });
});

describe("negotiated discounts", () => {
  const usage = { [COST]: "100", "pricing/publicOnDemandCost": "110", "pricing/publicOnDemandRate": "1.1" };
  const discounts: readonly CurRow[] = [
    { [T]: "EdpDiscount", [COST]: "-9" },
    { [T]: "PrivateRateDiscount", [COST]: "-1" },
  ];

  it("are rows of their own without net columns", async () => {
    const { lines, report } = await loadAmounts([usage, ...discounts]);
    expect(lines).toEqual([
      "EdpDiscount  Usage -9 -9 0",
      "PrivateRateDiscount  Usage -1 -1 0",
      "Usage  Usage 100 100 110",
    ]);
    expect(proofs(report)["sum of unblended cost"]).toEqual(["90", "90"]);
  });

  it("are in the rows they belong to with net columns, never both", async () => {
    const withNet = [
      { ...usage, [NET]: "90" },
      { ...discounts[0], [NET]: "0" },
      { ...discounts[1] },
    ] as readonly CurRow[];
    const { lines, report } = await loadAmounts(withNet);
    expect(lines).toEqual(["Usage  Usage 90 90 110"]);
    expect(report.fates).toMatchObject([{ fate: "folded discount", rows: 2 }]);
    const unblended = withNet.reduce((sum, row) => sum + Number(row[COST]), 0);
    expect(proofs(report)["sum of net unblended cost"]).toEqual([String(unblended), "90"]);
  });

  it("use the net amounts of commitments too", async () => {
    const { lines } = await loadAmounts([
      {
        [T]: "DiscountedUsage",
        [NET]: "0",
        "reservation/EffectiveCost": "0.05",
        "reservation/NetEffectiveCost": "0.045",
        "reservation/ReservationARN": RESERVATION,
      },
      {
        [T]: "RIFee",
        [COST]: "10",
        [NET]: "9",
        "reservation/ReservationARN": RESERVATION,
        "reservation/UnusedRecurringFee": "5",
        "reservation/NetUnusedRecurringFee": "4.5",
        "reservation/UnusedAmortizedUpfrontFeeForBillingPeriod": "1",
        "reservation/NetUnusedAmortizedUpfrontFeeForBillingPeriod": "0.9",
      },
    ]);
    expect(lines).toEqual([
      "DiscountedUsage Used Usage 0 0.045 ",
      "RIFee  Purchase 9 0 ",
      "RIFee Unused Usage 0 5.4 ",
    ]);
  });
});

describe("other columns", () => {
  it("reads marketplace, spot, tags, service and price details", async () => {
    const { charges } = await loadCur([
      {
        "bill/BillingEntity": "AWS Marketplace",
        "bill/InvoicingEntity": "Amazon Web Services EMEA SARL",
        "lineItem/LegalEntity": "Red Hat",
        "lineItem/ProductCode": "prod-abc",
        "product/ProductName": "OpenShift",
        [COST]: "1",
      },
      {
        "lineItem/UsageType": "SpotUsage:m5.large",
        "lineItem/ResourceId": "i-0abc",
        "product/instanceType": "m5.large",
        "product/vcpu": "2",
        [COST]: "1",
        "lineItem/LegalEntity": "Amazon Web Services, Inc.",
      },
      {
        "lineItem/UsageType": "EBS:VolumeUsage.gp3",
        "resourceTags/user:team": "blue",
        "resourceTags/aws:createdBy": "me",
        "costCategory/Unit": "A",
        [COST]: "1",
        "lineItem/LegalEntity": "Amazon Web Services, Inc.",
      },
    ]);
    const columns = [
      "ServiceName",
      "ServiceCategory",
      "ServiceProviderName",
      "HostProviderName",
      "InvoiceIssuerName",
      "PricingCategory",
      "ResourceType",
      "SkuPriceDetails",
      "Tags",
      "(x_extra ->> '/costCategory~1Unit')",
    ];
    const [ebs, spot, marketplace] = (await charges(...columns)).map((charge) => Object.values(charge));
    expect(ebs).toEqual([
      "Amazon Elastic Compute Cloud",
      "Compute",
      "AWS",
      "AWS",
      "Amazon Web Services, Inc.",
      "Dynamic",
      "instance",
      '{"InstanceType":"m5.large","CoreCount":"2"}',
      expect.anything(),
      null,
    ]);
    expect(spot).toEqual([
      "Amazon Elastic Compute Cloud",
      "Storage",
      "AWS",
      "AWS",
      "Amazon Web Services, Inc.",
      "Standard",
      null,
      null,
      "{team=blue, 'aws:createdBy'=me}",
      "A",
    ]);
    expect(marketplace).toEqual([
      "OpenShift",
      "Other",
      "Red Hat",
      null,
      "Amazon Web Services EMEA SARL",
      "Standard",
      null,
      null,
      expect.anything(),
      null,
    ]);
  });

  it("knows no list price where the report has none", async () => {
    const { report, value } = await loadCur([{ [COST]: "1" }]);
    expect(report.loads[0]?.unknown).toEqual({
      ListCost: "this report has no column pricing/publicOnDemandCost",
    });
    expect(await value("count(ListCost)")).toBe("0");
    const zeroForNone = await loadCur([
      { [COST]: "1", "pricing/publicOnDemandCost": "0.0", "pricing/publicOnDemandRate": "" },
    ]);
    expect(await zeroForNone.value("count(ListCost)")).toBe("0");
  });

  it("quarantines a row that it can't read and keeps the rest exact", async () => {
    const { report } = await loadCur([
      { [COST]: "1.25" },
      { [COST]: "1,25" },
      { [COST]: "" },
      { [COST]: "2.8e-28" },
    ]);
    expect(report.quarantined.rows).toBe(2);
    expect(report.equations[0]).toMatchObject({
      accepted: "1.25",
      rounding: "0.00000000000000000000000000028",
    });
  });
});
