import { readFileSync } from "node:fs";
import { join } from "node:path";
import { add, type Decimal, decimal, sumDecimals, ZERO } from "@trimtab/domain";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { openDatabase } from "../lake/database.ts";
import { quoteText } from "../sql/dialect.ts";
import { tempFolder } from "../testing/temp-folder.ts";
import type { Delivery, Estate } from "./estate.ts";
import { samplemind } from "./samplemind.ts";
import { securebase } from "./securebase.ts";
import { writeFiles } from "./write-files.ts";

type Row = Readonly<Record<string, string>>;

const last = (estate: Estate): Delivery => {
  const delivery = estate.deliveries.at(-1);
  if (delivery === undefined) throw new Error("no delivery");
  return delivery;
};
const total = (rows: readonly Row[], column: string): string =>
  String(sumDecimals(rows.map((row) => decimal(row[column] ?? "NaN"))));

function totals(rows: readonly Row[], key: (row: Row) => string, column: string): Record<string, string> {
  const sums = new Map<string, Decimal>();
  for (const row of rows) sums.set(key(row), add(sums.get(key(row)) ?? ZERO, decimal(row[column] ?? "NaN")));
  return Object.fromEntries([...sums].map(([name, sum]) => [name, String(sum)]));
}

describe("securebase", () => {
  const estate = securebase();
  const rowsOf = (delivery: Delivery | undefined): Row[] =>
    (delivery?.files[0]?.content ?? "").split("\n").map((line) => JSON.parse(line));
  const rows = rowsOf(last(estate));
  const ofType = (...types: string[]) =>
    rows.filter(({ line_item_line_item_type = "" }) => types.includes(line_item_line_item_type));
  const untaxed = rows.filter((row) => row.line_item_line_item_type !== "Tax");

  it("costs 106.61 in January before tax, within the published 75 to 130", () => {
    expect(total(untaxed, "line_item_unblended_cost")).toBe("106.61");
    expect(estate.total).toBe("106.61");
    const services = totals(untaxed, (row) => row.line_item_product_code ?? "", "line_item_unblended_cost");
    expect(services).toEqual(
      Object.fromEntries(estate.published.map(({ name, amount }) => [name, String(decimal(amount))])),
    );
    expect(Number(total(ofType("Tax"), "line_item_unblended_cost"))).toBeCloseTo(106.61 * 0.08875, 1);
  });

  it("bills covered usage nothing: negations take it back, fees pay for it", () => {
    expect(total(ofType("SavingsPlanCoveredUsage", "SavingsPlanNegation"), "line_item_unblended_cost")).toBe(
      "0",
    );
    expect(total(ofType("DiscountedUsage"), "line_item_unblended_cost")).toBe("0");
    const used = decimal(total(ofType("DiscountedUsage"), "reservation_effective_cost"));
    const unused = decimal(total(ofType("RIFee"), "reservation_unused_recurring_fee"));
    expect(String(add(used, unused))).toBe(total(ofType("RIFee"), "line_item_unblended_cost"));
    expect(String(unused)).toBe("0.24");
    const planUsed = total(ofType("SavingsPlanCoveredUsage"), "savings_plan_savings_plan_effective_cost");
    expect(total(ofType("SavingsPlanRecurringFee"), "savings_plan_used_commitment")).toBe(planUsed);
  });

  it("has a credit, a refund and untagged rows", () => {
    expect(ofType("Credit", "Refund").map((row) => row.line_item_unblended_cost)).toEqual(["-5", "-1.2"]);
    const tagged =
      untaxed.filter((row) => JSON.stringify(row.resource_tags) !== "{}").length / untaxed.length;
    expect(tagged).toBeGreaterThan(0.5);
    expect(tagged).toBeLessThan(1);
  });

  it("delivers the start of the month first, and the same rows again with the rest", () => {
    const ids = new Set(rows.map((row) => row.identity_line_item_id));
    expect(ids.size).toBe(rows.length);
    const first = rowsOf(estate.deliveries[0]);
    expect(first.length).toBeLessThan(rows.length);
    expect(first.every((row) => ids.has(row.identity_line_item_id))).toBe(true);
  });

  it("is written as Parquet with the schema of CUR 2.0, the same bytes each time", async () => {
    const database = await openDatabase({ threads: 1 });
    try {
      const [one, two] = [tempFolder(), tempFolder()];
      const [path = ""] = await writeFiles(one, last(estate).files, async () => database);
      await writeFiles(two, last(securebase()).files, async () => database);
      const file = last(estate).files[0]?.path ?? "";
      expect(readFileSync(join(one, file)).equals(readFileSync(join(two, file)))).toBe(true);
      const sum =
        "SUM(CAST(line_item_unblended_cost AS DECIMAL(18, 6))) FILTER (line_item_line_item_type <> 'Tax')";
      const { rows: answer } = await database.run({
        text: `SELECT COUNT(*), ${sum}, typeof(ANY_VALUE(product)), typeof(ANY_VALUE(line_item_usage_start_date)),
          COUNT(*) FILTER (resource_tags['user_team'] = 'platform') > 0 FROM read_parquet(${quoteText(path)}, hive_partitioning = false)`,
      });
      expect(answer[0]?.map(String)).toEqual([
        String(rows.length),
        "106.610000",
        "MAP(VARCHAR, VARCHAR)",
        "TIMESTAMP",
        "true",
      ]);
    } finally {
      database.close();
    }
  });
});

