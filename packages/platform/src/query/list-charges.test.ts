import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { instant } from "@trimtab/domain";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Lake } from "../lake/lake.ts";
import { type TestCharge, writeChargeLake } from "../testing/charge-lake.ts";
import { openDuckdbEngine } from "./engines/duckdb.ts";
import { type ChargesRequest, listCharges } from "./list-charges.ts";
import type { QueryContext } from "./types.ts";

/** Many alike in cost, some without an effective cost, some without any. */
const chargesOf = (month: string): readonly TestCharge[] =>
  Array.from({ length: 60 }, (_, index) => ({
    BillingCurrency: "USD",
    BillingPeriodStart: `${month}-01 00:00:00`,
    ChargePeriodStart: `${month}-${String(1 + (index % 27)).padStart(2, "0")} 00:00:00`,
    ChargePeriodEnd: `${month}-28 00:00:00`,
    ChargeCategory: "Usage",
    ServiceName: ["Compute", "Storage", "Tax"][index % 3] ?? null,
    ResourceId: `${month}-${index}`,
    BilledCost: index % 11 === 0 ? null : String((index % 7) - 1),
    EffectiveCost: index % 4 === 0 ? null : index % 11 === 0 ? null : String((index % 5) - 1),
  }));

const ALIKE: readonly TestCharge[] = Array.from({ length: 1500 }, (_, index) => ({
  ...chargesOf("2026-04")[1],
  EffectiveCost: "2",
  ResourceId: `alike-${index}`,
}));

const root = mkdtempSync(join(tmpdir(), "trimtab-charges-"));
let lake: Lake;
beforeAll(async () => {
  lake = await writeChargeLake(
    root,
    ["2026-01", "2026-02", "2026-03", "2026-04"].map((month) => ({
      id: month,
      billingPeriod: `${month}-01`,
      source: month === "2026-03" ? "csv" : "focus",
      instance: `focus/1/${month}`,
      charges: month === "2026-04" ? ALIKE : chargesOf(month),
    })),
  );
});
afterAll(async () => {
  await lake.close();
  rmSync(root, { recursive: true, force: true });
});

const context: QueryContext = {
  scope: "unrestricted",
  currency: "each",
  timeZone: "UTC",
  now: instant("2026-04-10T00:00:00Z"),
  signal: new AbortController().signal,
};

const PICKED_OUT = "file_row_number IN (";

/** The first three months. */
const ALL_180 = { period: { start: "2026-01", end: "2026-04" }, offset: 0, limit: 900 };

/** As is found without looking at the costs first, and with it; and the statements that the latter took. */
const bothWays = async (request: ChargesRequest) => {
  const engine = openDuckdbEngine(lake);
  const statements: string[] = [];
  const counting = {
    ...engine,
    run: (...given: Parameters<typeof engine.run>) => {
      statements.push(given[0].text);
      return engine.run(...given);
    },
  };
  const atOnce = await listCharges(engine, request, context, Number.POSITIVE_INFINITY);
  return { atOnce, costsFirst: await listCharges(counting, request, context, 0), statements };
};

const anyRequest: fc.Arbitrary<ChargesRequest> = fc.record({
  offset: fc.integer({ min: 0, max: 190 }),
  limit: fc.integer({ min: 1, max: 60 }),
  period: fc.constantFrom(
    undefined,
    { start: "2026-01", end: "2026-04" },
    { start: "2026-01", end: "2026-02" },
    { start: "2026-02-10", end: "2026-03-05" },
  ),
  where: fc.constantFrom(
    undefined,
    { dimension: "ServiceName", op: "=" as const, value: "Tax" },
    { dimension: "ResourceId", op: "!=" as const, value: "2026-01-3" },
    { dimension: "source", op: "=" as const, value: "csv" },
  ),
});

describe("the charges behind a number", () => {
  it("are the dearest first: by effective cost, by billed cost where there is none, and last those without either", async () => {
    const { atOnce } = await bothWays({ ...ALL_180, columns: ["EffectiveCost", "BilledCost"] });
    const costs = atOnce.rows.map(([effective, billed]) => effective ?? billed ?? null);
    const known = costs.filter((cost) => cost !== null).map(Number);
    expect(costs).toHaveLength(180);
    expect(known).toEqual(known.toSorted((a, b) => b - a));
    expect(known.length).toBeLessThan(180);
    expect(costs.slice(known.length).every((cost) => cost === null)).toBe(true);
  });

  it("are the same where their costs are looked at before the rest", async () => {
    await fc.assert(
      fc.asyncProperty(anyRequest, async (request) => {
        const { atOnce, costsFirst, statements } = await bothWays(request);
        expect(costsFirst).toEqual(atOnce);
        // Without any charge that matches there is nothing left to ask; of all of April too many cost the same.
        if (atOnce.rows.length > 0 && request.period !== undefined)
          expect(statements[1]).toContain(PICKED_OUT);
      }),
      { numRuns: 60 },
    );
  });

  it("are all looked at where more cost the same than can be picked out", async () => {
    const request = { period: { start: "2026-04", end: "2026-05" }, offset: 0, limit: 20 };
    const { atOnce, costsFirst, statements } = await bothWays({ ...request, columns: ["ResourceId"] });
    expect(costsFirst).toEqual(atOnce);
    expect(statements).toHaveLength(2);
    expect(statements[1]).not.toContain(PICKED_OUT);
    expect(atOnce.rows.map(([resource]) => resource)).toEqual(
      ALIKE.map(({ ResourceId }) => ResourceId)
        .toSorted()
        .slice(0, 20),
    );
  });

  it("page by page are all of them once", async () => {
    const pages = [];
    for (let offset = 0; offset < 180; offset += 45)
      pages.push((await bothWays({ ...ALL_180, offset, limit: 45 })).costsFirst);
    expect(pages.flatMap(({ rows }) => rows)).toEqual((await bothWays(ALL_180)).atOnce.rows);
    expect(pages.map(({ isMore }) => isMore)).toEqual([true, true, true, false]);
  });
});
