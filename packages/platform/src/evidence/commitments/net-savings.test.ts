import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  add,
  type CommitmentEffect,
  currencyCode,
  type Decimal,
  day,
  decimal,
  formatDecimal,
  type Instant,
  type PriceItem,
  roundTo,
  type SavingLine,
  subtract,
  ZERO,
} from "@trimtab/domain";
import { parse } from "csv-parse/sync";
import { describe, expect, it, onTestFinished } from "vitest";
import { openDuckdbEngine } from "../../query/engines/duckdb.ts";
import type { QueryContext } from "../../query/types.ts";
import { type TestCharge, writeChargeLake } from "../../testing/charge-lake.ts";
import { openGcpLake } from "../../testing/gcp-bill.ts";
import { sharedData } from "../../testing/shared-data.ts";
import { tempFolder } from "../../testing/temp-folder.ts";
import { type PricedResource, readResourceCosts } from "../costs/resource-costs.ts";
import { readScope } from "./contract-scope.ts";
import type { ContractTerm } from "./contract-terms.ts";
import { netSavings } from "./net-savings.ts";
import { readUsage } from "./read-usage.ts";
import type { GrossSaving } from "./saving-amounts.ts";
import { coveredValue } from "./usage-kind.ts";

const context: QueryContext = {
  scope: "unrestricted",
  currency: "each",
  timeZone: "UTC",
  now: "2026-07-01T00:00:00Z" as Instant,
  signal: new AbortController().signal,
};

const hourText = (hour: number) => `2026-06-01 ${String(hour).padStart(2, "0")}:00:00`;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** A charge of each hour of one day, so that a month is 730 ÷ 24 of it. */
const hourly = (charge: TestCharge, hours: readonly number[] = HOURS): readonly TestCharge[] =>
  hours.map((hour) => ({
    ServiceName: "Amazon Elastic Compute Cloud",
    SubAccountId: "111",
    BillingAccountId: "111",
    BillingCurrency: "USD",
    RegionId: "eu-west-1",
    ChargeCategory: "Usage",
    PricingCategory: "Standard",
    PricingUnit: "Hrs",
    PricingQuantity: "1",
    ChargePeriodStart: hourText(hour),
    ChargePeriodEnd: hour === 23 ? "2026-06-02 00:00:00" : hourText(hour + 1),
    x_extra: { x_Operation: "RunInstances" },
    ...charge,
  }));

const machine = (id: string, type: string, price: string, more: TestCharge = {}): TestCharge => ({
  ResourceId: id,
  SkuMeter: `EU-BoxUsage:${type}`,
  EffectiveCost: price,
  BilledCost: price,
  ContractedCost: price,
  ListCost: price,
  ...more,
});

const reserved = (
  id: string,
  type: string,
  price: string,
  effective: string,
  more: TestCharge = {},
): TestCharge =>
  machine(id, type, price, {
    EffectiveCost: effective,
    BilledCost: "0",
    PricingCategory: "Committed",
    CommitmentDiscountId: "ri-1",
    CommitmentDiscountCategory: "Usage",
    CommitmentDiscountType: "Reserved Instance",
    CommitmentDiscountStatus: "Used",
    ...more,
  });

const planned = (id: string, type: string, price: string, effective: string): TestCharge =>
  reserved(id, type, price, effective, {
    CommitmentDiscountId: "sp-1",
    CommitmentDiscountCategory: "Spend",
    CommitmentDiscountType: "Savings Plan",
  });

const instance = (id: string): PricedResource => ({
  kind: "AWS::EC2::Instance",
  id,
  name: id,
  scope: { provider: "aws", account: "111", region: "eu-west-1" },
});

/** A line that saves `amount` a month in all three cases, unless others are given. */
const line = (
  amount: string,
  low = amount,
  high = amount,
  item: PriceItem = "aws.ec2.instance",
  currency = "USD",
): SavingLine => ({
  about: "hours",
  units: { low: decimal(low), mid: decimal(amount), high: decimal(high) },
  price: {
    question: { item, attributes: {}, scope: { provider: "aws", account: "111", region: "eu-west-1" } },
    price: decimal("1"),
    currency: currencyCode(currency),
    unit: "h",
    origin: { kind: "list", source: "test", date: day("2026-06-01") },
  },
});