describe("samplemind", () => {
  const estate = samplemind();
  const read = (delivery: Delivery | undefined): Row[] =>
    (delivery?.files ?? []).flatMap(({ content }) => parse(content, { columns: true }) as Row[]);
  const rows = read(last(estate));

  /** The areas of the company's papers, told from the columns that a reader has. */
  const areaOf = (row: Row): string => {
    if (row.SubAccountName === "samplemind-ml") return "ML inference";
    if (row.ServiceName === "Amazon ElastiCache") return "Cache";
    return (
      { Databases: "Database", Storage: "Storage", Networking: "Network" }[row.ServiceCategory ?? ""] ??
      "Compute"
    );
  };

  it.each(["2025-08", "2025-09"])("costs 6,150 in %s, by area as published", (month) => {
    const own = rows.filter(({ ChargePeriodStart = "" }) => ChargePeriodStart.startsWith(month));
    expect(totals(own, areaOf, "BilledCost")).toEqual({
      "ML inference": "1750",
      Database: "1200",
      Compute: "2000",
      Storage: "500",
      Network: "300",
      Cache: "400",
    });
    expect(total(own, "EffectiveCost")).toBe("6150");
  });

  it("pays a savings plan by purchases, and uses or loses all of it", () => {
    const plan = rows.filter(({ CommitmentDiscountId }) => CommitmentDiscountId !== "");
    expect(total(plan, "BilledCost")).toBe(total(plan, "EffectiveCost"));
    const byStatus = totals(
      plan,
      ({ CommitmentDiscountStatus = "" }) => CommitmentDiscountStatus,
      "BilledCost",
    );
    expect(byStatus).toEqual({ "": String(61 * 19.2), Used: "0", Unused: "0" });
  });

  it("has spot capacity, a credit, a correction and missing tags", () => {
    expect(new Set(rows.map(({ PricingCategory }) => PricingCategory))).toEqual(
      new Set(["Standard", "Committed", "Dynamic", ""]),
    );
    expect(
      rows.filter(({ ChargeCategory }) => ChargeCategory === "Credit").map(({ BilledCost }) => BilledCost),
    ).toEqual(["-25"]);
    expect(rows.filter(({ ChargeClass }) => ChargeClass === "Correction")).toHaveLength(1);
    expect(rows.some(({ Tags }) => Tags === "{}")).toBe(true);
  });

  it("names in OpenCost's answer only nodes, disks and balancers that are on the bill", () => {
    const answer = estate.beside.find(({ path }) => path.startsWith("opencost/"))?.content ?? "{}";
    const { code, data } = JSON.parse(answer);
    expect(code).toBe(200);
    expect(data).toHaveLength(30);
    const named = new Set(answer.match(/(?<="providerID":")[^"]+/g));
    const billed = new Set(rows.map(({ ResourceId }) => ResourceId));
    expect(named.size).toBe(13);
    expect([...named].filter((id) => !billed.has(id))).toEqual([]);
    const idle = Object.keys(data[0]).filter((name) => name.endsWith("__idle__"));
    expect(idle).toHaveLength(10);
  });

  it("delivers September up to the 19th first", () => {
    const first = read(estate.deliveries[0]);
    expect(
      first
        .map(({ ChargePeriodStart = "" }) => ChargePeriodStart)
        .sort()
        .at(-1),
    ).toBe("2025-09-19T23:00:00Z");
    expect(
      first.some(
        (row) => row.ServiceName === "Amazon CloudFront" && row.ChargePeriodStart?.startsWith("2025-09-19"),
      ),
    ).toBe(false);
  });
});
