import fc from "fast-check";
import type { Filter, QueryRequest } from "../query/types.ts";
import type { TestCharge, TestLoad } from "./charge-lake.ts";

/** Charges with everything that makes sums, groups and orders differ, and any question over them. */

const pick = <T>(list: readonly T[], n: number): T => list[Math.abs(n) % list.length] as T;
const random = (seed: number) => () => {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return seed;
};

const months = ["2026-01-01", "2026-02-01", "2026-03-01"];
const next = random(42);
const amount = () =>
  `${pick(["", "-"], next() >> 3)}${next() % 1000}.${String(next() % 1_000_000_000_000).padStart(12, "0")}`;
const maybe = (share: number, value: () => string): string | null => (next() % 100 < share ? null : value());

const makeCharge = (period: string): TestCharge => {
  const day = pick(["01", "02", "05", "10", "28"], next() >> 4);
  const hour = String(next() % 24).padStart(2, "0");
  const start = `${period.slice(0, 8)}${day} ${hour}:00:00`;
  const unit = maybe(40, () => pick(["GB", "Hours"], next() >> 4));
  const team = maybe(30, () => pick(["a", "b", "Ünï", "o'x", "𝒳", "\uffee"], next() >> 4));
  return {
    BillingCurrency: "USD",
    BillingPeriodStart: `${period} 00:00:00`,
    ChargePeriodStart: start,
    ChargePeriodEnd: start,
    ChargeCategory: pick(["Usage", "Usage", null, "Purchase", "Tax", "Credit", "Adjustment"], next() >> 4),
    ServiceName: pick(["S1", "S2", "S3", "s1"], next() >> 4),
    RegionId: maybe(20, () => pick(["eu", "us", ""], next() >> 4)),
    BilledCost: amount(),
    // Rollups can't tell the savings of a month that lacks some effective costs: then the charges are asked.
    EffectiveCost: maybe(period === "2026-03-01" ? 5 : 0, amount),
    ListCost: maybe(30, amount),
    ConsumedQuantity: unit === null ? null : amount(),
    ConsumedUnit: unit,
    Tags: { ...(team === null ? {} : { team }), ...(next() % 3 === 0 ? { "odd key": "v" } : {}) },
    x_extra: next() % 4 === 0 ? { k: "1" } : {},
  };
};

const loads = months.flatMap((billingPeriod, index) => [
  {
    source: "focus",
    billingPeriod,
    charges: Array.from({ length: 60 }, () => makeCharge(billingPeriod)),
    index,
  },
  {
    source: "csv",
    billingPeriod,
    charges: Array.from({ length: 20 }, () => makeCharge(billingPeriod)),
    index,
  },
]);
const closed = ["BillingCurrency", "BillingPeriodStart", "ServiceName", "RegionId"];
/** Without the category a rollup can't tell savings: then the charges are asked. */
const dimensionsOf = (index: number) => (index === 1 ? closed : [...closed, "ChargeCategory"]);

/** Three months of two sources: some loads have rollups of their tag, some only the plain one, some none. */
export const anyLoads: readonly (TestLoad & { readonly source: string })[] = loads.map(
  ({ source, billingPeriod, charges, index }) => ({
    id: `${source}${index}`,
    source,
    instance: `${source}/1/x`,
    billingPeriod,
    charges,
    ...(index === 2 ? {} : { tagColumns: { team: "x_tag_team" } }),
    // Some loads have rollups of their tag, some only the plain one, some none.
    rollups:
      source === "csv"
        ? []
        : [
            { dimensions: dimensionsOf(index) },
            ...(index === 0 ? [{ dimensions: dimensionsOf(index), tag: "team" }] : []),
          ],
  }),
);

/** What questions over a lake may name, besides what it lacks. */
export interface Vocabulary {
  readonly texts: readonly string[];
  readonly patterns: readonly string[];
  readonly dimensions: readonly string[];
  readonly periods: readonly NonNullable<QueryRequest["period"]>[];
  /** Where hours are asked for, so that there are not as many groups as charges. */
  readonly hourPeriods: readonly NonNullable<QueryRequest["period"]>[];
}

export const ANY_VOCABULARY: Vocabulary = {
  texts: ["S1", "s1", "eu", "a", "o'x", "", "'; DROP TABLE x; --", "𝒳", "v", "focus"],
  patterns: ["^S", "[0-9]$", "u|a"],
  dimensions: ["ServiceName", "RegionId", "tag:team", "tag:odd key", "x:k", "source", "ChargeCategory"],
  periods: [
    { start: "2026-01", end: "2026-03" },
    { start: "2026-01-10", end: "2026-03-05" },
    { start: "2026-02-03T05:00:00Z" },
    { end: "2026-02" },
  ],
  hourPeriods: [],
};

const filterOver = ({ texts, patterns, dimensions }: Vocabulary): fc.Arbitrary<Filter> => {
  const text = fc.constantFrom(...texts);
  const dimension = fc.constantFrom(...dimensions);
  const condition = fc.oneof(
    fc.record({ dimension, op: fc.constantFrom("=", "!=", "contains", "starts with"), value: text }),
    fc.record({
      dimension,
      op: fc.constantFrom("in", "not in"),
      values: fc.array(text, { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ dimension, op: fc.constantFrom("is null", "is not null", "present", "absent") }),
    fc.record({ dimension, op: fc.constant("matches"), value: fc.constantFrom(...patterns) }),
    fc.record({
      dimension: fc.constant("ListCost"),
      op: fc.constant(">"),
      value: fc.constantFrom("0", "-12.5"),
    }),
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
  return filter;
};

const measure = fc.constantFrom(
  "effective",
  "billed",
  "list",
  "savings",
  "unlisted",
  "rows",
  "savings-rate",
  "consumed",
);

const GRAINS = ["hour", "day", "week", "month", "quarter", "year", "fiscal-year"] as const;

export type AnyRequest = QueryRequest & { measures: string[]; by: string[] };

const requestOver = (vocabulary: Vocabulary): fc.Arbitrary<AnyRequest> => {
  const { dimensions, periods, hourPeriods } = vocabulary;
  const request = fc.record(
    {
      measures: fc.uniqueArray(measure, { minLength: 1, maxLength: 3 }),
      by: fc.uniqueArray(fc.constantFrom(...dimensions), { maxLength: 2 }),
      grain: fc.constantFrom(...GRAINS),
      where: filterOver(vocabulary),
      period: fc.constantFrom(...periods),
      top: fc.integer({ min: 1, max: 4 }),
      fiscalYearStart: fc.integer({ min: 1, max: 12 }),
    },
    { requiredKeys: ["measures", "by"] },
  ) as fc.Arbitrary<AnyRequest>;
  const askable = request.filter(({ top, by }) => top === undefined || by.length > 0);
  if (hourPeriods.length === 0) return askable;
  return fc
    .tuple(askable, fc.constantFrom(...hourPeriods))
    .map(([asked, period]) => (asked.grain === "hour" ? { ...asked, period } : asked));
};

/** Any question, and any filter, of these words. */
export const questionsOver = (vocabulary: Vocabulary) => ({
  filter: filterOver(vocabulary),
  request: requestOver(vocabulary),
});

export const { filter: anyFilter, request: anyRequest } = questionsOver(ANY_VOCABULARY);