const effects = async (
  charges: readonly TestCharge[],
  savings: readonly GrossSaving[],
  terms: readonly ContractTerm[] = [],
) => {
  const lake = await writeChargeLake(tempFolder(), [{ id: "a", billingPeriod: "2026-06-01", charges }]);
  onTestFinished(() => lake.close());
  const engine = openDuckdbEngine(lake);
  return netSavings(engine, context, await readResourceCosts(engine, context), savings, terms);
};

/** Amounts a month as a person checks them: to the cent. */
const short = (effect: CommitmentEffect | undefined): string => {
  if (effect === undefined) return "none";
  const three = ({ low, mid, high }: CommitmentEffect["covered"]) =>
    [...new Set([low, mid, high].map((amount) => formatDecimal(roundTo(amount, 2, "half-even"))))].join("–");
  return `${effect.commitments}: ${three(effect.covered)} covered, ${three(effect.reused)} reused`;
};

const save = (id: string, ...lines: readonly SavingLine[]): GrossSaving => ({
  resource: instance(id),
  lines,
});

describe("netSavings", () => {
  // m5.large at 0.1 an hour: 73 a month
  const own = hourly(reserved("i-1", "m5.large", "0.1", "0.06"));

  it("has nothing to say of what no commitment pays for", async () => {
    const charges = [...own, ...hourly(machine("i-2", "m5.large", "0.1"))];
    expect((await effects(charges, [save("i-2", line("73"))])).map(short)).toEqual(["none"]);
  });

  it("counts a reservation's whole usage as paid for, where nobody takes it over", async () => {
    const [effect] = await effects(own, [save("i-1", line("73"))]);
    expect(short(effect)).toBe("ri-1: 73 covered, 0 reused");
    expect(effect?.until).toBeUndefined();
    expect(effect?.reason).toBe(
      "it is already paid for by a commitment, and no other usage would take its place (the bill does not tell when the term ends)",
    );
  });

  it("gives a reservation to the same usage of the same hours, region, account and system", async () => {
    const others = [
      ...hourly(machine("i-2", "m5.large", "0.1"), [0, 1, 2, 3, 4, 5]),
      ...hourly(machine("i-3", "m5.large", "0.1", { RegionId: "us-east-1" })),
      ...hourly(machine("i-4", "m5.large", "0.1", { SubAccountId: "222" })),
      ...hourly(machine("i-5", "m5.large", "0.1", { x_extra: { x_Operation: "RunInstances:0002" } })),
      ...hourly(machine("i-6", "m5.xlarge", "0.2")),
      ...hourly(machine("i-7", "m5.large", "0.1", { PricingCategory: "Dynamic" })),
    ];
    // 6 of 24 hours: a quarter of 73
    expect((await effects([...own, ...others], [save("i-1", line("73"))])).map(short)).toEqual([
      "ri-1: 73 covered, 18.25 reused",
    ]);
  });

  it("gives it to other sizes of the family once it was seen to cover two", async () => {
    const flexible = hourly(reserved("i-8", "m5.2xlarge", "0.4", "0.24"));
    const others = hourly(machine("i-6", "m5.4xlarge", "0.8"));
    const charges = [...own, ...flexible, ...others];
    expect((await effects(charges, [save("i-1", line("73"))])).map(short)).toEqual([
      "ri-1: 73 covered, 73 reused",
    ]);
  });

  it("takes the end and the reach of a commitment from its contract", async () => {
    const elsewhere = hourly(machine("i-4", "m5.large", "0.1", { SubAccountId: "222" }));
    const charges = [...own, ...elsewhere];
    const term = (applicability: string): ContractTerm => ({
      id: "ri-1",
      words: "Reserved",
      end: "2028-01-01T00:00:00Z" as Instant,
      scope: readScope(applicability) ?? (() => undefined),
    });
    const [shared] = await effects(charges, [save("i-1", line("73"))], [term('{"IsGlobalScope":true}')]);
    expect(short(shared)).toBe("ri-1: 73 covered, 73 reused");
    expect([shared?.until, shared?.reason]).toEqual([
      "2028-01-01T00:00:00Z",
      expect.stringContaining("(until 2028-01-01)"),
    ]);
    const narrow =
      '{"InclusionOperator":"And","Inclusions":[{"Dimension":"SubAccountId","Operator":"In","Values":["111"]}]}';
    const [own111] = await effects(charges, [save("i-1", line("73"))], [term(narrow)]);
    expect(short(own111)).toBe("ri-1: 73 covered, 0 reused");
  });

  describe("on Azure", () => {
    const vm = (id: string, meter: string, price: string, more: TestCharge = {}): TestCharge =>
      machine(id, "", price, {
        ServiceName: "Virtual Machines",
        SkuMeter: meter,
        ChargeDescription: "Virtual Machines Dsv5 Series",
        x_extra: {},
        ...more,
      });
    const covered = (type: "Reservation" | "Savings Plan"): TestCharge => ({
      EffectiveCost: "0.06",
      BilledCost: "0",
      PricingCategory: "Committed",
      CommitmentDiscountId: "az-1",
      CommitmentDiscountCategory: type === "Reservation" ? "Usage" : "Spend",
      CommitmentDiscountType: type,
      CommitmentDiscountStatus: "Used",
    });
    // No item of a price list is Azure's yet: the usage is called by its service and meter.
    const item = "other Virtual Machines D2s v5" as PriceItem;
    const of = (charges: readonly TestCharge[]) =>
      effects(charges, [save("i-1", line("73", "73", "73", item))]);

    it("a reservation covers again what it was seen to cover, and the reason says what is not told", async () => {
      const mine = hourly(vm("i-1", "D2s v5", "0.1", covered("Reservation")));
      const [same] = await of([...mine, ...hourly(vm("i-2", "D2s v5", "0.1"))]);
      expect(short(same)).toBe("az-1: 73 covered, 73 reused");
      const [other] = await of([...mine, ...hourly(vm("i-2", "D4s v5", "0.2"))]);
      expect(short(other)).toBe("az-1: 73 covered, 0 reused");
      expect(other?.reason).toContain(
        "which other sizes a reservation of Azure would cover, the bill does not tell",
      );
    });

    it("a savings plan covers compute in any region, and no licences", async () => {
      const mine = hourly(vm("i-1", "D2s v5", "0.1", covered("Savings Plan")));
      const [free] = await of([...mine, ...hourly(vm("i-2", "E4s v5", "0.06", { RegionId: "eastus" }))]);
      expect(short(free)).toBe("az-1: 73 covered, 43.8 reused");
      const windows = { ChargeDescription: "Virtual Machines Dsv5 Series Windows" };
      const [none] = await of([...mine, ...hourly(vm("i-2", "D4s v5", "0.06", windows))]);
      expect(short(none)).toBe("az-1: 73 covered, 0 reused");
    });
  });

  it("frees a resized part only, and in three cases", async () => {
    expect((await effects(own, [save("i-1", line("20", "10", "30"))])).map(short)).toEqual([
      "ri-1: 10–20–30 covered, 0 reused",
    ]);
  });

  it("takes what is paid on demand off first", async () => {
    const half = [
      ...hourly(reserved("i-1", "m5.large", "0.05", "0.03", { PricingQuantity: "0.5" })),
      ...hourly(machine("i-1", "m5.large", "0.05", { PricingQuantity: "0.5" })),
    ];
    const [small, large] = await Promise.all(
      ["30", "73"].map(async (amount) => short((await effects(half, [save("i-1", line(amount))]))[0])),
    );
    expect([small, large]).toEqual(["ri-1: 0 covered, 0 reused", "ri-1: 36.5 covered, 0 reused"]);
  });

  it("leaves what a saving's other items cost alone", async () => {
    const charges = [
      ...own,
      ...hourly(machine("i-1", "x", "0.5", { SkuMeter: "EU-DataTransfer-Out-Bytes" })),
    ];
    expect((await effects(charges, [save("i-1", line("73"))])).map(short)).toEqual([
      "ri-1: 73 covered, 0 reused",
    ]);
    // Only the machine of the two items is covered.
    const both = save("i-1", line("73"), line("10", "10", "10", "aws.ebs.volume"));
    const volume = hourly({ ...machine("i-1", "x", "0.02"), SkuMeter: "EU-EBS:VolumeUsage.gp3" });
    expect((await effects([...own, ...volume], [both])).map(short)).toEqual(["ri-1: 73 covered, 0 reused"]);
  });

  it("gives a Savings Plan to other usage at that usage's own discount", async () => {
    const plan = [
      ...hourly(planned("i-1", "m5.large", "0.1", "0.06")),
      // seen: c5 at 40 of 100; r5 never, so its discount counts as none
      ...hourly(planned("i-9", "c5.large", "0.1", "0.04")),
      ...hourly({
        ChargeCategory: "Purchase",
        ChargeFrequency: "Recurring",
        ServiceName: "Savings Plans for AWS Compute usage",
        SkuMeter: "ComputeSP:1yrNoUpfront",
        CommitmentDiscountId: "sp-1",
        EffectiveCost: "0",
        BilledCost: "0.1",
        x_extra: { x_SavingsPlanEnd: "2027-03-01T00:00:00.000Z" },
      }),
    ];
    const c5 = hourly(machine("i-2", "c5.large", "0.1"));
    const r5 = hourly(machine("i-3", "r5.large", "0.1", { RegionId: "us-east-1" }));
    const saved = [save("i-1", line("73"))];
    // 0.06 an hour is freed: it covers 0.06 of r5's; or 0.1 of c5's for 0.04, and with the rest 0.02 of r5's, but in all
    // no more than the 0.1 that was freed.
    expect((await effects([...plan, ...r5], saved)).map(short)).toEqual(["sp-1: 73 covered, 43.8 reused"]);
    const [effect] = await effects([...plan, ...c5], saved);
    expect(short(effect)).toBe("sp-1: 73 covered, 73 reused");
    expect(effect?.until).toBe("2027-03-01T00:00:00Z");
    expect(effect?.reason).toContain("other usage would take its place in full (until 2027-03-01)");
    expect((await effects([...plan, ...c5, ...r5], saved)).map(short)).toEqual([
      "sp-1: 73 covered, 73 reused",
    ]);
  });

  it("gives one freed hour to one draft only, in the order they come", async () => {
    const two = [...own, ...hourly(reserved("i-2", "m5.large", "0.1", "0.06"))];
    const other = hourly(machine("i-3", "m5.large", "0.1"));
    const both = [save("i-1", line("73")), save("i-2", line("73"))];
    expect((await effects([...two, ...other], both)).map(short)).toEqual([
      "ri-1: 73 covered, 73 reused",
      "ri-1: 73 covered, 0 reused",
    ]);
    const gone = [...both, save("i-3", line("73"))];
    expect((await effects([...two, ...other], gone)).map(short)).toEqual([
      "ri-1: 73 covered, 0 reused",
      "ri-1: 73 covered, 0 reused",
      "none",
    ]);
  });

  it("counts all as paid for where currencies can't be compared", async () => {
    const [effect] = await effects(own, [save("i-1", line("73", "73", "73", "aws.ec2.instance", "EUR"))]);
    expect(short(effect)).toBe("ri-1: 73 covered, 0 reused");
    expect(effect?.reason).toContain("no rate to EUR was given");
  });

  it("reads Google's older spend commitments by their credits, and what they leave on demand", async () => {
    const sql = (id: string, cost: string, effective: string, credit?: string): TestCharge => ({
      ServiceName: "Cloud SQL",
      SubAccountId: "shop",
      RegionId: "us-central1",
      ResourceId: id,
      SkuMeter: "Cloud SQL for PostgreSQL: Zonal - vCPU in Americas",
      PricingUnit: "hour",
      EffectiveCost: effective,
      ContractedCost: cost,
      ListCost: cost,
      ...(credit === undefined
        ? {}
        : {
            PricingCategory: "Committed",
            CommitmentDiscountId: "cud",
            CommitmentDiscountCategory: "Spend",
            CommitmentDiscountType: "Spend-based CUD",
            CommitmentDiscountStatus: "Used",
            x_extra: { x_CommittedUseCredit: credit },
          }),
    });
    const main = "//cloudsql.googleapis.com/projects/shop/instances/main";
    const resource: PricedResource = {
      kind: "sqladmin.googleapis.com/Instance",
      id: main,
      name: "main",
      scope: { provider: "gcp", account: "shop", region: "us-central1" },
    };
    const saving: GrossSaving = { resource, lines: [line("730", "730", "730", "gcp.sql.cpu")] };
    // 1 an hour, of which 0.75 is credited: of 730 a month 547.5 is paid for
    const covered = hourly(sql(main, "1", "0.25", "-0.75"));
    expect((await effects(covered, [saving])).map(short)).toEqual(["cud: 547.5 covered, 0 reused"]);
    const other = hourly(sql("//cloudsql.googleapis.com/projects/shop/instances/other", "0.5", "0.5"));
    expect((await effects([...covered, ...other], [saving])).map(short)).toEqual([
      "cud: 547.5 covered, 365 reused",
    ]);
  });

  it("gives Google's resource commitments to the same part of the same family in the region", async () => {
    const core = (id: string, family: string, cost: string, more: TestCharge = {}): TestCharge => ({
      ServiceName: "Compute Engine",
      SubAccountId: "shop",
      RegionId: "us-central1",
      ResourceId: `//compute.googleapis.com/projects/shop/zones/us-central1-a/instances/${id}`,
      SkuMeter: `${family} Instance Core running in Americas`,
      PricingUnit: "hour",
      PricingQuantity: "4",
      EffectiveCost: cost,
      ContractedCost: cost,
      ...more,
    });
    const cud = {
      PricingCategory: "Committed",
      CommitmentDiscountId: "cud",
      CommitmentDiscountCategory: "Usage",
      CommitmentDiscountType: "Resource-based CUD",
      CommitmentDiscountStatus: "Used",
      EffectiveCost: "0",
      x_extra: { x_CommittedUseCredit: "-0.2" },
    };
    const id = "//compute.googleapis.com/projects/shop/zones/us-central1-a/instances/web";
    const resource: PricedResource = {
      kind: "compute.googleapis.com/Instance",
      id,
      name: "web",
      scope: { provider: "gcp", account: "shop", region: "us-central1" },
    };
    const saving: GrossSaving = { resource, lines: [line("146", "146", "146", "gcp.compute.instance")] };
    const charges = [
      ...hourly(core("web", "N2", "0.2", cud)),
      ...hourly(core("batch", "N2", "0.1", { PricingQuantity: "2" })),
      ...hourly(core("old", "N1", "0.3")),
    ];
    expect((await effects(charges, [saving])).map(short)).toEqual(["cud: 146 covered, 73 reused"]);
  });
});

