import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { add, decimal, formatDecimal, ZERO } from "@trimtab/domain";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "../../lake/database.ts";
import { inspectFile, readHeader } from "../../lake/input/inspect-file.ts";
import { type Lake, openLake } from "../../lake/lake.ts";
import { sharedData } from "../../testing/shared-data.ts";
import { tempFolder } from "../../testing/temp-folder.ts";
import { loadBills } from "../load-bills.ts";
import { csvSourceFor } from "./csv-source.ts";
import { inferMapping } from "./infer-mapping.ts";
import { parseMapping } from "./parse-mapping.ts";

const docs = readFileSync(
  resolve(import.meta.dirname, "../../../../../docs/reference/sources/csv.md"),
  "utf8",
);
const oracleMapping = /```yaml\n([\s\S]*?)```/.exec(docs)?.[1] ?? "";

const minimal = `mapping: 1
name: minimal
columns:
  BilledCost: cost
  BillingCurrency: { value: EUR }
  ChargePeriodStart: day
`;

let database: Database;
beforeAll(async () => {
  database = await openDatabase({ threads: 1 });
});
afterAll(() => database.close());

const withLake = async <T>(work: (lake: Lake) => Promise<T>): Promise<T> => {
  const lake = await openLake({ root: tempFolder(), threads: 1 });
  try {
    return await work(lake);
  } finally {
    lake.close();
  }
};

const load = (mapping: string, path: string, query: string) =>
  withLake(async (lake) => {
    const sources = { csv: csvSourceFor(parseMapping(mapping, "m.yaml")) };
    const report = await loadBills(lake, { patterns: [path], cwd: "/", sources });
    const { manifest } = await lake.snapshot();
    const { rows } = await lake.run({ text: query.replace("charges", lake.scanCharges(manifest.loads)) });
    return { report, rows };
  });

const bill = (content: string): string => {
  const path = join(tempFolder(), "bill.csv");
  writeFileSync(path, content);
  return path;
};

describe("a mapping file", () => {
  it("is refused with line, column and reason of every mistake", () => {
    const bad = minimal
      .replace("BilledCost: cost", "BiledCost: cost")
      .replace("name: minimal", "name: My Bill");
    expect(() => parseMapping(bad, "m.yaml")).toThrowError(
      /line 2, column 1: name: .*line 4, column 3: columns.BiledCost: no such key/s,
    );
  });

  it("is refused where it is no YAML", () => {
    expect(() => parseMapping("mapping: 1\nname: [", "m.yaml")).toThrowError(/m\.yaml, line 2/);
  });

  it("must say what was paid, in which currency and when", () => {
    expect(() => parseMapping("mapping: 1\nname: x\ncolumns: {}\n", "m.yaml")).toThrowError(
      /BilledCost is not mapped.*BillingCurrency is not mapped.*ChargePeriodStart is not mapped/s,
    );
  });

  it("takes no constant for an amount", () => {
    const bad = minimal.replace("BilledCost: cost", 'BilledCost: { value: "1" }');
    expect(() => parseMapping(bad, "m.yaml")).toThrowError(/an amount is no constant/);
  });
});

