import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { FOCUS_VERSIONS, focusColumns } from "@trimtab/domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "../../lake/database.ts";
import { sources } from "../../sources/registry.ts";
import { duckdbDialect } from "../../sql/duckdb-dialect.ts";
import { sharedData } from "../../testing/shared-data.ts";
import { tempFolder } from "../../testing/temp-folder.ts";
import { RULES_1_2 } from "./data/focus-1-2-rules.ts";
import { MENDS_1_2 } from "./data/mends-1-2.ts";
import { scoreInput } from "./input-rows.ts";
import { type Conformance, rulesOf } from "./judge.ts";
import { scoreMapped } from "./mapped-rows.ts";

let database: Database;
beforeAll(async () => {
  database = await openDatabase({ threads: 1 });
});
afterAll(() => database.close());

const HEADER =
  "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ChargeClass,ChargeDescription,CommitmentDiscountId,CommitmentDiscountStatus,ListUnitPrice,PricingQuantity,InvoiceId";
const january = "2026-01-01T00:00:00Z,2026-02-01T00:00:00Z,2026-01-01T00:00:00Z,2026-02-01T00:00:00Z";
const row = (costs: string, category: string, commitment: string, price = ",", currency = "USD") =>
  `${costs},${currency},${january},${category},,"a charge",${commitment},${price},I-1`;

const score = async (...rows: readonly string[]): Promise<Conformance> => {
  const path = join(tempFolder(), "bill.csv");
  writeFileSync(path, `${[HEADER, ...rows].join("\n")}\n`);
  const scored = await scoreInput(database, path, sources, { version: "1.2" });
  if (scored.status !== "scored") throw new Error(scored.reason);
  return scored.result;
};
const failing = ({ failing }: Conformance) => failing.map(({ id }) => id);

describe("the model", () => {
  it("has every published rule, and each mend names one of them", () => {
    expect(RULES_1_2).toHaveLength(621);
    const ids = new Set(RULES_1_2.map(({ id }) => id));
    expect(MENDS_1_2.map(({ id }) => id).filter((id) => !ids.has(id))).toEqual([]);
    expect(new Set(MENDS_1_2.map(({ id }) => id)).size).toBe(MENDS_1_2.length);
  });

  it("has nothing malformed left after mending", () => {
    expect(JSON.stringify(RULES_1_2)).toContain("malformed");
    expect(JSON.stringify(rulesOf("1.2"))).not.toContain("malformed");
  });

  it.each(FOCUS_VERSIONS)("judges presence of every mandatory column of %s", (version) => {
    const judged = new Set(
      rulesOf(version).flatMap(({ check }) => (check?.[0] === "present" ? check[1] : [])),
    );
    const mandatory = focusColumns(version).filter(({ feature }) => feature === "mandatory");
    const missing = mandatory.map(({ name }) => name).filter((name) => !judged.has(name));
    expect(missing).toEqual([]);
  });
});

describe("rows", () => {
  it("breaks the rule that a value breaks, with count and example", async () => {
    const result = await score(
      row("1,1,2,1", "Usage", ",", "1,2"),
      row("1,1,3,1", "Usage", ",", "1,2"),
      row("1,1,2,1", "Sundries", ",", "1,2", "XXXX"),
    );
    expect(failing(result)).toEqual(
      expect.arrayContaining(["ChargeCategory-C-003-M", "BillingCurrency-C-006-M", "ListCost-C-009-C"]),
    );
    const product = result.failing.find(({ id }) => id === "ListCost-C-009-C");
    expect(product).toMatchObject({ failed: 1, judged: 3, unit: "rows" });
    expect(product?.example).toContain("ListCost=3");
  });

  it("reads the mended rule of commitment status, not the published one", async () => {
    const result = await score(
      row("0,1,2,1", "Usage", "c-1,Used", "1,2"),
      row("0,1,2,1", "Usage", ",", "1,2"),
    );
    expect(failing(result).filter((id) => id.startsWith("CommitmentDiscountStatus"))).toEqual([]);
  });

  it("leaves out of the score what no row can tell and what is absent", async () => {
    const result = await score(row("1,1,2,1", "Usage", ",", "1,2"));
    const reasons = new Map(result.notAssessable.map(({ id, reason }) => [id, reason]));
    expect(reasons.get("CommitmentDiscountStatus-C-005-M")).toBe("no row has anything to judge");
    expect(reasons.get("SkuId-C-004-C")).toBe("SkuId is absent");
    expect(reasons.get("CostAndUsage-D-064-C")).toMatch(/required only where: .*tags/);
    expect(reasons.get("SkuPriceId-C-006-O")).toBe("a permission can't be broken");
  });

  it("calls a literal NULL a placeholder and still reads it as null", async () => {
    const result = await score(row("1,1,2,1", "Usage", "NULL,NULL", "1,2"));
    expect(failing(result)).toContain("NullHandling-A-002-M");
    expect(failing(result)).not.toContain("CommitmentDiscountStatus-C-005-M");
  });
});

