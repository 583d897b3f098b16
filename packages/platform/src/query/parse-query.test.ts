import { TrimtabError } from "@trimtab/domain";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalRequest } from "./canonical.ts";
import { formatQueryText } from "./format-query.ts";
import { parseQueryText } from "./parse-query.ts";
import { type Filter, GRAINS, type QueryRequest, VALUE_OPERATORS } from "./types.ts";

const failure = (text: string): TrimtabError => {
  try {
    parseQueryText(text);
  } catch (error) {
    if (error instanceof TrimtabError) return error;
  }
  throw new Error(`${text} was accepted`);
};

describe("parseQueryText", () => {
  it("reads every clause", () => {
    const text =
      "effective, savings by servicename, tag:team per month where RegionId in ('a','b') and tag:team present " +
      "from 2026-01 to 2026-06 top 10 compare previous order by change asc, ServiceName limit 5";
    expect(parseQueryText(text)).toEqual({
      measures: ["effective", "savings"],
      by: ["ServiceName", "tag:team"],
      grain: "month",
      timeAxis: "charge",
      where: {
        and: [
          { dimension: "RegionId", op: "in", values: ["a", "b"] },
          { dimension: "tag:team", op: "present" },
        ],
      },
      period: { start: "2026-01", end: "2026-07" },
      top: 10,
      compare: "previous",
      orderBy: [
        { by: "change", direction: "asc" },
        { by: "ServiceName", direction: "desc" },
      ],
      limit: 5,
    });
  });

  it("binds not before and before or, and reads quotes inside values and keys", () => {
    expect(
      parseQueryText(`by x:k where not RegionId = 'it''s' or x:k > a and tag:"a "" b" is not null`).where,
    ).toEqual({
      or: [
        { not: { dimension: "RegionId", op: "=", value: "it's" } },
        {
          and: [
            { dimension: "x:k", op: ">", value: "a" },
            { dimension: 'tag:a " b', op: "is not null" },
          ],
        },
      ],
    });
  });

  it("includes the month or day that `to` names, and not what `until` names", () => {
    expect(parseQueryText("from 2026-01-30 to 2026-01-31").period).toEqual({
      start: "2026-01-30",
      end: "2026-02-01",
    });
    expect(parseQueryText("until 2026-01-31T05:00:00Z").period).toEqual({ end: "2026-01-31T05:00:00Z" });
    expect(parseQueryText("per invoice quarter to 2026-12").timeAxis).toBe("invoice");
    expect(parseQueryText("per fiscal year starting 4").fiscalYearStart).toBe(4);
  });

  it.each([
    ["efective by ServiceName", 1, 1, 'Did you mean "effective"?'],
    ["effective by Servicname", 1, 14, 'Did you mean "ServiceName"?'],
    ["effective\n  by ServiceName\n  wher RegionId = 'a'", 3, 3, 'Did you mean "where"?'],
    ["effective per mounth", 1, 15, 'Did you mean "month"?'],
    ["effective where RegionId = 'a", 1, 28, ""],
    ["effective where (RegionId = 'a'", 1, 32, ""],
    ["effective where RegionId like 'a'", 1, 26, ""],
    ["ServiceName", 1, 1, 'write "by ServiceName"'],
    ["effective from 2026-13", 1, 16, ""],
    ["effective top 0", 1, 15, ""],
    ["effective by ServiceName by RegionId", 1, 26, ""],
    ["effective where RegionId in ('a' 'b')", 1, 34, ""],
    ["effective where RegionId = and", 1, 28, ""],
  ])("points at the mistake in %j", (text, line, column, hint) => {
    const error = failure(text);
    expect(error.code).toBe("QUERY_TEXT_INVALID");
    expect(error.details).toMatchObject({ line, column });
    expect(error.hint).toContain(hint);
  });

  it.each([
    ["effective by ChargePeriodStart per invoice month", "QUERY_AXES_MIXED"],
    ["effective where BillingPeriodStart = 2026-01-01", "QUERY_AXES_MIXED"],
    ["effective per invoice day", "QUERY_GRAIN_INVALID"],
    ["effective by ListCost", "QUERY_DIMENSION_NOT_GROUPABLE"],
    ["effective top 3", "QUERY_TOP_INVALID"],
    ["effective from 2026-01 compare month", "QUERY_COMPARE_NO_PERIOD"],
    ["effective per hour from 2026-01 to 2026-01 compare month", "QUERY_GRAIN_INVALID"],
    ["cost-per:requests", "QUERY_TEXT_INVALID"],
  ])("refuses %j", (text, code) => {
    expect(failure(text).code).toBe(code);
  });

  it("never fails in any other way, whatever is typed", () => {
    const word = fc.constantFrom(
      "effective",
      "by",
      "where",
      "tag:",
      "tag:a",
      "(",
      ")",
      "'",
      '"',
      "=",
      "!",
      "in",
      "per",
      "top",
      "\n",
      ",",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string({ maxLength: 4 })), { maxLength: 20 }), (words) => {
        try {
          parseQueryText(words.join(" "));
        } catch (error) {
          expect(error).toBeInstanceOf(TrimtabError);
        }
      }),
    );
  });
});

