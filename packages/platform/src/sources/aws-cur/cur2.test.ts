import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openLake } from "../../lake/lake.ts";
import type { InputHeader } from "../../lake/source-definition.ts";
import { loadIntoLake } from "../../testing/cur-bill.ts";
import { tempFolder } from "../../testing/temp-folder.ts";
import { spellings } from "./cur-columns.ts";
import { recogniseCur } from "./recognise-cur.ts";

const header = (...names: readonly string[]): InputHeader => ({
  format: "csv",
  columns: names.map((name) => ({ name, type: "VARCHAR" })),
  sample: [],
});

describe("recognising a report", () => {
  it.each([
    [
      "legacy",
      ["lineItem/LineItemType", "lineItem/CurrencyCode", "lineItem/UsageStartDate", "lineItem/UnblendedCost"],
    ],
    [
      "legacy",
      [
        "line_item_line_item_type",
        "line_item_currency_code",
        "line_item_usage_start_date",
        "line_item_unblended_cost",
      ],
    ],
    [
      "legacy",
      ["lineitem_lineitemtype", "lineitem_currencycode", "lineitem_usagestartdate", "lineitem_unblendedcost"],
    ],
    [
      "cur2",
      [
        "line_item_line_item_type",
        "line_item_currency_code",
        "line_item_usage_start_date",
        "line_item_net_unblended_cost",
        "resource_tags",
      ],
    ],
  ])("knows a %s one by its columns", (variant, names) => {
    expect(recogniseCur(header(...names))).toMatchObject({ match: "yes", variant });
  });

  it("says what it misses", () => {
    expect(recogniseCur(header("lineItem/LineItemType", "BilledCost"))).toEqual({
      match: "no",
      reason:
        "looked for lineItem/LineItemType, lineItem/CurrencyCode, lineItem/UsageStartDate and a cost; " +
        "not found: lineItem/CurrencyCode, lineItem/UsageStartDate, lineItem/UnblendedCost",
    });
  });

  it("spells acronyms as AWS does", () => {
    expect(spellings("reservation/ReservationARN")).toContain("reservation_reservation_a_r_n");
    expect(spellings("pricing/publicOnDemandCost")).toContain("pricing_public_on_demand_cost");
  });
});

const NO_TEXT = "CAST(NULL AS VARCHAR)";

/** A CUR 2.0 export with nested maps; `rows` are (type, unblended, net) with SQL literals. */
const writeCur2 = async (
  rows: readonly (readonly [string, string, string])[],
  columns = "*",
): Promise<string> => {
  const path = join(tempFolder(), "cur2.snappy.parquet");
  const lake = await openLake({ root: tempFolder(), threads: 1 });
  onTestFinished(() => lake.close());
  const values = rows.map(
    ([type, gross, net]) => `('${type}', CAST(${gross} AS DOUBLE), CAST(${net} AS DOUBLE))`,
  );
  const select = `
    SELECT '111111111111' AS bill_payer_account_id, 'Payer' AS bill_payer_account_name,
      TIMESTAMP '2026-03-01' AS bill_billing_period_start_date, '222222222222' AS line_item_usage_account_id,
      TIMESTAMP '2026-03-02 05:00:00' AS line_item_usage_start_date, TIMESTAMP '2026-03-02 06:00:00' AS line_item_usage_end_date,
      type AS line_item_line_item_type, 'USD' AS line_item_currency_code, 'AmazonRDS' AS line_item_product_code,
      gross AS line_item_unblended_cost, net AS line_item_net_unblended_cost,
      MAP {'product_name': 'Amazon Relational Database Service', 'region': 'eu-west-1'} AS product,
      MAP {'user_team': 'blue', 'aws_created_by': 'me'} AS resource_tags,
      MAP {'unit': 'A'} AS cost_category, MAP {'edp_discount': -1.5} AS discount,
      ${NO_TEXT} AS split_line_item_parent_resource_id, ${NO_TEXT} AS savings_plan_savings_plan_a_r_n,
      CAST(NULL AS DOUBLE) AS savings_plan_savings_plan_effective_cost
    FROM (VALUES ${values.join(", ")}) AS t(type, gross, net)`;
  await lake.run({ text: `COPY (SELECT ${columns} FROM (${select})) TO '${path}' (FORMAT parquet)` });
  return path;
};

describe("CUR 2.0", () => {
  it("reads its nested maps", async () => {
    const { charges, report } = await loadIntoLake(await writeCur2([["Usage", "0.1", "NULL"]]));
    expect(report.inputs[0]?.variant).toBe("cur2");
    expect(
      await charges(
        "BilledCost",
        "ServiceName",
        "RegionId",
        "BillingAccountName",
        "Tags['team']",
        "Tags['aws:created_by']",
        "(x_extra ->> '/cost_category')",
      ),
    ).toEqual([
      {
        BilledCost: "0.100000000000",
        ServiceName: "Amazon Relational Database Service",
        RegionId: "eu-west-1",
        BillingAccountName: "Payer",
        "Tags['team']": "blue",
        "Tags['aws:created_by']": "me",
        "(x_extra ->> '/cost_category')": '{"unit":"A"}',
      },
    ]);
  });

  it("uses unblended costs in a month without discounts, where the net column is there but empty", async () => {
    const { value, report } = await loadIntoLake(
      await writeCur2([
        ["Usage", "10", "NULL"],
        ["EdpDiscount", "-1", "NULL"],
      ]),
    );
    expect(report.equations[0]?.name).toBe("sum of unblended cost");
    expect(await value("sum(BilledCost)")).toBe("9.000000000000");
  });

  it("uses net costs in a month with discounts", async () => {
    const { value, report } = await loadIntoLake(
      await writeCur2([
        ["Usage", "10", "9"],
        ["EdpDiscount", "-1", "0"],
      ]),
    );
    expect(report.equations[0]?.name).toBe("sum of net unblended cost");
    expect(await value("sum(BilledCost)")).toBe("9.000000000000");
    expect(await value("count(*)")).toBe("1");
  });

  it("takes an export whose query left out most columns", async () => {
    const columns =
      "line_item_line_item_type, line_item_currency_code, line_item_usage_start_date, line_item_usage_account_id, line_item_net_unblended_cost";
    const { charges, report } = await loadIntoLake(await writeCur2([["Usage", "10", "9"]], columns));
    expect(report.loads[0]).toMatchObject({ account: "222222222222", billingPeriod: "2026-03-01" });
    expect(
      await charges("BilledCost", "ChargePeriodEnd", "BillingPeriodEnd", "ServiceName", "ListCost"),
    ).toEqual([
      {
        BilledCost: "9.000000000000",
        ChargePeriodEnd: "2026-03-03 05:00:00",
        BillingPeriodEnd: "2026-04-01 00:00:00",
        ServiceName: "AWS",
        ListCost: null,
      },
    ]);
  });
});
