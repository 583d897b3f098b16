import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { TrimtabError } from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import { openBillLake } from "../../testing/bill-lake.ts";
import { type TestCharge, writeFocusBill } from "../../testing/focus-bill.ts";
import { isFolderRun } from "../../testing/lake-root.ts";
import type { Lake } from "../lake.ts";
import type { LoadEntry } from "../manifest.ts";
import { verifyLoads } from "../verify.ts";
import { readLoadRecord } from "./coverage.ts";
import type { IngestReport } from "./report.ts";

interface Own {
  readonly lake: Lake;
  readonly folder: string;
  load(...patterns: readonly string[]): Promise<IngestReport>;
  partly(...patterns: readonly string[]): Promise<IngestReport>;
  bill(name: string, ...charges: readonly TestCharge[]): string;
  /** Σ billed of what counts, by billing period. */
  totals(): Promise<Readonly<Record<string, string>>>;
}

const openOwn = async (): Promise<Own> => {
  const { lake, folder, load } = await openBillLake();
  return {
    lake,
    folder,
    load: (...patterns) => load(patterns),
    partly: (...patterns) => load(patterns, { partial: true }),
    bill: (name, ...charges) => {
      mkdirSync(join(folder, name, ".."), { recursive: true });
      return writeFocusBill(join(folder, name), charges);
    },
    totals: async () => {
      const { manifest } = await lake.snapshot();
      expect(await verifyLoads(lake.database, lake.storage, manifest)).toEqual([]);
      const counted = manifest.loads.filter((entry) => entry.counted === true);
      const { rows } = await lake.run({
        text:
          "SELECT strftime(BillingPeriodStart, '%Y-%m'), CAST(CAST(sum(BilledCost) AS DECIMAL(18,2)) AS VARCHAR) " +
          `FROM ${lake.scanCharges(counted)} GROUP BY 1`,
      });
      return Object.fromEntries(rows.map(([period, sum]) => [String(period), String(sum)]));
    },
  };
};

const failure = async (work: Promise<unknown>): Promise<TrimtabError> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TrimtabError)) throw new Error(`Expected a TrimtabError, got ${error}`);
  return error;
};

const june1: TestCharge = { day: "2026-06-01", billed: "1.50" };
const june2: TestCharge = { day: "2026-06-02", billed: "2.50" };
const july1: TestCharge = { day: "2026-07-01", billed: "7.00" };

describe("loading a bill again", () => {
  it("replaces exactly the same account and month", async () => {
    const { load, bill, totals } = await openOwn();
    await load(bill("june.csv", june1, june2), bill("july.csv", july1));
    const again = await load(bill("june-restated.csv", { ...june1, billed: "100" }, june2));
    expect(again.replaced).toHaveLength(1);
    expect(again.version).toBe(2);
    expect(await totals()).toEqual({ "2026-06": "102.50", "2026-07": "7.00" });
  });

  it("never doubles: the same file twice is the file once", async () => {
    const { load, bill, totals } = await openOwn();
    const path = bill("june.csv", june1, june2);
    await load(path);
    await load(path);
    expect(await totals()).toEqual({ "2026-06": "4.00" });
  });

  it("puts the months of one file in loads of their own", async () => {
    const { load, bill, totals } = await openOwn();
    const report = await load(bill("both.csv", june1, july1, june2));
    expect(report.loads.map(({ billingPeriod, rows }) => [billingPeriod, rows]).sort()).toEqual([
      ["2026-06-01", 2],
      ["2026-07-01", 1],
    ]);
    await load(bill("july.csv", { ...july1, billed: "8" }));
    expect(await totals()).toEqual({ "2026-06": "4.00", "2026-07": "8.00" });
  });

  it("with fewer days is refused, and done where --partial says that this is all", async () => {
    const { load, partly, bill, totals } = await openOwn();
    await load(bill("june.csv", june1, june2));
    const less = bill("less.csv", june2);
    const error = await failure(load(less));
    expect(error).toMatchObject({ code: "LAKE_COVERS_LESS", message: expect.stringContaining("2026-06-01") });
    expect(await totals()).toEqual({ "2026-06": "4.00" });
    await partly(less);
    expect(await totals()).toEqual({ "2026-06": "2.50" });
  });

  it("keeps how complete each day was", async () => {
    const { lake, load, bill } = await openOwn();
    const report = await load(bill("june.csv", june1, june1, june2));
    const record = await readLoadRecord(lake.storage, report.loads[0] as LoadEntry);
    expect(record?.days).toEqual([
      { day: "2026-06-01", currency: "USD", rows: 2, billed: "3", effective: "3" },
      { day: "2026-06-02", currency: "USD", rows: 1, billed: "2.5", effective: "2.5" },
    ]);
  });

  it("leaves an old version readable", async () => {
    const { lake, load, bill } = await openOwn();
    const first = await load(bill("june.csv", june1));
    await load(bill("june-restated.csv", { ...june1, billed: "9" }));
    const { manifest } = await lake.snapshot(first.version);
    const { rows } = await lake.run({
      text: `SELECT sum(BilledCost) FROM ${lake.scanCharges(manifest.loads)}`,
    });
    expect(rows).toEqual([["1.500000000000"]]);
  });
});

