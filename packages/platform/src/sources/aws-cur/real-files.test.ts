import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { add, type Decimal, decimal, formatDecimal, ZERO } from "@trimtab/domain";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { loadIntoLake } from "../../testing/cur-bill.ts";
import { sharedData } from "../../testing/shared-data.ts";
import { tempFolder } from "../../testing/temp-folder.ts";

const cur = sharedData("billing", "aws-cur");
const nise = sharedData("billing", "nise", "September-2026-None.csv.gz");
const workshop = sharedData("billing", "aws-cur-parquet", "Oct2018-WorkshopCUR-00001.snappy.parquet");

/** The column's exact sum by another way than the one that is tested: text by text. */
const sumOf = (path: string, column: string): string => {
  const bytes = readFileSync(path);
  const text = path.endsWith(".gz") ? gunzipSync(bytes) : bytes;
  const rows: Record<string, string>[] = parse(text, { columns: true, relax_column_count: true });
  const total = rows.reduce<Decimal>(
    (sum, row) => (row[column] ? add(sum, decimal(row[column])) : sum),
    ZERO,
  );
  return formatDecimal(total);
};

const billed = (report: { equations: readonly { output: string; input: string }[] }) =>
  report.equations.find(({ output }) => output === "BilledCost");

describe.skipIf(cur === undefined || nise === undefined)("real reports as CSV", () => {
  it.each([
    ["focus_converters_aws_cur.csv", 1281],
    ["koku_2023-06-01.csv", 4],
  ])("%s conserves", async (name, rows) => {
    const path = `${cur}/${name}`;
    const { report, value } = await loadIntoLake(path);
    const expected = sumOf(path, "lineItem/UnblendedCost");
    expect(billed(report)).toMatchObject({
      input: expected,
      accepted: expected,
      quarantined: "0",
      rounding: "0",
    });
    expect(formatDecimal(decimal(String(await value("sum(BilledCost)"))))).toBe(expected);
    expect(report.loads[0]?.rows).toBe(rows);
    expect(report.quarantined.rows).toBe(0);
  });

  it("a generated month conserves, tags included", async () => {
    const { report, value } = await loadIntoLake(nise ?? "");
    const expected = sumOf(nise ?? "", "lineItem/UnblendedCost");
    expect(billed(report)).toMatchObject({ input: expected, accepted: expected });
    expect(await value("count(*)", "Tags['environment'] = 'dev'")).toBe("1440");
  });

  it("a bucket with a manifest is one delivery of three months", async () => {
    const root = tempFolder();
    execFileSync("tar", ["xzf", `${cur}/koku_test_local_bucket.tar.gz`, "-C", root]);
    const { report } = await loadIntoLake(root);
    const [file = ""] = report.inputs.map(({ path }) => path);
    const proof = billed(report);
    expect(proof?.input).toBe(sumOf(file, "lineItem/UnblendedCost"));
    expect(report.loads.map(({ instance, billingPeriod, rows }) => [instance, billingPeriod, rows])).toEqual([
      ["aws-cur/6568388779672/koku-local", "2018-06-01", 3300],
      ["aws-cur/6568388779672/koku-local", "2018-07-01", 9304],
      ["aws-cur/6568388779672/koku-local", "2018-08-01", 776],
    ]);
  });

  it("a file whose header and rows disagree is refused, not guessed at", async () => {
    await expect(loadIntoLake(`${cur}/koku_test_cur.csv`)).rejects.toMatchObject({
      code: "LAKE_ALL_REJECTED",
    });
  });
});

describe.skipIf(workshop === undefined)("a real report as Parquet", () => {
  it("conserves cost and amortises reservations", async () => {
    const { report, value, lake } = await loadIntoLake(workshop ?? "");
    const from = `read_parquet('${workshop}')`;
    const columns = [
      "line_item_unblended_cost",
      "reservation_effective_cost",
      "reservation_unused_recurring_fee",
      "reservation_unused_amortized_upfront_fee_for_billing_period",
    ];
    const texts = columns.map((name) => `CAST(${name} AS VARCHAR)`).join(", ");
    const { rows } = await lake.run({ text: `SELECT line_item_line_item_type, ${texts} FROM ${from}` });
    const total = (of: (type: string) => readonly number[]): Decimal =>
      rows.reduce<Decimal>(
        (sum, row) => of(String(row[0])).reduce((part, index) => add(part, decimal(String(row[index]))), sum),
        ZERO,
      );
    const unblended = formatDecimal(total(() => [1]));
    const amortised = formatDecimal(
      total((type) => (type === "DiscountedUsage" ? [2] : type === "RIFee" ? [3, 4] : [1])),
    );
    expect(report.equations.map(({ input, accepted }) => [input, accepted])).toEqual([
      [unblended, unblended],
      [amortised, amortised],
    ]);
    expect(await value("count(*)", "CommitmentDiscountStatus = 'Unused'")).toBe("3");
    expect(await value("count(*)", "ChargeCategory = 'Purchase' AND EffectiveCost = 0")).toBe("9");
    expect(await value("count(*)", "CommitmentDiscountStatus = 'Used' AND BilledCost = 0")).toBe("8345");
  }, 120_000);
});
