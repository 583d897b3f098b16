import { add, type Decimal, decimal, formatFixed, sumDecimals, ZERO } from "@trimtab/domain";
import { beforeAll, describe, expect, it } from "vitest";
import { aiprod } from "../aiprod.ts";
import type { Estate } from "../estate.ts";
import { ion } from "../ion.ts";

/** As a stranger would read the export: JSON, nothing of the generator. */
interface Row {
  readonly service: { readonly description: string };
  readonly usage_start_time: string;
  readonly usage_end_time: string;
  readonly export_time: string;
  readonly cost: number;
  readonly cost_type: string;
  readonly credits: readonly { readonly type: string; readonly amount: number }[];
  readonly invoice: { readonly month: string };
  readonly labels: readonly { readonly key: string; readonly value: string }[];
  readonly consumption_model: { readonly description?: string };
  readonly usage: { readonly amount_in_pricing_units: number };
  readonly price: { readonly list_price?: string };
  readonly cost_at_list: number;
  readonly sku: { readonly description: string };
}

const exact = (value: number): Decimal => decimal(String(value));
const net = (row: Row): Decimal =>
  add(exact(row.cost), sumDecimals(row.credits.map(({ amount }) => exact(amount))));

/** The rows that count: a file that came again replaces the earlier one of its month. */
function rowsOf(estate: Estate): Row[] {
  const latest = new Map(
    estate.deliveries.flatMap(({ files }) =>
      files.map(({ path, content }): [string, string] => [path, content]),
    ),
  );
  return [...latest.values()].flatMap((content) =>
    content
      .trimEnd()
      .split("\n")
      .map((line): Row => JSON.parse(line)),
  );
}

function totals(rows: readonly Row[], key: (row: Row) => string): Record<string, string> {
  const sums = new Map<string, Decimal>();
  for (const row of rows) sums.set(key(row), add(sums.get(key(row)) ?? ZERO, net(row)));
  return Object.fromEntries([...sums].map(([name, sum]) => [name, String(sum)]));
}

const dollars = (amount: string | undefined): string => formatFixed(decimal(amount ?? "NaN"), 0);
const serviceOf = (row: Row): string => row.service.description;

