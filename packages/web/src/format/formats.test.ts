import { expect, test, vi } from "vitest";
import { formatBucket, formatDay, formatMoment, formatMomentIn, formatPeriod } from "./dates.ts";
import { formatChange, formatMoney, formatRatio } from "./numbers.ts";
import { readerToday, setReader } from "./reader.ts";
import { shortPath } from "./short-path.ts";

vi.stubGlobal("navigator", { language: "en-US" });

test.each([
  ["1234567.891", "auto", "$1,234,568"],
  ["12.5", "auto", "$12.50"],
  ["0.00000182", "auto", "$0.00000182"],
  ["-0.4", "auto", "-$0.40"],
  ["0", "auto", "$0"],
  ["1234567.891", "compact", "$1.23M"],
  ["0.123456789012", "exact", "$0.123456789012"],
  ["90071992547409931.07", "exact", "$90,071,992,547,409,931.07"],
] as const)("%s as %s reads %s, without passing through a double", (value, style, text) => {
  expect(formatMoney(value, "USD", { style })).toBe(text);
});

test.each([
  ["0.0833", "+8.3%"],
  ["-0.5", "-50.0%"],
  ["12", "+1,200%"],
  ["0", "0%"],
])("the ratio %s", (value, text) => {
  expect(formatRatio(value, { signed: true })).toBe(text);
});

test.each([
  ["2026-01-01", "2026-02-01", "January 2026"],
  ["2025-11-01", "2026-02-01", "Nov 2025 – Jan 2026"],
  ["2026-01-05", "2026-01-12", "Jan 5, 2026 – Jan 11, 2026"],
  ["2026-01-05", "2026-01-06", "Jan 5, 2026"],
])("%s until %s is read with its last day", (start, end, text) => {
  expect(formatPeriod(start, end)).toBe(text);
});

test("a change below a cent says so", () => {
  expect(["0.00000749", "-0.004", "0", "0.01", "-12.5"].map((change) => formatChange(change, "USD"))).toEqual(
    ["<$0.01", "<$0.01", "$0", "+$0.01", "-$12.50"],
  );
});

test("of a long path the end is kept, where paths differ", () => {
  const path = "//run.googleapis.com/projects/acme/locations/us-central1/services/pipeline-api";
  expect(shortPath(path)).toBe("…/services/pipeline-api");
  expect(shortPath("Cloud Run")).toBe("Cloud Run");
  expect(shortPath("a/b/c/d")).toBe("a/b/c/d");
});

test("buckets are named by their grain", () => {
  expect(["2026-01", "2026-01-31", "2026-Q1", "FY2026"].map((bucket) => formatBucket(bucket))).toEqual([
    "Jan 2026",
    "Jan 31, 2026",
    "2026-Q1",
    "FY2026",
  ]);
});

test("numbers, days and moments follow what the reader chose, and the bill's days stay where they are", () => {
  const late = "2026-01-31T23:30:00Z";
  const read = (locale: string | null, timeZone: string | null) => {
    setReader({ locale, timeZone });
    return [
      formatMoney("1234.5", "EUR", { style: "exact" }),
      formatDay("2026-01-31"),
      formatMoment(late),
    ].map((text) => text.replaceAll(/\s/g, " "));
  };
  expect(read("en-US", "America/New_York")).toEqual(["€1,234.50", "Jan 31, 2026", "Jan 31, 2026, 6:30 PM"]);
  expect(read("de-DE", "Europe/Berlin")).toEqual(["1.234,50 €", "31. Jan. 2026", "01.02.2026, 00:30"]);
  expect(readerToday(new Date(late))).toBe("2026-02-01");
  expect(read("en-GB", "UTC")[2]).toBe("31 Jan 2026, 23:30");
  expect(readerToday(new Date(late))).toBe("2026-01-31");
  setReader({});
  expect(formatMoney("1234.5", "EUR", { style: "exact" })).toBe("€1,234.50");
});

test("a moment in a zone that is named beside it says the reader's own where that differs", () => {
  setReader({ locale: "en-US", timeZone: "Europe/Berlin" });
  const said = (zone: string) => formatMomentIn("2026-03-01T06:30:00Z", zone).replaceAll("\u202f", " ");
  expect(said("Europe/Paris")).toBe("Mar 1, 2026, 7:30 AM");
  expect(said("America/New_York")).toBe("Mar 1, 2026, 1:30 AM (Mar 1, 2026, 7:30 AM your time)");
  setReader({});
});