const spec = sharedData("billing", "focus-spec-examples", "specification", "data");

/** Rows of an example of the specification, as the lake holds them. */
const exampleOf = (path: string): readonly TestCharge[] => {
  const rows: readonly Record<string, string>[] = parse(readFileSync(join(spec ?? "", path), "utf8"), {
    columns: true,
    trim: true,
    skip_empty_lines: true,
  });
  return rows.map(({ x_CommitmentDiscountUnitPrice: _, SkuPriceid, ...row }) => {
    const known = Object.entries(row).map(([name, value]) => [
      name,
      value === "null" ? null : value.replace(/T|Z$/g, (found) => (found === "T" ? " " : "")),
    ]);
    return {
      ...Object.fromEntries(known),
      BillingCurrency: "USD",
      ...(SkuPriceid === undefined ? {} : { SkuPriceId: SkuPriceid }),
    };
  });
};

/** Each example covers hours of one day at most; the window is made whole by a charge that ends it. */
const wholeDay: TestCharge = {
  BillingCurrency: "USD",
  ChargeCategory: "Usage",
  ServiceName: "Other",
  EffectiveCost: "1",
  ChargePeriodStart: "2023-01-01 23:00:00",
  ChargePeriodEnd: "2023-01-02 00:00:00",
};

describe.skipIf(spec === undefined)("examples of the FOCUS specification", () => {
  it.each([
    [
      "commitment_discount_flexibility/one_hundred_percent_utilization_with_commitment_discount_flexibility_with_2_resources.csv",
      // 2.00 at list in one hour of a day
      "<my-commitment-discount-id>: 60.83 covered, 0 reused",
    ],
    [
      "commitment_discount_flexibility/zero_percent_utilization_without_commitment_discount_flexibility.csv",
      "none",
    ],
  ])("%s", async (path, expected) => {
    const rows = exampleOf(path);
    const used = rows.find(
      ({ ResourceId, ChargeCategory }) => ChargeCategory === "Usage" && String(ResourceId).includes("medium"),
    );
    const id = String(used?.ResourceId ?? "<my-medium-vm-id>");
    const resource: PricedResource = {
      kind: "AWS::EC2::Instance",
      id,
      name: id,
      scope: { provider: "aws", account: "", region: "" },
    };
    const item = "aws.ec2.instance";
    // The examples name no service; their machines are given the meter of one.
    const charges = rows.map((row) => ({
      ...row,
      SkuMeter: `BoxUsage:${row.SkuId}`,
      ServiceName: "Amazon Elastic Compute Cloud",
    }));
    const amount = formatDecimal(roundTo(decimal("60.833333333333"), 12, "half-even"));
    expect(
      (
        await effects([...charges, wholeDay], [{ resource, lines: [line(amount, amount, amount, item)] }])
      ).map(short),
    ).toEqual([expected]);
  });
});

