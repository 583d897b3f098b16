import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { quoteText } from "../../sql/dialect.ts";
import { gcpRow, openGcpLake } from "../../testing/gcp-bill.ts";

const credit = (type: string | undefined, amount: unknown, name = "n") => ({
  name,
  amount,
  type,
  id: `id-${name}`,
});
const sku = (description: string) => ({ id: description, description });

describe("credits", () => {
  it("lower the cost of their row, but promotions and unknown ones are charges of their own", async () => {
    const { loadRows, charges } = await openGcpLake();
    const report = await loadRows([
      gcpRow({
        cost: 10,
        credits: [
          credit("SUSTAINED_USAGE_DISCOUNT", -1),
          credit("COMMITTED_USAGE_DISCOUNT", -2, "Committed Usage Discount: CPU"),
          credit("DISCOUNT", "-0.5"),
          credit("FREE_TIER", -0.25),
          credit("RESELLER_MARGIN", -0.125),
          credit("SUBSCRIPTION_BENEFIT", -0.0625),
          credit("PROMOTION", -3, "Free trial"),
          credit("PROMOTION", -0.75, "Milestone"),
          credit("LOYALTY_2027", -0.1, "New kind"),
        ],
      }),
      // Before September 2020 credits had no type.
      gcpRow({ cost: 1, sku: sku("old"), credits: [credit(undefined, -0.3, "Sustained Usage Discount")] }),
      gcpRow({ cost: 1, sku: sku("older"), credits: [credit(undefined, -0.4, "FreeTrial:Credit-1")] }),
    ]);
    const select =
      "ChargeCategory, ChargeDescription, CAST(BilledCost AS VARCHAR), CAST(EffectiveCost AS VARCHAR), " +
      "CommitmentDiscountStatus, (x_extra ->> '/x_CreditFlag'), (x_extra ->> '/x_SustainedUseCredit')";
    const zeros = (digits: string) => digits.padEnd(digits.indexOf(".") + 13, "0");
    expect(await charges(select)).toEqual([
      ["Credit", "Free trial", zeros("-3."), zeros("-3."), null, null, null],
      ["Credit", "FreeTrial:Credit-1", zeros("-0.4"), zeros("-0.4"), null, null, null],
      ["Credit", "Milestone", zeros("-0.75"), zeros("-0.75"), null, null, null],
      ["Credit", "New kind", zeros("-0.1"), zeros("-0.1"), null, "unknown credit type", null],
      [
        "Usage",
        "E2 Instance Core running in Americas",
        zeros("6.0625"),
        zeros("6.0625"),
        "Used",
        null,
        zeros("-1."),
      ],
      ["Usage", "old", zeros("0.7"), zeros("0.7"), null, null, zeros("-0.3")],
      ["Usage", "older", zeros("1."), zeros("1."), null, null, null],
    ]);
    expect(report.equations.map(({ output, input, accepted }) => [output, input, accepted])).toEqual([
      ["BilledCost", "3.5125", "3.5125"],
      ["EffectiveCost", "3.5125", "3.5125"],
    ]);
  });

  it("keep what rounding to 12 places took", async () => {
    const { loadRows } = await openGcpLake();
    const report = await loadRows([
      gcpRow({
        cost: 2.3198314011096954e-5,
        credits: [credit("PROMOTION", -1.4e-13), credit("DISCOUNT", -6e-13)],
      }),
    ]);
    expect(report.equations[0]).toMatchObject({
      input: "0.000023198313271096954",
      accepted: "0.000023198313",
      rounding: "0.000000000000271096954",
    });
  });

  it("that can't be read put the row into quarantine, never to zero", async () => {
    const { loadRows, lake } = await openGcpLake();
    const report = await loadRows([
      gcpRow(),
      gcpRow({ credits: "none" }),
      gcpRow({ credits: [credit("PROMOTION", "a lot")] }),
      gcpRow({ credits: [{ type: "PROMOTION" }] }),
      gcpRow({ cost: null }),
      gcpRow({ invoice: { month: "Feb 2026" } }),
      gcpRow({ usage: { amount: "1_000" } }),
    ]);
    expect(report.quarantined.rows).toBe(6);
    const path = quoteText(join(lake.root, report.quarantined.path ?? ""));
    const { rows } = await lake.run({ text: `SELECT line, reason FROM read_parquet(${path}) ORDER BY line` });
    expect(rows.map(([line, reason]) => `${line} ${reason}`)).toEqual([
      "2 credits: not a list of credits",
      "3 credits.amount: not a decimal number",
      "4 credits.amount: not a decimal number",
      "5 cost: missing",
      "6 invoice.month: not a month like 202601",
      "7 usage.amount: not a decimal number",
    ]);
  });
});

