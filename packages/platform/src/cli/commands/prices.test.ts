import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCli } from "../../testing/run-cli.ts";
import { tempFolder } from "../../testing/temp-folder.ts";

const surroundings = () => {
  const cwd = tempFolder();
  const cli = (...words: readonly string[]) => runCli(words, { cwd, env: { TRIMTAB_LAKE: "lake" } });
  return { cwd, cli };
};

const HEADER = "item,attributes,region,price,currency,date,source\n";
const LIST = `${HEADER}gcp.run.cpu,billing=idle,us-central1,0.0000025,USD,2026-06-01,our contract\n`;

/** A bill in FOCUS with two months of one gp3 volume. */
const BILL = [
  "BillingAccountId,SubAccountId,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ServiceName,ServiceCategory,ProviderName,RegionId,SkuId,SkuMeter,PricingCategory,PricingUnit,PricingQuantity,ContractedUnitPrice,BilledCost,EffectiveCost,ListCost,ContractedCost,ResourceId",
  ...["05", "06"].map(
    (month) =>
      `1,1,USD,2026-${month}-01T00:00:00Z,2026-${month === "05" ? "06" : "07"}-01T00:00:00Z,2026-${month}-10T00:00:00Z,2026-${month}-11T00:00:00Z,Usage,Amazon Elastic Compute Cloud,Compute,AWS,eu-west-1,S1,EU-EBS:VolumeUsage.gp3,Standard,GB-Mo,10,0.088,0.88,0.88,0.88,0.88,vol-1`,
  ),
].join("\n");

describe("trimtab prices", () => {
  it("shows where each price comes from, and what is not known", async () => {
    const { cwd, cli } = surroundings();
    writeFileSync(join(cwd, "bill.csv"), BILL);
    writeFileSync(join(cwd, "list.csv"), LIST);
    expect(await cli("ingest", "bill.csv")).toMatchObject({ code: 0 });
    expect(await cli("prices", "load", "list.csv")).toMatchObject({ code: 0, err: "" });
    const { out } = await cli("prices", "--json");
    expect(JSON.parse(out)).toMatchObject([
      {
        item: "aws.ebs.volume",
        attributes: { type: "gp3" },
        value: {
          price: "0.088",
          currency: "USD",
          unit: "GiB-mo",
          origin: { kind: "bill", skuIds: ["S1"], rows: 1 },
        },
      },
      { item: "aws.ebs.snapshot", status: "unknown" },
      {
        item: "gcp.run.cpu",
        value: { price: "0.0000025", origin: { kind: "list", source: "our contract", date: "2026-06-01" } },
      },
    ]);
    const page = await cli("prices", "ebs", "--region", "eu-west-1");
    expect(page.out).toContain("1 prices known, 1 not");
    expect(page.out).toContain("no price of aws.ebs.snapshot in eu-west-1");
  });

  it("loads nothing of a list that is wrong, and says where", async () => {
    const { cwd, cli } = surroundings();
    writeFileSync(join(cwd, "list.csv"), `${LIST}gcp.run.cpu,billing=idle,us-east1,0,USD,2026-06-01,x\n`);
    const { code, err } = await cli("prices", "load", "list.csv");
    expect(code).toBe(2);
    expect(err).toContain("PRICE_LIST_INVALID");
    expect(err).toContain("line 3: price: 0 is not a price above zero");
    expect(JSON.parse((await cli("prices", "--json")).out)).toEqual([]);
  });
});
