import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { add, decimal, formatDecimal, ZERO } from "@trimtab/domain";
import { parse } from "csv-parse/sync";
import { describe, expect, it, onTestFinished } from "vitest";
import type { IngestReport } from "../../lake/ingest/report.ts";
import { type Lake, openLake } from "../../lake/lake.ts";
import type { InputHeader } from "../../lake/source-definition.ts";
import { sharedData } from "../../testing/shared-data.ts";
import { tempFolder } from "../../testing/temp-folder.ts";
import { loadBills } from "../load-bills.ts";
import { focusSource } from "./focus-source.ts";

const sources = { focus: focusSource };

const openTestLake = async (): Promise<Lake> => {
  const lake = await openLake({ root: tempFolder(), threads: 1 });
  onTestFinished(() => lake.close());
  return lake;
};

const loadFile = async (path: string): Promise<{ lake: Lake; report: IngestReport }> => {
  const lake = await openTestLake();
  return { lake, report: await loadBills(lake, { patterns: [path], cwd: tempFolder(), sources }) };
};

const loadText = (text: string) => {
  const path = join(tempFolder(), "bill.csv");
  writeFileSync(path, text);
  return loadFile(path);
};

const ask = async (lake: Lake, columns: string, order = ""): Promise<readonly (readonly unknown[])[]> => {
  const { manifest } = await lake.snapshot();
  const { rows } = await lake.run({
    text: `SELECT ${columns} FROM ${lake.scanCharges(manifest.loads)} ${order}`,
  });
  return rows;
};

const header = (...names: readonly string[]): InputHeader => ({
  format: "csv",
  columns: names.map((name) => ({ name, type: "VARCHAR" })),
  sample: [],
});

const CORE = ["BilledCost", "BillingCurrency", "BillingPeriodStart", "ChargeCategory", "ChargePeriodStart"];

describe("recognising FOCUS", () => {
  it.each([
    ["1.0", ["ProviderName"]],
    ["1.1", ["ProviderName", "SkuMeter"]],
    ["1.2", ["ProviderName", "SkuMeter", "InvoiceId"]],
    ["1.3", ["ProviderName", "InvoiceId", "ServiceProviderName"]],
    ["1.4", ["ProviderName", "InvoiceDetailId"]],
    ["1.4", ["ServiceProviderName"]],
  ])("tells version %s by its columns", (version, names) => {
    expect(focusSource.recognise(header(...CORE, ...names))).toMatchObject({
      match: "yes",
      variant: version,
    });
  });

  it("ignores the case of names, which warehouses change", () => {
    expect(focusSource.recognise(header(...CORE.map((name) => name.toLowerCase())))).toMatchObject({
      match: "yes",
    });
  });

  it.each([
    ["ContractCommitment", ["ContractCommitmentId", "ContractCommitmentCategory", "ContractPeriodStart"]],
    [
      "InvoiceDetail",
      ["InvoiceDetailId", "InvoiceId", "InvoiceIssueStatus", "BilledCost", "BillingCurrency"],
    ],
    ["BillingPeriod", ["BillingPeriodStart", "BillingPeriodEnd", "BillingPeriodStatus"]],
  ])("never takes a %s dataset for costs", (dataset, names) => {
    expect(focusSource.recognise(header(...names))).toMatchObject({ match: "other-dataset", dataset });
  });

  it("says which columns it missed", () => {
    expect(focusSource.recognise(header("BilledCost", "ChargeCategory"))).toMatchObject({
      match: "no",
      reason: expect.stringContaining("not found: BillingCurrency, BillingPeriodStart, ChargePeriodStart"),
    });
  });
});

const FIELDS =
  "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingAccountId,BillingCurrency,BillingPeriodStart,BillingPeriodEnd," +
  "ChargeCategory,ChargePeriodStart,ChargePeriodEnd,ProviderName,PublisherName,Tags,x_Operation,Surprise";
const at = (start: string, end: string, more = "AWS,Amazon,NULL,op,boo") =>
  `1.5,9.5e-14,NULL,1,acc,USD,2026-01-01T00:00:00Z,2026-02-01T00:00:00Z,Usage,${start},${end},${more}`;