const dimension = fc.oneof(
  fc.constantFrom("ServiceName", "RegionId", "source", "x:k", "tag:aws:createdBy"),
  fc.string({ minLength: 1, maxLength: 6, unit: "binary" }).map((key) => `tag:${key}`),
);
const value = fc.string({ maxLength: 8, unit: "binary" });
const condition = fc.oneof(
  fc.record({ dimension, op: fc.constantFrom(...VALUE_OPERATORS), value }),
  fc.record({
    dimension,
    op: fc.constantFrom("in", "not in"),
    values: fc.array(value, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ dimension, op: fc.constantFrom("is null", "is not null", "present", "absent") }),
) as fc.Arbitrary<Filter>;
const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4 },
    condition,
    fc.record({ and: fc.array(tie("filter"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ or: fc.array(tie("filter"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie("filter") }),
  ) as fc.Arbitrary<Filter>,
}));
const moment = fc.constantFrom("2026-01", "2026-02-28", "2024-02-29", "2026-12-31", "2026-06-01T05:00:00Z");
const request = fc.record(
  {
    measures: fc.uniqueArray(fc.constantFrom("effective", "billed", "unit-price"), { minLength: 1 }),
    by: fc.array(dimension, { maxLength: 3 }),
    grain: fc.constantFrom(...GRAINS),
    timeAxis: fc.constantFrom("charge", "invoice"),
    where: filter,
    period: fc.record({ start: moment, end: moment }, { requiredKeys: [] }),
    top: fc.integer({ min: 1, max: 100 }),
    limit: fc.integer({ min: 1, max: 100 }),
    compare: fc.constantFrom("previous", "month", "year"),
    orderBy: fc.array(
      fc.record({
        by: fc.oneof(fc.constantFrom("effective", "time"), dimension),
        direction: fc.constantFrom("asc", "desc"),
      }),
      {
        maxLength: 2,
      },
    ),
    fiscalYearStart: fc.integer({ min: 1, max: 12 }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<QueryRequest>;

describe("formatQueryText", () => {
  it("writes what parseQueryText reads back as the same request", () => {
    fc.assert(
      fc.property(request, (question) => {
        let canonical: QueryRequest;
        try {
          canonical = canonicalRequest(question);
        } catch (error) {
          expect(error).toBeInstanceOf(TrimtabError);
          return;
        }
        expect(parseQueryText(formatQueryText(question))).toEqual(canonical);
      }),
      { numRuns: 500, examples: [[{ period: {} }], [{ grain: "day", fiscalYearStart: 4 }]] },
    );
  });
});