describe("rows", () => {
  it("keep every cost type, and flag one that Google does not list", async () => {
    const { loadRows, charges } = await openGcpLake();
    await loadRows([
      gcpRow({ cost: 1, cost_type: "tax" }),
      gcpRow({ cost: 2, cost_type: "adjustment" }),
      gcpRow({ cost: -0.01, cost_type: "rounding_error" }),
      gcpRow({ cost: 3, cost_type: "levy" }),
      gcpRow({ cost: 4, cost_type: "regular" }),
    ]);
    const select =
      "(x_extra ->> '/x_CostType'), ChargeCategory, CAST(BilledCost AS DOUBLE), (x_extra ->> '/x_Flag'), PricingCategory";
    expect(await charges(select)).toEqual([
      ["adjustment", "Adjustment", 2, null, null],
      ["levy", "Adjustment", 3, "unknown cost_type", null],
      ["regular", "Usage", 4, null, "Standard"],
      ["rounding_error", "Adjustment", -0.01, null, null],
      ["tax", "Tax", 1, null, null],
    ]);
  });

  it("follow the invoice month, which is Pacific and may split a day", async () => {
    const { loadRows, charges } = await openGcpLake();
    const at = (start: string, month: string | null, more: object = {}) =>
      gcpRow({
        usage_start_time: start,
        usage_end_time: null,
        invoice: month === null ? null : { month },
        ...more,
      });
    const correction = { adjustment_info: { id: "a", type: "USAGE_CORRECTION", mode: "PARTIAL_CORRECTION" } };
    const report = await loadRows([
      at("2026-01-31 20:00:00 UTC", "202601"),
      at("2026-01-31 21:00:00 UTC", "202602"),
      at("2026-02-01 07:30:00 UTC", null),
      at("2026-01-15 07:30:00 UTC", "202602", correction),
      at("2026-02-15 07:30:00 UTC", "202602", correction),
    ]);
    expect(report.loads.map(({ billingPeriod, rows }) => [billingPeriod, rows])).toEqual([
      ["2026-01-01", 2],
      ["2026-02-01", 3],
    ]);
    const select =
      "CAST(ChargePeriodStart AS VARCHAR), CAST(ChargePeriodEnd AS VARCHAR), CAST(BillingPeriodStart AS DATE)::VARCHAR, " +
      "CAST(BillingPeriodEnd AS DATE)::VARCHAR, ChargeClass, (x_extra ->> '/x_BillingPeriodSource')";
    const [january, february] = [
      ["2026-01-01", "2026-02-01"],
      ["2026-02-01", "2026-03-01"],
    ] as const;
    expect(await charges(select)).toEqual([
      ["2026-01-15 07:30:00", "2026-01-15 08:30:00", ...february, "Correction", null],
      ["2026-01-31 20:00:00", "2026-01-31 21:00:00", ...january, null, null],
      ["2026-01-31 21:00:00", "2026-01-31 22:00:00", ...february, null, null],
      ["2026-02-01 07:30:00", "2026-02-01 08:30:00", ...january, null, "usage month, Pacific time"],
      ["2026-02-15 07:30:00", "2026-02-15 08:30:00", ...february, null, null],
    ]);
  });

  it("carry labels, tags and project labels in one map, none hiding another", async () => {
    const { loadRows, charges } = await openGcpLake();
    const ancestors = [
      { resource_name: "projects/123", display_name: "Shop" },
      { resource_name: "folders/7", display_name: "EU" },
      { resource_name: "folders/5", display_name: "Retail" },
      { resource_name: "organizations/1", display_name: "acme.com" },
    ];
    await loadRows([
      gcpRow({
        labels: [
          { key: "team", value: "web" },
          { key: "empty", value: "" },
          { key: "team", value: "twice" },
        ],
        tags: [
          { key: "team", value: "tagged", inherited: true, namespace: "acme" },
          { key: "cost-center", value: "42", namespace: "acme" },
        ],
        system_labels: [
          { key: "compute.googleapis.com/is_unused_reservation", value: "true" },
          { key: "compute.googleapis.com/reservation_name", value: "spare" },
        ],
        project: {
          id: "shop",
          labels: [
            { key: "team", value: "shop" },
            { key: "env", value: "prod" },
          ],
          ancestors,
        },
      }),
    ]);
    const select =
      "Tags, (x_extra ->> '/x_Folders'), (x_extra ->> '/x_OrganizationId'), CapacityReservationId, CapacityReservationStatus";
    const [[tags, ...rest] = []] = await charges(select);
    expect(tags).toEqual({
      team: "web",
      empty: "",
      env: "prod",
      "cost-center": "42",
      "tag:acme/team": "tagged",
      "tag:acme/cost-center": "42",
      "project:team": "shop",
      "project:env": "prod",
      "compute.googleapis.com/is_unused_reservation": "true",
      "compute.googleapis.com/reservation_name": "spare",
    });
    expect(rest).toEqual(["Retail/EU", "organizations/1", "spare", "Unused"]);
  });

  it("take list prices from the export, else from price and usage and say so", async () => {
    const { loadRows, charges } = await openGcpLake();
    const price = {
      list_price: "0.3",
      pricing_unit_quantity: "1",
      tier_start_amount: "0",
      effective_price_default: "0.25",
    };
    const usage = { amount: 10, unit: "s", amount_in_pricing_units: 0.1, pricing_unit: "h" };
    await loadRows([
      gcpRow({ sku: sku("a"), cost: 1, cost_at_list: "1.25", price }),
      gcpRow({ sku: sku("b"), cost: 1, cost_at_list: null, price, usage }),
      gcpRow({
        sku: sku("c"),
        cost: 1,
        cost_at_list: null,
        price: { ...price, pricing_unit_quantity: "1000" },
        usage,
      }),
    ]);
    const select =
      "SkuId, CAST(ListCost AS DOUBLE), (x_extra ->> '/x_ListCostSource'), CAST(ContractedUnitPrice AS DOUBLE), SkuPriceId";
    expect(await charges(select)).toEqual([
      ["a", 1.25, null, 0.25, "a/0/"],
      ["b", 0.03, "price.list_price x usage", 0.25, "b/0/"],
      ["c", null, null, null, "c/0/"],
    ]);
  });
});

