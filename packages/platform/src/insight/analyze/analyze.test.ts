import { join } from "node:path";
import { instant } from "@trimtab/domain";
import { describe, expect, it, onTestFinished } from "vitest";
import { openLake } from "../../lake/lake.ts";
import { openDuckdbEngine } from "../../query/engines/duckdb.ts";
import type { QueryContext } from "../../query/types.ts";
import { loadBills } from "../../sources/load-bills.ts";
import { sources } from "../../sources/registry.ts";
import { type TestCharge, writeFocusBill } from "../../testing/focus-bill.ts";
import { gcpRow, openGcpLake } from "../../testing/gcp-bill.ts";
import { tempFolder } from "../../testing/temp-folder.ts";
import type { Analysis } from "./analysis.ts";
import { analyze } from "./analyze.ts";

const context: QueryContext = {
  scope: "unrestricted",
  currency: "each",
  timeZone: "UTC",
  now: instant("2026-07-20T00:00:00Z"),
  signal: new AbortController().signal,
};

/** Compute for 2 a day at a list price of 3, and storage without a list price on the first. */
const wholeMonth = (month: string, days: number, storage: string): readonly TestCharge[] => [
  ...Array.from({ length: days }, (_, index) => ({
    day: `${month}-${String(index + 1).padStart(2, "0")}`,
    billed: "2",
    list: "3",
    tags: { team: "search" },
  })),
  { day: `${month}-01`, billed: storage, list: "", service: "Storage", serviceCategory: "Storage" },
];

/** A commitment of 60, of which 47 cover compute that lists at 100 and 13 nothing; compute on demand; tax; a row that is none. */
const april: readonly TestCharge[] = [
  { day: "2026-04-01", until: "2026-05-01", billed: "60", effective: "0", list: "60", category: "Purchase" },
  { day: "2026-04-01", billed: "0", effective: "47", list: "100", commitment: "Used" },
  { day: "2026-04-02", billed: "0", effective: "13", list: "0", commitment: "Unused" },
  { day: "2026-04-03", billed: "22", list: "23" },
  { day: "2026-04-03", billed: "20", list: "20", category: "Tax", service: "Tax", serviceCategory: "Other" },
  { day: "2026-04-04", billed: "?" },
];

/** January, February and the start of April of one bill; March was never loaded. */
const smallLake = async (): Promise<Analysis> => {
  const folder = tempFolder();
  const bills = [
    writeFocusBill(join(folder, "january.csv"), wholeMonth("2026-01", 31, "38")),
    writeFocusBill(join(folder, "february.csv"), wholeMonth("2026-02", 28, "62")),
    writeFocusBill(join(folder, "april.csv"), april),
  ];
  const lake = await openLake({ root: join(folder, "lake"), threads: 1, clock: () => new Date(context.now) });
  onTestFinished(() => lake.close());
  await loadBills(lake, { patterns: bills, cwd: folder, sources });
  const [analysis, ...others] = await analyze(openDuckdbEngine(lake), { top: 5 }, context);
  expect(others).toEqual([]);
  return analysis as Analysis;
};

