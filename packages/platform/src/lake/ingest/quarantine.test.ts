import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { openBillLake } from "../../testing/bill-lake.ts";
import { gcpRow } from "../../testing/gcp-bill.ts";
import { parquetOf } from "../database.ts";

const HEADER =
  "BilledCost,BillingCurrency,BillingPeriodStart,ChargeCategory,ChargePeriodStart,ChargePeriodEnd,ServiceName";
const row = (cost: string, service = "s") => `${cost},USD,2026-06-01,Usage,2026-06-01,2026-06-02,${service}`;

/** Loads one file and answers what is in quarantine, with the sum of what isn't. */
const load = async (name: string, content: string | Buffer) => {
  const { lake, folder, load: loadFiles } = await openBillLake();
  const file = join(folder, name);
  writeFileSync(file, content);
  const report = await loadFiles([name]);
  const path = lake.storage.localPath(report.quarantined.path ?? "none");
  const { rows } = await lake.run({
    text: `SELECT file, line, "column", reason, raw FROM ${parquetOf([path])} ORDER BY line`,
  });
  expect(rows).toHaveLength(report.quarantined.rows);
  expect(rows.every(([own]) => own === file)).toBe(true);
  const billed = await lake.run({ text: `SELECT sum(BilledCost) FROM ${lake.scanCharges(report.loads)}` });
  return {
    report,
    rows: rows.map(([, line, ...more]) => [Number(line), ...more]),
    billed: billed.rows[0]?.[0],
  };
};

const NO_NUMBER = ["BilledCost", "BilledCost: not a decimal number"] as const;

describe("a row that can't be read is in quarantine with its line, column, reason and text", () => {
  const text = [
    HEADER,
    row("1"),
    row("2", '"two\nlines, ""quoted"""'),
    row("nothing", '"three\n\nlines"'),
    row("4"),
    row("1e400"),
    "5,USD",
    row("6", '"unclosed" text'),
    `${row("7")},more,still more`,
    row("8", "caf\xe9"),
    row("9"),
  ].join("\n");
  const expected = [
    [5, ...NO_NUMBER, 'nothing,USD,2026-06-01,Usage,2026-06-01,2026-06-02,"three\n\nlines"'],
    [9, ...NO_NUMBER, "1e400,USD,2026-06-01,Usage,2026-06-01,2026-06-02,s"],
    [10, null, "it has 2 fields, not 7", "5,USD"],
    [11, null, "text after a closing quote", '6,USD,2026-06-01,Usage,2026-06-01,2026-06-02,"unclosed" text'],
    [12, null, "it has 9 fields, not 7", "7,USD,2026-06-01,Usage,2026-06-01,2026-06-02,s,more,still more"],
    [13, null, "its text is not UTF-8", "8,USD,2026-06-01,Usage,2026-06-01,2026-06-02,café"],
  ];
  const bytes = Buffer.from(text, "latin1");

  it("and is not taken for a broken record that begins with the same fields", async () => {
    const { rows } = await load(
      "bill.csv",
      [HEADER, `${row("none")},more`, row("1"), row("none")].join("\n"),
    );
    expect(rows.map(([line, , reason]) => [line, reason])).toEqual([
      [2, "it has 8 fields, not 7"],
      [4, "BilledCost: not a decimal number"],
    ]);
  });

  it.each([
    ["CSV", "bill.csv", bytes],
    ["gzip", "bill.csv.gz", gzipSync(bytes)],
    ["zstd", "bill.csv.zst", zstdCompressSync(bytes)],
  ])("%s", async (_, name, content) => {
    const { rows, billed } = await load(name, content);
    expect(rows).toEqual(expected);
    // 1 + 2 + 4 + 9
    expect(billed).toBe("16.000000000000");
  });

  it("right below a header that is no UTF-8 itself", async () => {
    const content = Buffer.from(`${HEADER},caf\xe9\n${row("nothing")},x\n${row("1")},x\n`, "latin1");
    const { rows, billed } = await load("header.csv", content);
    expect(rows).toEqual([[2, ...NO_NUMBER, "nothing,USD,2026-06-01,Usage,2026-06-01,2026-06-02,s,x"]]);
    expect(billed).toBe("1.000000000000");
  });

  it("whatever ends the lines, and if they end in several ways", async () => {
    let count = 0;
    const ends = ["\r\n", "\n", "\r"];
    const mixed = text.replaceAll(/\n(?=[0-9n])/g, () => ends[count++ % 3] ?? "\n");
    const { rows, billed } = await load("bill.csv", Buffer.from(mixed, "latin1"));
    expect(rows.map(([line, , reason]) => [line, reason])).toEqual(
      expected.map(([line, , reason]) => [line, reason]),
    );
    expect(billed).toBe("16.000000000000");
  });

  it("NDJSON", async () => {
    const lines = [
      JSON.stringify(gcpRow()),
      "",
      '{"cost": 1',
      JSON.stringify(gcpRow({ cost: "a lot" })),
      "[1]",
      `{"cost":3,${JSON.stringify(gcpRow()).slice(1)}`,
      JSON.stringify(gcpRow({ usage_start_time: "someday" })),
      JSON.stringify(gcpRow({ cost: 2 })),
    ];
    const { rows, billed } = await load("export.json", lines.join("\n"));
    expect(rows).toEqual([
      [3, null, "not a JSON object", lines[2]],
      [4, "cost", "cost: not a decimal number", lines[3]],
      [5, null, "not a JSON object", "[1]"],
      [6, null, "a key stands twice", lines[5]],
      [7, "usage_start_time", "usage_start_time: not a date and time of this format", lines[6]],
    ]);
    expect(billed).toBe("3.500000000000");
  });

  it("each of several that are alike has its own line", async () => {
    const { rows } = await load("bill.csv", [HEADER, row("x"), row("1"), row("x"), row("x")].join("\n"));
    expect(rows.map(([line]) => line)).toEqual([2, 4, 5]);
  });

  it("a header that stands again below is such a row, and not on line 1", async () => {
    const { rows } = await load("bill.csv", [HEADER, row("1"), HEADER, row("2")].join("\n"));
    expect(rows).toEqual([[3, ...NO_NUMBER, HEADER]]);
  });
});

describe("a load with rows in quarantine", () => {
  it("says how many, what they hold, and that input = charges + quarantine + rounding", async () => {
    const bad = `7.25,USD,2026-06-01,Usage,someday,2026-06-02,s`;
    const { report } = await load("bill.csv", [HEADER, row("0.0000000000005"), bad].join("\n"));
    expect(report.quarantined.rows).toBe(1);
    expect(report.loads).toMatchObject([
      { rows: 1, quarantined: { rows: 1, path: report.quarantined.path } },
    ]);
    expect(report.equations).toMatchObject([
      {
        input: "7.2500000000005",
        accepted: "0.000000000001",
        quarantined: "7.25",
        rounding: "-0.0000000000005",
      },
    ]);
    expect(report.fates).toMatchObject([
      { fate: "rejected", rows: 1, sums: { "sum of BilledCost": "7.25" } },
    ]);
  });

  it("leaves separators after the last field alone", async () => {
    const { report, billed } = await load("bill.csv", [HEADER, `${row("1")},`, row("2"), "x,USD"].join("\n"));
    expect(report.quarantined.rows).toBe(1);
    expect(billed).toBe("3.000000000000");
  });
});