describe("deliveries", () => {
  it("replace their own export's month and count standard and detailed once", async () => {
    const { loadRows, charges } = await openGcpLake();
    const { resource: _, ...standard } = gcpRow({ cost: 8 }) as Record<string, unknown>;
    await loadRows([standard], "standard.json");
    await loadRows([gcpRow({ cost: 3 }), gcpRow({ cost: 5 })], "detailed.json");
    const report = await loadRows([gcpRow({ cost: 3 }), gcpRow({ cost: 6 })], "detailed.json");
    expect(report.replaced).toHaveLength(1);
    expect(report.loads.map(({ instance, counted }) => [instance, counted])).toEqual([
      ["gcp-billing/01A2B3-C4D5E6-F7A8B9/detailed", true],
    ]);
    expect(await charges("CAST(BilledCost AS DOUBLE)")).toEqual([[3], [6], [8]]);
  });

  it("read the same bill alike as JSON, Parquet with nested lists, and CSV of JSON or Python records", async () => {
    const rows = [
      gcpRow({
        cost: 0.1,
        credits: [credit("PROMOTION", -1e-6, "it's free"), credit("DISCOUNT", -0.02)],
        labels: [{ key: "team", value: "web" }],
      }),
      gcpRow({ cost: 7, cost_type: "tax", credits: [] }),
    ];
    const select =
      "ChargeCategory, CAST(BilledCost AS VARCHAR), Tags['team'], ServiceCategory, SubAccountId, " +
      "CAST(ConsumedQuantity AS VARCHAR), CAST(ChargePeriodStart AS VARCHAR), (x_extra ->> '/x_CurrencyConversionRate')";
    const json = await openGcpLake();
    await json.loadRows(rows);
    const expected = await json.charges(select);
    expect(expected).toHaveLength(3);

    const parquet = await openGcpLake();
    const source = quoteText(join(json.folder, "export.json"));
    const file = join(parquet.folder, "export.parquet");
    const columns =
      "* REPLACE (CAST(usage_start_time AS TIMESTAMPTZ) AS usage_start_time, CAST(cost_at_list AS DECIMAL(38,9)) AS cost_at_list)";
    await parquet.lake.run({
      text: `COPY (SELECT ${columns} FROM read_json(${source}, format='newline_delimited')) TO ${quoteText(file)} (FORMAT parquet)`,
    });
    await parquet.load(file);
    expect(await parquet.charges(select)).toEqual(expected);

    const csv = await openGcpLake();
    const flat =
      "billing_account_id, service.id AS service_id, service.description AS service_description, sku.id AS sku_id, " +
      "sku.description AS sku_description, usage_start_time, usage_end_time, project.id AS project_id, to_json(labels) AS labels, " +
      "cost, currency, currency_conversion_rate, usage.amount AS usage_amount, cost_type, invoice.month AS invoice_month, resource.name AS resource_name, ";
    const python = `replace(replace(CAST(to_json(credits) AS VARCHAR), '"it''s free"', '#'), '"', '''')`;
    for (const credits of [
      "to_json(credits)",
      `replace(replace(${python}, '#', '"it''s free"'), ''':', ''': ')`,
    ]) {
      const path = join(csv.folder, `${credits.length}.csv`);
      const text = credits.startsWith("replace")
        ? `replace(replace(${credits}, ',''', ', '''), ',{', ', {')`
        : credits;
      await csv.lake.run({
        text: `COPY (SELECT ${flat} ${text} AS credits FROM read_json(${source}, format='newline_delimited')) TO ${quoteText(path)} (FORMAT csv, HEADER)`,
      });
      await csv.load(path);
      expect(await csv.charges(select), credits).toEqual(expected);
    }
  });
});