describe("reading FOCUS", () => {
  it("reads every unambiguous spelling of an instant, and no other", async () => {
    const good = [
      "2026-01-02T03:00:00Z",
      "2026-01-02 03:00:00",
      "2026-01-02T03:00Z",
      "2026-01-02T03:00:00.000Z",
      "2026-01-02 03:00:00 UTC",
      "2026-01-02T03:00:00+00:00",
    ];
    const bad = ["1/2/26", "02.01.2026", "yesterday", "NULL", ""];
    const rows = [...good, ...bad].map((time) => at(time, "2026-01-02T04:00:00Z"));
    const { lake, report } = await loadText([FIELDS, ...rows].join("\n"));
    expect(report.quarantined.rows).toBe(bad.length);
    const times = await ask(lake, "DISTINCT CAST(ChargePeriodStart AS VARCHAR)");
    expect(times).toEqual([["2026-01-02 03:00:00"]]);
    expect(await ask(lake, "count(*)")).toEqual([[String(good.length)]]);
  });

  it("takes NULL as null, reads exponents exactly and keeps unknown columns", async () => {
    const row = at("2026-01-02T03:00:00Z", "2026-01-02T04:00:00Z", 'AWS,Amazon,"{""env"": ""prod""}",op,boo');
    const { lake, report } = await loadText(`${FIELDS}\n${row}`);
    const columns = "ListCost, EffectiveCost, ServiceProviderName, HostProviderName, Tags, x_extra";
    expect(await ask(lake, columns)).toEqual([
      [
        null,
        "0.000000000000",
        "AWS",
        "AWS",
        { env: "prod" },
        '{"PublisherName":"Amazon","x_Operation":"op","Surprise":"boo"}',
      ],
    ]);
    const effective = report.equations.find(({ output }) => output === "EffectiveCost");
    expect(effective).toMatchObject({
      input: "0.000000000000095",
      accepted: "0",
      rounding: "0.000000000000095",
    });
  });

  it("quarantines charges without amount or currency, never as zero", async () => {
    const row = at("2026-01-02T03:00:00Z", "2026-01-02T04:00:00Z");
    const rows = [row, row.replace("1.5,", "NULL,"), row.replace("USD", ""), row.replace("1.5,", "$1.50,")];
    const { report } = await loadText([FIELDS, ...rows].join("\n"));
    expect(report.quarantined.rows).toBe(3);
    expect(report.loads[0]?.sums.USD?.BilledCost).toBe("1.500000000000");
  });

  it("says which measure an export lacks", async () => {
    const text = `${CORE.join(",")},ChargePeriodEnd\n1,USD,2026-01-01,Usage,2026-01-02,2026-01-03`;
    const { report } = await loadText(text);
    expect(Object.keys(report.loads[0]?.unknown ?? {}).sort()).toEqual([
      "ContractedCost",
      "EffectiveCost",
      "ListCost",
    ]);
  });

  it("takes Microsoft's zero list price of a charge that costs something as unknown", async () => {
    const row = (provider: string) =>
      `1,1,0,0,acc,USD,2026-01-01,2026-02-01,Usage,2026-01-02,2026-01-03,${provider},P,NULL,op,boo`;
    const { lake } = await loadText([FIELDS, row("Microsoft"), row("AWS")].join("\n"));
    expect(await ask(lake, "ServiceProviderName, ListCost, ContractedCost")).toEqual(
      expect.arrayContaining([
        ["Microsoft", null, null],
        ["AWS", "0.000000000000", "0.000000000000"],
      ]),
    );
  });

  it("reads Parquet with maps and timestamps as it reads text", async () => {
    const path = join(tempFolder(), "focus.parquet");
    const lake = await openTestLake();
    const values =
      "1.25::DOUBLE AS billedcost, 'USD' AS billingcurrency, TIMESTAMP '2026-01-01' AS billingperiodstart, " +
      "'Usage' AS chargecategory, TIMESTAMP '2026-01-02' AS chargeperiodstart, TIMESTAMP '2026-01-03' AS chargeperiodend, " +
      "MAP {'env': 'prod'} AS tags, {'a': 1} AS skupricedetails";
    await lake.run({ text: `COPY (SELECT ${values}) TO '${path}' (FORMAT parquet)` });
    await loadBills(lake, { patterns: [path], cwd: tempFolder(), sources });
    expect(await ask(lake, "BilledCost, Tags, SkuPriceDetails")).toEqual([
      ["1.250000000000", { env: "prod" }, '{"a":1}'],
    ]);
  });
});