describe("analyze", () => {
  it("says what a person can check", async () => {
    const analysis = await smallLake();
    expect(analysis).toMatchObject({
      currency: "USD",
      period: { start: "2026-01-01", end: "2026-05-01" },
      completeTo: "2026-04-04T00:00:00Z",
      // 31 + 1, 28 + 1 and 5 rows; 100 + 118 + 102, however it is spread.
      totals: { billed: "320", effective: "320", rows: "66" },
    });
    expect(analysis.months).toEqual([
      {
        month: "2026-01",
        billed: "100",
        effective: "100",
        days: 31,
        ofDays: 31,
        perDay: "3.23",
        perDayChange: null,
      },
      {
        month: "2026-02",
        billed: "118",
        effective: "118",
        days: 28,
        ofDays: 28,
        perDay: "4.21",
        // 0.98 ÷ 3.23
        perDayChange: "0.303406",
      },
      {
        month: "2026-03",
        billed: null,
        effective: null,
        days: 0,
        ofDays: 31,
        perDay: null,
        perDayChange: null,
      },
      {
        month: "2026-04",
        billed: "102",
        effective: "102",
        days: 3,
        ofDays: 30,
        perDay: "34",
        perDayChange: null,
      },
    ]);
  });

  it("shares the cost out, with the months of each", async () => {
    const { services, categories, accounts, regions } = await smallLake();
    expect(services).toEqual([
      { name: "Compute", amount: "200", share: "0.625", trend: ["62", "56", null, "82"] },
      { name: "Storage", amount: "100", share: "0.3125", trend: ["38", "62", null, null] },
      { name: "Tax", amount: "20", share: "0.0625", trend: [null, null, null, "20"] },
    ]);
    expect(categories.map(({ name, amount }) => [name, amount])).toEqual([
      ["Usage", "300"],
      ["Tax", "20"],
      ["Purchase", "0"],
    ]);
    expect([accounts, regions]).toMatchObject([
      [{ name: "sub", amount: "320", share: "1" }],
      [{ name: "eu-1", amount: "320", share: "1" }],
    ]);
  });

  it("compares the two newest months that are complete", async () => {
    const { movers } = await smallLake();
    expect(movers).toEqual({
      from: "2026-01",
      to: "2026-02",
      lines: [
        { name: "Storage", before: "38", after: "62", change: "24" },
        { name: "Compute", before: "62", after: "56", change: "-6" },
      ],
    });
  });

  it("tells how well commitments cover and are used, and what was saved", async () => {
    const { commitments, savings } = await smallLake();
    expect(commitments).toEqual({
      covered: "47",
      // Compute but what is unused: 62 + 56 + 47 + 22.
      eligible: "187",
      coverage: "0.251337",
      unused: "13",
      // 47 of 60
      utilisation: "0.783333",
    });
    expect(savings).toEqual({
      // Usage that is listed: 93 + 84 + 100 + 0 + 23, for 62 + 56 + 47 + 13 + 22; neither the purchase nor tax.
      list: "300",
      amount: "100",
      rate: "0.333333",
      // Storage, of 300 of usage.
      unlisted: "100",
      unlistedShare: "0.333333",
    });
  });

  it("tells how much of the cost has a tag", async () => {
    const { tags } = await smallLake();
    expect(tags).toEqual([{ key: "team", tagged: "118", share: "0.36875" }]);
  });

  it("names what does not add up", async () => {
    const { oddities } = await smallLake();
    expect(oddities.map(({ severity, what }) => [severity, what])).toEqual([
      ["warn", "focus/acme, 2026-04: 1 row could not be read and is in quarantine"],
      ["warn", "focus/acme: no bill of 2026-03, though earlier and later months are there"],
      ["warn", "2026-04 is closed but only 3 of its 30 days have charges"],
    ]);
  });

  it("has nothing to say of a lake without charges in the period", async () => {
    const lake = await openLake({ root: tempFolder(), threads: 1 });
    onTestFinished(() => lake.close());
    expect(await analyze(openDuckdbEngine(lake), { top: 5 }, context)).toEqual([]);
  });

  it("shows a tag of Google's once: in full only where the short name covers more", async () => {
    const gcp = await openGcpLake();
    const row = (labels: object[], projectLabels: object[]) =>
      gcpRow({
        labels,
        project: { id: "shop", number: "1", name: "Shop", labels: projectLabels, ancestors: [] },
        tags: [{ key: "team", value: "a", namespace: "acme", inherited: false }],
      });
    const env = { key: "env", value: "prod" };
    const app = { key: "app", value: "cart" };
    await gcp.loadRows([row([app], [env, app]), row([app], [env])]);
    const { manifest } = await gcp.lake.snapshot();
    expect(Object.keys(manifest.tagColumns).sort()).toEqual([
      "app",
      "env",
      "project:app",
      "project:env",
      "tag:acme/team",
      "team",
    ]);
    const [analysis] = await analyze(openDuckdbEngine(gcp.lake), { top: 5 }, context);
    expect(analysis?.tags.map(({ key, share }) => [key, share]).sort()).toEqual([
      ["app", "1"],
      ["env", "1"],
      ["project:app", "0.5"],
      ["team", "1"],
    ]);
  });
});