describe("aiprod", () => {
  let estate: Estate;
  let rows: Row[];
  beforeAll(() => {
    estate = aiprod();
    rows = rowsOf(estate);
  });

  it("costs 59,480.69 in six months, each service its published dollars", () => {
    const services = totals(rows, serviceOf);
    expect(String(sumDecimals(rows.map(net)))).toBe("59480.69");
    expect(dollars(services["Cloud Run"])).toBe("20007");
    expect(dollars(services["Cloud Firestore"])).toBe("12013");
    expect(dollars(services["Cloud SQL"])).toBe("11407");
    const { "Cloud Run": _run, "Cloud Firestore": _store, "Cloud SQL": _sql, ...others } = services;
    expect(formatFixed(sumDecimals(Object.values(others).map((amount) => decimal(amount))), 0)).toBe("16053");
    expect(services).toEqual(
      Object.fromEntries(estate.published.map(({ name, amount }) => [name, String(decimal(amount))])),
    );
  });

  it("has six invoice months in Pacific time, so that some UTC days are on two invoices", () => {
    expect([...new Set(rows.map(({ invoice }) => invoice.month))].sort()).toEqual([
      "202508",
      "202509",
      "202510",
      "202511",
      "202512",
      "202601",
    ]);
    const months = Map.groupBy(rows, (row) => row.usage_start_time.slice(0, 10));
    const split = [...months].filter(([, own]) => new Set(own.map(({ invoice }) => invoice.month)).size > 1);
    expect(split.map(([date]) => date)).toEqual([
      "2025-09-01",
      "2025-10-01",
      "2025-11-01",
      "2025-12-01",
      "2026-01-01",
    ]);
    const pacificDay = new Intl.DateTimeFormat("en-CA", { timeZone: "America/Los_Angeles" });
    const invoiceMonths = new Map(rows.map((row) => [row.usage_start_time, row.invoice.month]));
    for (const [start, month] of invoiceMonths) {
      const date = pacificDay.format(new Date(start.replace(" UTC", "Z").replace(" ", "T")));
      expect(date.slice(0, 7).replace("-", "")).toBe(month);
    }
  });

  it("shows both models of commitments in January 2026, at the same cost", () => {
    const inJanuary = rows.filter((row) => row.invoice.month === "202601" && serviceOf(row) === "Cloud SQL");
    const types = (of: readonly Row[]) =>
      new Set(of.flatMap(({ credits }) => credits.map(({ type }) => type)));
    expect(types(inJanuary)).toEqual(
      new Set(["COMMITTED_USAGE_DISCOUNT_DOLLAR_BASE", "FEE_UTILIZATION_OFFSET"]),
    );
    const covered = inJanuary.filter(({ consumption_model }) =>
      consumption_model.description?.includes("CUD"),
    );
    const fees = inJanuary.filter(({ credits }) =>
      credits.some(({ type }) => type === "FEE_UTILIZATION_OFFSET"),
    );
    expect(covered.length).toBe(11);
    expect(String(sumDecimals([...covered, ...fees].map(net)))).toBe(String(18 * 11));
  });

  it("has the credits, labels and corrections of a real bill", () => {
    const types = new Set(rows.flatMap(({ credits }) => credits.map(({ type }) => type)));
    for (const type of ["FREE_TIER", "SUSTAINED_USAGE_DISCOUNT", "PROMOTION"]) expect(types).toContain(type);
    const withTeam = rows.filter(({ labels }) => labels.some(({ key }) => key === "team")).map(net);
    const share = Number(String(sumDecimals(withTeam))) / 59480.69;
    expect(share).toBeGreaterThan(0.7);
    expect(share).toBeLessThan(0.95);
    expect(
      rows
        .filter(({ cost_type }) => cost_type === "adjustment")
        .map(net)
        .map(String),
    ).toEqual(["-60"]);
    expect(rows.filter((row) => row.cost <= 0 && row.cost_type === "regular")).toEqual([]);
  });

  it("prices usage: quantity times list price is the cost at list", () => {
    for (const row of rows.filter(({ cost_type }) => cost_type === "regular")) {
      const byPrice = row.usage.amount_in_pricing_units * Number(row.price.list_price);
      expect(Math.abs(byPrice - row.cost_at_list)).toBeLessThan(0.00001);
    }
  });

  it("moves with the hour and the weekday, and shows the anomalies that it labels", () => {
    const api = rows.filter(
      (row) =>
        row.sku.description.startsWith("Services CPU (Request") && !row.usage_end_time.includes("08:00:00"),
    );
    const byHour = totals(
      api.filter(({ usage_start_time }) => usage_start_time < "2025-11"),
      (row) => row.usage_start_time.slice(11, 13),
    );
    expect(Number(byHour["17"])).toBeGreaterThan(3 * Number(byHour["06"]));
    const reads = totals(
      rows.filter(({ sku }) => sku.description.includes("Read Ops")),
      (row) => row.usage_start_time.slice(0, 10),
    );
    expect(Number(reads["2025-11-12"])).toBeGreaterThan(1.8 * Number(reads["2025-11-05"]));
    expect(Number(reads["2025-09-06"])).toBeLessThan(0.8 * Number(reads["2025-09-04"]));
    const anomalies = estate.beside.find(({ path }) => path === "anomalies.json");
    expect(JSON.parse(anomalies?.content ?? "{}").anomalies).toHaveLength(7);
  });

  it("restates October: usage of three days came late", () => {
    const [first, again] = estate.deliveries;
    const october = (files = first?.files) =>
      files?.find(({ path }) => path.startsWith("2025-10"))?.content.split("\n") ?? [];
    const before = new Set(october());
    const late = october(again?.files)
      .filter((line) => line !== "" && !before.has(line))
      .map((line): Row => JSON.parse(line));
    expect(late.map((row) => row.usage_start_time.slice(0, 10))).toEqual([
      "2025-10-29",
      "2025-10-30",
      "2025-10-31",
    ]);
    expect(late.every((row) => row.export_time > "2025-11-02" && serviceOf(row) === "Cloud Firestore")).toBe(
      true,
    );
  });
});

describe("ion", () => {
  const estate = ion();
  const rows = rowsOf(estate);

  it.each(["202507", "202508", "202509"])("costs 2,460 in %s: 1,200, 800, 300 and 160", (month) => {
    const services = totals(
      rows.filter(({ invoice }) => invoice.month === month),
      serviceOf,
    );
    const { "Cloud Run": run, "Cloud SQL": sql, "Cloud Memorystore for Redis": cache, ...others } = services;
    expect([run, sql, cache]).toEqual(["1200", "800", "300"]);
    expect(String(sumDecimals(Object.values(others).map((amount) => decimal(amount))))).toBe("160");
  });

  it("costs the same by charge month as by invoice month", () => {
    expect(totals(rows, (row) => row.usage_start_time.slice(0, 7))).toEqual({
      "2025-07": "2460",
      "2025-08": "2460",
      "2025-09": "2460",
    });
  });

  it("runs in three regions", () => {
    const text = estate.deliveries[0]?.files[0]?.content ?? "";
    for (const region of ["us-central1", "europe-west1", "asia-northeast1"])
      expect(text).toContain(`"region":"${region}"`);
  });
});