const cuds = sharedData("billing", "gcp", "cud-attribution");

describe.skipIf(cuds === undefined)("Google's cases of committed-use attribution", () => {
  it("are covered by what their credits say, per account", async () => {
    const folder = cuds ?? "";
    const cases = readdirSync(folder).map((name) => ({
      name,
      rows: readObjects(readFileSync(join(folder, name, "export.json"), "utf8")),
    }));
    const lake = await openGcpLake();
    await lake.loadRows(
      cases.flatMap(({ name, rows }) => rows.map((row) => ({ ...row, billing_account_id: name }))),
    );
    const engine = openDuckdbEngine(lake.lake);
    const question = {
      engine,
      context,
      snapshot: await engine.snapshot(),
      window: { start: day("2018-01-01"), end: day("2021-01-01") },
    };
    const usage = (await readUsage(question, [])).filter(({ commitment }) => commitment !== null);
    let compared = 0;
    for (const { name, rows } of cases) {
      const byProject = new Map<string, Decimal>();
      for (const { billingAccount, account, ...each } of usage) {
        if (billingAccount !== name) continue;
        byProject.set(
          account ?? "",
          add(
            byProject.get(account ?? "") ?? ZERO,
            coveredValue({ ...each, billingAccount, account }) ?? ZERO,
          ),
        );
      }
      const expected = new Map<string, Decimal>();
      for (const row of rows) {
        for (const credit of row.credits ?? []) {
          if (!/committed usage discount/i.test(credit.name) || Number(credit.amount) >= 0) continue;
          const project = row.project_id ?? row.project?.id ?? "";
          expected.set(project, subtract(expected.get(project) ?? ZERO, decimal(String(credit.amount))));
        }
      }
      const texts = (sums: ReadonlyMap<string, Decimal>) =>
        [...sums].map(([project, sum]) => `${project} ${sum}`).toSorted();
      expect(texts(byProject), name).toEqual(texts(expected));
      compared += expected.size;
    }
    expect(compared).toBeGreaterThan(cases.length / 2);
  });
});

interface ExportedRow {
  readonly project_id?: string;
  readonly project?: { readonly id: string };
  readonly credits?: readonly { readonly name: string; readonly amount: string | number }[];
}

/** JSON objects one after the other, with or without commas and line ends between. */
const readObjects = (text: string): readonly ExportedRow[] => {
  try {
    return JSON.parse(text);
  } catch {
    return JSON.parse(`[${text.trim().replace(/\}\s*,?\s*(?=\{"billing|\{\s*"billing)/g, "},")}]`);
  }
};