describe("several files at once", () => {
  it("of one folder are parts of one delivery", async () => {
    const { folder, load, bill, totals } = await openOwn();
    bill("parts/1.csv", june1);
    bill("parts/2.csv", june2);
    await load(join(folder, "parts"));
    expect(await totals()).toEqual({ "2026-06": "4.00" });
  });

  it("of two folders that cover the same days are refused: nothing says which is newer", async () => {
    const { folder, lake, load, bill } = await openOwn();
    const first = bill("monday/june.csv", june1, june2);
    const second = bill("tuesday/june.csv", june1, { ...june2, billed: "3" });
    const error = await failure(load(folder));
    expect(error.code).toBe("LAKE_TWO_DELIVERIES");
    for (const path of [first, second]) expect(error.message).toContain(path);
    expect((await lake.snapshot()).version).toBe(0);
  });

  it("that are one file under two names are refused", async () => {
    const { load, bill } = await openOwn();
    const error = await failure(load(bill("june.csv", june1), bill("june (1).csv", june1)));
    expect(error).toMatchObject({ code: "LAKE_SAME_FILE" });
  });

  it("are all loaded or none: one is damaged", async () => {
    const { folder, lake, load, bill } = await openOwn();
    const good = bill("june.csv", june1);
    writeFileSync(join(folder, "july.csv.gz"), gzipSync("x".repeat(1000)).subarray(0, -6));
    const error = await failure(load(good, "july.csv.gz"));
    expect(error.message).toContain("july.csv.gz");
    expect((await lake.snapshot()).version).toBe(0);
    expect(await lake.storage.files("charges")).toEqual([]);
    if (isFolderRun) expect(readdirSync(folder)).not.toContain("lake");
  });
});

describe("a file's name decides nothing", () => {
  it.each([
    "bill[1].csv",
    "*.csv",
    "what?.csv",
    "quote'.csv",
    'double".csv',
    "BillingCurrency=EUR/bill.csv",
    "bill.gz",
  ])("%s", async (name) => {
    const { load, bill, totals, lake } = await openOwn();
    bill("bill1.csv", { ...june1, billed: "1000" });
    bill("whats.csv", { ...june1, billed: "1000" });
    const path = bill(name, june1, june2);
    await load(path);
    expect(await totals()).toEqual({ "2026-06": "4.00" });
    expect(await lake.storage.files("charges")).not.toEqual([]);
  });

  it.skipIf(!isFolderRun)("nor do the names of the lake's own folders", async () => {
    const { lake, folder, load } = await openBillLake({ root: "BillingCurrency=EUR/lake[1]*" });
    const { loads } = await load([writeFocusBill(join(folder, "june.csv"), [june1, june2])]);
    const { rows } = await lake.run({
      text: `SELECT BillingCurrency, sum(BilledCost) FROM ${lake.scanCharges(loads)} GROUP BY 1`,
    });
    expect(rows).toEqual([["USD", "4.000000000000"]]);
  });

  it("nor whether it says that it is compressed", async () => {
    const { folder, load, bill, totals } = await openOwn();
    const plain = bill("june.csv", june1, june2);
    writeFileSync(join(folder, "packed.csv"), gzipSync(readFileSync(plain)));
    await load("packed.csv");
    expect(await totals()).toEqual({ "2026-06": "4.00" });
  });
});

