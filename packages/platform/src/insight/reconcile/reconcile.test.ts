import { appendFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { instant } from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import { type Lake, openLake } from "../../lake/lake.ts";
import { openDuckdbEngine } from "../../query/engines/duckdb.ts";
import type { QueryContext } from "../../query/types.ts";
import { findBills, loadBills } from "../../sources/load-bills.ts";
import { sources } from "../../sources/registry.ts";
import { type TestCharge, writeFocusBill } from "../../testing/focus-bill.ts";
import { tempFolder } from "../../testing/temp-folder.ts";
import { liveInputs } from "./live-inputs.ts";
import { readInvoices } from "./read-invoices.ts";
import { reconcileFiles } from "./reconcile-files.ts";
import { reconcileInvoices } from "./reconcile-invoices.ts";

const charges: readonly TestCharge[] = [
  { day: "2026-06-01", billed: "10.004", service: "Compute" },
  { day: "2026-06-02", billed: "0.1234567890125", service: "Storage" },
  { day: "2026-06-30", billed: "5.5", service: "Storage" },
];

const at = (now: string): QueryContext => ({
  scope: "unrestricted",
  currency: "each",
  timeZone: "UTC",
  now: instant(now),
  signal: new AbortController().signal,
});

const withLake = async <T>(
  work: (lake: Lake, bill: string) => Promise<T>,
  now = "2026-09-01T00:00:00Z",
): Promise<T> => {
  const folder = tempFolder();
  const bill = writeFocusBill(join(folder, "bill.csv"), charges);
  const lake = await openLake({ root: join(folder, "lake"), clock: () => new Date(now) });
  try {
    await loadBills(lake, { patterns: [bill], cwd: folder, sources });
    return await work(lake, bill);
  } finally {
    lake.close();
  }
};

const billed = async (lake: Lake, bill: string) => {
  const { inputs } = await findBills(lake, { patterns: [bill], cwd: "/", sources });
  return (await reconcileFiles(lake, inputs)).filter(({ column }) => column === "BilledCost");
};

describe("files against the lake", () => {
  it("is exact with the rounding of 13 decimals stated", () =>
    withLake(async (lake, bill) => {
      expect(await billed(lake, bill)).toEqual([
        {
          instance: "focus/acme",
          billingPeriod: "2026-06-01",
          currency: "USD",
          column: "BilledCost",
          equation: "sum of BilledCost",
          files: "15.6274567890125",
          lake: "15.627456789013",
          quarantined: "0",
          rounding: "-0.0000000000005",
          difference: "0",
          status: "exact",
        },
      ]);
    }));

  it("is off by exactly what a file gained since", () =>
    withLake(async (lake, bill) => {
      const more = join(bill, "..", "more.csv");
      writeFocusBill(more, [...charges, { day: "2026-06-30", billed: "0.01" }]);
      const [line] = await billed(lake, more);
      expect(line).toMatchObject({ difference: "0.01", status: "off" });
    }));

  it("is off for a month that was never loaded", () =>
    withLake(async (lake, bill) => {
      const july = writeFocusBill(join(bill, "..", "july.csv"), [{ day: "2026-07-01", billed: "1" }]);
      expect(await billed(lake, july)).toMatchObject([{ lake: null, status: "off" }]);
    }));

  it("knows the files of live loads and notices which are gone", () =>
    withLake(async (lake, bill) => {
      expect(await liveInputs(lake)).toEqual({ present: [bill], gone: [] });
      appendFileSync(bill, "\n");
      expect(await liveInputs(lake)).toEqual({ present: [], gone: [bill] });
      rmSync(bill);
      expect(await liveInputs(lake)).toEqual({ present: [], gone: [bill] });
    }));
});

describe("the lake against invoices", () => {
  const check = (amount: string, now: string) =>
    withLake(async (lake) => {
      const invoice = { period: "2026-06", currency: "USD", amount, account: "acme" };
      const [line] = await reconcileInvoices(openDuckdbEngine(lake), [invoice], at(now));
      return line;
    }, now);

  it.each([
    ["15.63", "2026-09-01T00:00:00Z", "exact"],
    // Two services, so two rounded lines: 2 × 0.005.
    ["15.64", "2026-09-01T00:00:00Z", "rounding"],
    ["15.65", "2026-09-01T00:00:00Z", "off"],
    ["15.65", "2026-06-30T12:00:00Z", "provisional"],
  ])("calls %s at %s %s", async (amount, now, status) => {
    const line = await check(amount, now);
    expect(line).toMatchObject({ status, billedRounded: "15.63", bound: "0.01" });
  });

  it("is off when the lake holds nothing of the invoice", () =>
    withLake(async (lake) => {
      const invoice = { period: "2026-05", currency: "USD", amount: "1" };
      const lines = await reconcileInvoices(openDuckdbEngine(lake), [invoice], at("2026-09-01T00:00:00Z"));
      expect(lines).toMatchObject([{ billed: null, status: "off" }]);
    }));
});

describe("invoice files", () => {
  it("reads the short form", () => {
    const csv = "invoice,period,currency,amount,lines\nA-1,2026-06,EUR,12.30,4\n";
    expect(readInvoices(csv, "i.csv")).toEqual([
      { id: "A-1", period: "2026-06", currency: "EUR", amount: "12.30", lines: 4 },
    ]);
  });

  it("sums the lines of a FOCUS InvoiceDetail data set and leaves out voided ones", () => {
    const csv = [
      "InvoiceDetailId,InvoiceId,BillingAccountId,BillingPeriodStart,BillingCurrency,BilledCost,InvoiceIssueStatus",
      "d1,A-1,acme,2026-06-01T00:00:00Z,USD,10.10,Issued",
      "d2,A-1,acme,2026-06-01T00:00:00Z,USD,0.20,Issued",
      "d3,A-1,acme,2026-06-01T00:00:00Z,USD,99,Voided",
    ].join("\n");
    expect(readInvoices(csv, "i.csv")).toEqual([
      { id: "A-1", account: "acme", period: "2026-06", currency: "USD", amount: "10.3", lines: 2 },
    ]);
  });

  it.each([
    ["period,currency,amount\n2026-13,USD,1\n", /line 2/],
    ["period,currency,amount\n2026-06,XXQ,1\n", /line 2/],
    ["period,currency,amount\n2026-06,USD,1\n2026-06,USD,twelve\n", /line 3: the amount twelve/],
    ["period,currency\n2026-06,USD\n", /line 1: the column amount/],
    ["", /line 1/],
  ])("names the line of a bad file", (csv, message) => {
    expect(() => readInvoices(csv, "i.csv")).toThrow(message);
  });
});