describe("commitments", () => {
  const purchase = row("10,0,10,10", "Purchase", "c-1,");
  const used = row("0,7,8,7", "Usage", "c-1,Used");

  it("passes when usage adds up to the purchase", async () => {
    const result = await score(purchase, used, row("0,3,0,3", "Usage", "c-1,Unused"));
    expect(failing(result).filter((id) => id.startsWith("EffectiveCost"))).toEqual([]);
  });

  it("fails when an unused part is missing", async () => {
    const result = await score(purchase, used);
    const law = result.failing.find(({ id }) => id === "EffectiveCost-C-012-C");
    expect(law).toMatchObject({ failed: 1, judged: 1, unit: "commitments" });
    expect(law?.example).toMatch(/^c-1: usage 7\.0+, purchase 10\.0+ USD$/);
  });

  it("is not assessable where an upfront payment may lie before the data", async () => {
    const { notAssessable } = await score(purchase, row("0,17,18,17", "Usage", "c-1,Used"));
    expect(notAssessable.map(({ id }) => id)).toContain("EffectiveCost-C-012-C");
  });

  it("is not assessable where the purchase is out of the data", async () => {
    const { notAssessable } = await score(used);
    expect(notAssessable.find(({ id }) => id === "EffectiveCost-C-012-C")?.reason).toMatch(/does not cover/);
  });
});

describe("mapped charges", () => {
  it("count a column as present only where it has a value", async () => {
    const charges = `(SELECT ${[
      ...focusColumns("1.4").map(({ name, type }) => {
        const types = { decimal: "DECIMAL(38,12)", datetime: "TIMESTAMP", map: "MAP(VARCHAR, VARCHAR)" };
        const sqlType = type in types ? types[type as keyof typeof types] : "VARCHAR";
        return name === "BilledCost" ? "1.5::DECIMAL(38,12) AS BilledCost" : `NULL::${sqlType} AS "${name}"`;
      }),
    ].join(", ")})`;
    const result = await scoreMapped({ from: charges, dialect: duckdbDialect, run: database.run });
    const ids = failing(result);
    expect(ids).toContain("EffectiveCost-1.4-001");
    expect(ids).not.toContain("BilledCost-1.4-001");
    expect(result.notAssessable.map(({ id }) => id)).toContain("SkuId-1.4-000");
  });
});

describe.skipIf(sharedData("billing") === undefined)("real bills", () => {
  it("finds what the FOCUS 1.0 sample gets wrong", async () => {
    const path = sharedData("billing", "focus-1.0", "focus_sample.csv") ?? "";
    const scored = await scoreInput(database, path, sources);
    if (scored.status !== "scored") throw new Error(scored.reason);
    const { version, must, failing } = scored.result;
    expect(version).toBe("1.0");
    expect(must.passed).toBeLessThan(must.assessable);
    expect(failing.find(({ id }) => id === "ChargePeriodStart-1.0-003")).toMatchObject({
      failed: 1000,
      judged: 1000,
    });
  });
});