describe("a load", () => {
  it("reads decimal commas and thousands as the mapping says, and proves the sum", async () => {
    const mapping = minimal.replace(
      "columns:",
      'file: { delimiter: ";", decimal: ",", grouping: ".", times: ["%d.%m.%Y"] }\ncolumns:',
    );
    const path = bill("day;cost\n01.03.2026;1.234,50\n02.03.2026;-0,25\n03.03.2026;1,234.50\n");
    const { report, rows } = await load(mapping, path, "SELECT sum(BilledCost), count(*) FROM charges");
    expect(rows).toEqual([["1234.250000000000", "2"]]);
    expect(report.quarantined.rows).toBe(1);
    expect(report.equations).toMatchObject([{ output: "BilledCost", currency: "EUR", accepted: "1234.25" }]);
  });

  it("turns the sign, keeps the rest, and drops rows with their sums told", async () => {
    const mapping = `${minimal}sign: negative
tags: { columns: { team: Team } }
drop: [{ name: payment, column: kind, equals: [payment], reason: what was paid is no charge }]
`;
    const path = bill("day,cost,kind,Team,note\n2026-03-01,-5,usage,red,hello\n2026-03-02,5,payment,,\n");
    const { report, rows } = await load(
      mapping,
      path,
      "SELECT BilledCost, Tags['team'], (x_extra ->> '/note'), BillingPeriodStart, ChargePeriodEnd FROM charges",
    );
    expect(rows).toEqual([["5.000000000000", "red", "hello", "2026-03-01 00:00:00", "2026-03-02 00:00:00"]]);
    expect(report.fates).toMatchObject([{ fate: "payment", rows: 1 }]);
  });

  it("applies transforms in order", async () => {
    const mapping = minimal.replace(
      "columns:",
      'columns:\n  ServiceName: { column: path, transform: [{ part: 2, separator: "/" }, upper, { prefix: "svc " }] }',
    );
    const { rows } = await load(
      mapping,
      bill("day,cost,path\n2026-03-01,5,a/b/c\n"),
      "SELECT ServiceName FROM charges",
    );
    expect(rows).toEqual([["svc B"]]);
  });

  it("of a file that lacks a column says which", async () => {
    await expect(load(minimal, bill("day,amount\n2026-03-01,5\n"), "SELECT 1 FROM charges")).rejects.toThrow(
      /cost/,
    );
  });
});

describe("a first draft", () => {
  const draft = async (content: string) => {
    const path = bill(content);
    const file = await inspectFile(path);
    const header = await readHeader(file, { delimiter: ",", nullTexts: [] }, database);
    return inferMapping(header, { name: "My Bill", delimiter: "," });
  };

  it("finds what looks familiar and is itself a valid mapping", async () => {
    const { yaml, missing } = await draft(
      "Usage Date,Amount,Currency,Service,tag:team\n13/02/2026,5.10,EUR,VM,red\n",
    );
    expect(missing).toEqual([]);
    const mapping = parseMapping(yaml, "draft.yaml");
    expect(mapping.columns).toMatchObject({ BilledCost: { column: "Amount" } });
    expect(mapping.file.times).toEqual(["%d/%m/%Y"]);
    expect(mapping.tags.prefixes).toEqual(["tag:"]);
  });

  it("says what it could not find", async () => {
    const { yaml, missing } = await draft("when,what\n2026-01-01,x\n");
    expect(missing).toEqual(["BilledCost", "BillingCurrency", "ChargePeriodStart"]);
    expect(yaml).toContain("CHECK: needed");
  });

  it("says when day and month can't be told apart", async () => {
    const { yaml } = await draft("date,cost,currency\n01/02/2026,5,EUR\n");
    expect(yaml).toContain("does not tell whether day or month comes first");
  });
});

describe.skipIf(sharedData("billing", "oci") === undefined)("Oracle's cost report", () => {
  const path = sharedData("billing", "oci", "focus_converters_oci_cost_report.csv") ?? "";

  it("loads by the mapping of the reference page, to the last digit", async () => {
    const records: Record<string, string>[] = parse(readFileSync(path), { columns: true });
    const expected = records.reduce((sum, row) => add(sum, decimal(row["cost/myCost"] || "0")), ZERO);
    const { report, rows } = await load(
      oracleMapping,
      path,
      "SELECT count(*), count(DISTINCT ServiceName), count(ChargeClass) FROM charges",
    );
    expect(rows).toEqual([["506", "8", "0"]]);
    const proof = report.equations.find(({ output }) => output === "BilledCost");
    expect(proof?.input).toBe(formatDecimal(expected));
    expect(report.quarantined.rows).toBe(0);
  });

  it("is drafted well enough to name its costs, dates and tags", async () => {
    const header = await readHeader(await inspectFile(path), { delimiter: ",", nullTexts: [] }, database);
    const { yaml, missing } = inferMapping(header, { name: "oci", delimiter: "," });
    expect(missing).toEqual([]);
    const { columns, tags } = parseMapping(yaml, "draft.yaml");
    expect(columns).toMatchObject({
      BilledCost: { column: "cost/myCost" },
      BillingCurrency: { column: "cost/currencyCode" },
      ChargePeriodStart: { column: "lineItem/intervalUsageStart" },
    });
    expect(tags.prefixes).toEqual(["tags/"]);
  });
});