describe("Google's list of tags", () => {
  const core = { BillingCurrency: "USD", BillingPeriodStart: "2026-01-01", ChargeCategory: "Usage" };
  const row = { ...core, ChargePeriodStart: "2026-01-02T00:00:00Z", ChargePeriodEnd: "2026-01-03T00:00:00Z" };
  const list = [
    { key: "env", value: "prod", x_type: "label" },
    { key: "flag", x_type: "tag" },
  ];

  it("is a map from NDJSON, with amounts as they are written", async () => {
    const rows = [
      { ...row, BilledCost: 1.5e-7, Tags: list, ProviderName: "Google Cloud", x_Credits: [{ id: "a" }] },
      { ...row, BilledCost: "2", Tags: { env: "dev" } },
      { ...row, BilledCost: "3" },
    ];
    const { lake, report } = await loadText(rows.map((value) => JSON.stringify(value)).join("\n"));
    const columns = "BilledCost, Tags, ServiceProviderName, (x_extra ->> '/x_Credits')";
    expect(await ask(lake, columns, "ORDER BY 1")).toEqual([
      ["0.000000150000", { env: "prod", flag: "true" }, "Google Cloud", '[{"id":"a"}]'],
      ["2.000000000000", { env: "dev" }, null, null],
      ["3.000000000000", null, null, null],
    ]);
    expect(Object.keys(report.loads[0]?.unknown ?? {})).toContain("EffectiveCost");
  });

  it.each([
    [
      "a list",
      "[{'key': 'env', 'value': 'prod', 'x_type': 'l'}, {'key': 'flag', 'value': NULL, 'x_type': 't'}]",
    ],
    [
      "BigQuery's wrapped list",
      "{'list': [{'element': {'key': 'env', 'value': 'prod'}}, {'element': {'key': 'flag', 'value': NULL}}]}",
    ],
  ])("is a map from Parquet with %s", async (_, tags) => {
    const path = join(tempFolder(), "focus.parquet");
    const lake = await openTestLake();
    const values = Object.entries(row).map(([name, value]) => `'${value}' AS ${name}`);
    await lake.run({
      text: `COPY (SELECT 1 AS BilledCost, ${values.join(", ")}, ${tags} AS Tags) TO '${path}' (FORMAT parquet)`,
    });
    await loadBills(lake, { patterns: [path], cwd: tempFolder(), sources });
    expect(await ask(lake, "Tags")).toEqual([[{ env: "prod", flag: "true" }]]);
  });
});

const sample = sharedData("billing", "focus-1.0", "focus_sample.csv");

describe.skipIf(sample === undefined)("the FOCUS sandbox sample", () => {
  it("loads all of AWS, Microsoft and Oracle with every sum exact", async () => {
    const { lake, report } = await loadFile(sample ?? "");
    const rows = parse(readFileSync(sample ?? "", "utf8"), { columns: true }) as Record<string, string>[];
    const sumOf = (column: string) =>
      rows
        .map((row) => row[column] ?? "")
        .reduce((sum, text) => (text === "NULL" ? sum : add(sum, decimal(text))), ZERO);
    expect(report.quarantined.rows).toBe(0);
    expect(report.equations).toHaveLength(4);
    for (const { output, accepted } of report.equations) expect(accepted).toBe(formatDecimal(sumOf(output)));
    expect(report.loads.map(({ rows: count }) => count).reduce((sum, count) => sum + count, 0)).toBe(1000);
    expect(
      await ask(lake, "count(*) FILTER (WHERE Tags IS NULL), count(DISTINCT ServiceProviderName)"),
    ).toEqual([["289", "3"]]);
  });
});

const examples = sharedData("billing", "focus-spec-examples", "specification", "data");

describe.skipIf(examples === undefined)("the specification's examples", () => {
  const read = (...names: readonly string[]) => join(examples ?? "", ...names);

  it("refuses amounts with a dollar sign and dates such as 5/1/25", async () => {
    const path = read("saas_examples", "simple_agreements", "simple_saas_agreements_c.csv");
    await expect(loadFile(path)).rejects.toMatchObject({ code: "LAKE_ALL_REJECTED" });
  });

  it("refuses the commitment examples, which name no currency", async () => {
    const path = read("commitment_discount_scenarios", "commitment_discount_usage_scenario_3.csv");
    await expect(loadFile(path)).rejects.toMatchObject({ code: "SOURCE_NOT_RECOGNISED" });
  });

  it.each([
    ["one_hundred_percent_utilization_with_commitment_discount_flexibility_with_2_resources.csv", "2", "2"],
    ["zero_percent_utilization_without_commitment_discount_flexibility.csv", "3.5", "3.5"],
  ])("reads the commitments of %s once it has a currency", async (name, billed, effective) => {
    const [first = "", ...rows] = readFileSync(read("commitment_discount_flexibility", name), "utf8").split(
      /\r?\n/,
    );
    const text = [`${first},BillingCurrency`, ...rows.filter(Boolean).map((row) => `${row},USD`)].join("\n");
    const { lake, report } = await loadText(text);
    expect(report.equations.map(({ output, accepted }) => [output, accepted]).slice(0, 2)).toEqual([
      ["BilledCost", billed],
      ["EffectiveCost", effective],
    ]);
    expect(await ask(lake, "count(*) FILTER (WHERE SkuPriceId IS NULL)")).toEqual([["0"]]);
  });
});
