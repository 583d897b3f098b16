import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { instant } from "@trimtab/domain";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Lake } from "../../lake/lake.ts";
import { openDuckdbEngine } from "../../query/engines/duckdb.ts";
import { runQuery } from "../../query/run-query.ts";
import type { Filter } from "../../query/types.ts";
import { writeChargeLake } from "../../testing/charge-lake.ts";
import { attributesOf } from "../work/resource-attributes.ts";
import { checkScope, NOTHING } from "./row-scope.ts";
import { type Attributes, scopeAllows } from "./scope-allows.ts";

/** The same filter twice: by the engine over charges, by our own evaluation over what is known of a thing. */

const TEXTS = ["a", "b", "ab", "", "A", "ü", "𝒳", "\uffee", "o'x", "%"] as const;
const DIMENSIONS = ["SubAccountId", "RegionId", "ResourceId", "tag:team"] as const;

const things: readonly Attributes[] = Array.from({ length: 40 }, (_, index) => {
  const pick = (n: number) => (n % 11 === 10 ? null : (TEXTS[n % 11] ?? null));
  return {
    SubAccountId: pick(index * 3),
    RegionId: pick(index * 7 + 1),
    ResourceId: `${index}`,
    "tag:team": pick(index * 5 + 2),
  };
});

const text = fc.constantFrom(...TEXTS, "0", "1", "17");
const dimension = fc.constantFrom(...DIMENSIONS, "subaccountid");
const condition = fc.oneof(
  fc.record({
    dimension,
    op: fc.constantFrom("=", "!=", "<", "<=", ">", ">=", "contains", "starts with"),
    value: text,
  }),
  fc.record({
    dimension,
    op: fc.constantFrom("in", "not in"),
    values: fc.array(text, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ dimension, op: fc.constantFrom("is null", "is not null", "present", "absent") }),
) as fc.Arbitrary<Filter>;
const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    condition,
    fc.record({ and: fc.array(tie("filter"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ or: fc.array(tie("filter"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie("filter") }),
  ) as fc.Arbitrary<Filter>,
}));

const root = mkdtempSync(join(tmpdir(), "trimtab-allows-"));
let lake: Lake;
beforeAll(async () => {
  const charges = things.map(({ "tag:team": team = null, ...columns }) => ({
    ...columns,
    BillingCurrency: "USD",
    BillingPeriodStart: "2026-01-01 00:00:00",
    ChargePeriodStart: "2026-01-01 00:00:00",
    ChargePeriodEnd: "2026-01-02 00:00:00",
    BilledCost: "1",
    EffectiveCost: "1",
    Tags: team === null ? {} : { team },
  }));
  lake = await writeChargeLake(root, [{ id: "x", billingPeriod: "2026-01-01", charges }]);
});
afterAll(() => {
  lake.close();
  rmSync(root, { recursive: true, force: true });
});

const shownByEngine = async (scope: Filter): Promise<readonly string[]> => {
  const context = {
    scope,
    currency: "each" as const,
    timeZone: "UTC",
    now: instant("2026-07-01T00:00:00Z"),
    signal: AbortSignal.timeout(60_000),
  };
  const { rows } = await runQuery(
    openDuckdbEngine(lake),
    { measures: ["rows"], by: ["ResourceId"] },
    context,
  );
  return rows.map(([id]) => id ?? "").toSorted();
};

describe("a scope held against what is no charge", () => {
  it("shows exactly the things whose charges it shows, where everything is known", async () => {
    await fc.assert(
      fc.asyncProperty(filter, async (given) => {
        const scope = checkScope(given);
        const shown = things
          .filter((thing) => scopeAllows(scope, thing))
          .map(({ ResourceId }) => ResourceId ?? "");
        expect(shown.toSorted()).toEqual(await shownByEngine(scope));
      }),
      { numRuns: 60 },
    );
  });

  it("shows nothing that it would hide if more were known", () => {
    fc.assert(
      fc.property(filter, fc.constantFrom(...things), fc.subarray([...DIMENSIONS]), (scope, thing, known) => {
        const less = Object.fromEntries(known.map((name) => [name, thing[name] ?? null]));
        fc.pre(scopeAllows(scope, less));
        for (const other of things) expect(scopeAllows(scope, { ...other, ...less })).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it("that nobody may see anything by shows nothing, and one without bounds everything", () => {
    for (const thing of [...things, {}, { BillingCurrency: null }, { BillingCurrency: "USD" }]) {
      expect(scopeAllows(NOTHING, thing)).toBe(false);
      expect(scopeAllows("unrestricted", thing)).toBe(true);
    }
  });

  it("knows of a resource its account, region and tags, and does not guess its service", () => {
    const scope = { provider: "gcp", account: "shop-prod", region: "global" } as const;
    const known = attributesOf({ id: "//x", scope }, { tags: { team: "shop" } });
    expect(scopeAllows({ dimension: "SubAccountId", op: "=", value: "shop-prod" }, known)).toBe(true);
    expect(scopeAllows({ dimension: "tag:team", op: "=", value: "shop" }, known)).toBe(true);
    expect(scopeAllows({ dimension: "tag:stage", op: "absent" }, known)).toBe(false);
    expect(scopeAllows({ dimension: "ServiceName", op: "!=", value: "Compute" }, known)).toBe(false);
    expect(scopeAllows({ not: { dimension: "RegionId", op: "=", value: "eu" } }, known)).toBe(false);
  });

  it.each([
    [{ dimension: "ServiceName", op: "matches", value: "." }, "patterns"],
    [{ dimension: "BilledCost", op: ">", value: "1" }, "text"],
    [{ dimension: "ChargePeriodStart", op: "is null" }, "text"],
    [{ and: [{ not: { dimension: "team", op: "=", value: "a" } }] }, "no column"],
  ] as const)("%j is no scope", (given, reason) => {
    expect(() => checkScope(given as Filter)).toThrow(
      expect.objectContaining({ code: "ACCESS_SCOPE_INVALID", message: expect.stringContaining(reason) }),
    );
  });
});
