import { SERVICE_SUBCATEGORIES_BY_CATEGORY } from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import type { InputHeader } from "../../lake/source-definition.ts";
import { GCP_SERVICE_CATEGORIES } from "./data/service-categories.ts";
import { recogniseExport } from "./recognise-export.ts";

const header = (format: InputHeader["format"], columns: Readonly<Record<string, string>>): InputHeader => ({
  format,
  columns: Object.entries(columns).map(([name, type]) => ({ name, type })),
  sample: [],
});
const csv = (...names: readonly string[]) =>
  header("csv", Object.fromEntries(names.map((name) => [name, "VARCHAR"])));

const FLAT = [
  "billing_account_id",
  "service_id",
  "sku_id",
  "usage_start_time",
  "cost",
  "currency",
  "cost_type",
];

describe("recognition of Cloud Billing exports", () => {
  it("tells the detailed export by the columns only it has", () => {
    expect(recogniseExport(csv(...FLAT))).toMatchObject({ match: "yes", variant: "standard" });
    expect(recogniseExport(csv(...FLAT, "resource_global_name"))).toMatchObject({
      match: "yes",
      variant: "detailed",
      exportName: "detailed",
    });
  });

  it("looks into records", () => {
    const columns = {
      billing_account_id: "VARCHAR",
      service: "STRUCT(id VARCHAR, description VARCHAR)",
      sku: "STRUCT(id VARCHAR, description VARCHAR)",
      usage_start_time: "TIMESTAMP WITH TIME ZONE",
      cost: "DOUBLE",
      currency: "VARCHAR",
      cost_type: "VARCHAR",
    };
    expect(recogniseExport(header("parquet", columns))).toMatchObject({ match: "yes", variant: "standard" });
    const detailed = { ...columns, subscription: "STRUCT(instance_id VARCHAR)" };
    expect(recogniseExport(header("parquet", detailed))).toMatchObject({ variant: "detailed" });
    const bare = { ...columns, service: "STRUCT(name VARCHAR)" };
    expect(recogniseExport(header("parquet", bare))).toMatchObject({ match: "no" });
  });

  it("keeps data sets without costs apart and refuses other formats", () => {
    expect(recogniseExport(csv("billing_account_id", "cud_product", "commitment_amount"))).toMatchObject({
      match: "other-dataset",
      dataset: "cud_subscriptions_export",
    });
    const no = recogniseExport(csv("BilledCost", "ChargePeriodStart"));
    expect(no.match === "no" && no.reason).toContain("billing_account_id");
  });
});

describe("service categories", () => {
  it("are categories and subcategories of FOCUS, each service once", () => {
    const known: Readonly<Record<string, readonly string[]>> = SERVICE_SUBCATEGORIES_BY_CATEGORY;
    for (const [service, category, subcategory] of GCP_SERVICE_CATEGORIES)
      expect(known[category], service).toContain(subcategory);
    expect(new Set(GCP_SERVICE_CATEGORIES.map(([service]) => service)).size).toBe(
      GCP_SERVICE_CATEGORIES.length,
    );
  });
});