describe("a bill without charges", () => {
  it.each([
    ["is empty", "", "LAKE_INPUT_EMPTY"],
    ["is blank", " \n\n", "LAKE_INPUT_EMPTY"],
    [
      "has a header only",
      "BilledCost,BillingCurrency,BillingPeriodStart,ChargeCategory,ChargePeriodStart\n",
      "LAKE_NOTHING_TO_LOAD",
    ],
    [
      "has no row that can be read",
      "BilledCost,BillingCurrency,BillingPeriodStart,ChargeCategory,ChargePeriodStart\n\nx,USD,2026-06-01,Usage,2026-06-01\n",
      "LAKE_ALL_REJECTED",
    ],
    [
      "names a column twice",
      "BilledCost,BilledCost,BillingCurrency,BillingPeriodStart,ChargeCategory,ChargePeriodStart\n1,2,USD,2026-06-01,Usage,2026-06-01\n",
      "LAKE_INPUT_HEADER",
    ],
  ])("that %s is refused by name, and nothing is left", async (_, content, code) => {
    const { folder, lake, load } = await openOwn();
    writeFileSync(join(folder, "bill.csv"), content);
    const error = await failure(load("bill.csv"));
    expect(error).toMatchObject({ code, message: expect.stringContaining(join(folder, "bill.csv")) });
    expect((await lake.snapshot()).version).toBe(0);
    expect(await lake.storage.files("charges")).toEqual([]);
    const left = readdirSync(folder, { recursive: true, withFileTypes: true });
    expect(left.filter((entry) => entry.isFile()).map(({ name }) => name)).toEqual(["bill.csv"]);
  });

  it("says on which line the first unreadable row stands", async () => {
    const { folder, load } = await openOwn();
    const header =
      "BilledCost,BillingCurrency,BillingPeriodStart,ChargeCategory,ChargePeriodStart,ChargePeriodEnd";
    writeFileSync(join(folder, "bill.csv"), `${header}\n\nx,USD,2026-06-01,Usage,2026-06-01,2026-06-02\n`);
    const { message } = await failure(load("bill.csv"));
    expect(message).toContain("line 3, column BilledCost");
  });
});

describe("values of a bill", () => {
  it("are never part of a statement: accounts, tags and names of any text", async () => {
    const { lake, load, bill } = await openOwn();
    const accounts = ["a'b", 'a"b', "a\0b", "'; DROP TABLE x; --", "$1", "ünï"];
    const charges = accounts.map((account) => ({ ...june1, account, tags: { [`k${account}`]: account } }));
    const report = await load(bill("june.csv", ...charges));
    expect(report.loads.map(({ account }) => account).sort()).toEqual([...accounts].sort());
    for (const entry of report.loads) {
      expect(entry.rows).toBe(1);
      const column = entry.tagColumns[`k${entry.account}`] ?? "";
      const { rows } = await lake.run({
        text: `SELECT BillingAccountId, "${column}" FROM ${lake.scanCharges([entry])}`,
      });
      expect(rows).toEqual([[entry.account, entry.account]]);
    }
  });

  it("keep 28 digits, the rounding of each row to 12 places stated", async () => {
    const { load, bill } = await openOwn();
    const amounts = [
      "0.1234567890123456789012345678",
      "-0.0000000000005",
      "1.5e-7",
      "3E2",
      "0.000000000000499",
    ];
    const { equations } = await load(bill("june.csv", ...amounts.map((billed) => ({ ...june1, billed }))));
    expect(equations.find(({ output }) => output === "BilledCost")).toMatchObject({
      input: "300.1234569390123446789012345678",
      accepted: "300.123456939011",
      quarantined: "0",
      rounding: "0.0000000000013446789012345678",
    });
  });

  it("are in one currency, whether or not an unseen byte order mark stands before its code", async () => {
    const { lake, load, bill } = await openOwn();
    const marked = { ...june1, currency: "\uFEFFUSD" };
    const { loads } = await load(bill("june.csv", june1, marked));
    const { rows } = await lake.run({
      text: `SELECT count(DISTINCT BillingCurrency), min(length(BillingCurrency)) FROM ${lake.scanCharges(loads)}`,
    });
    expect(rows[0]?.map(Number)).toEqual([1, 3]);
  });
});
