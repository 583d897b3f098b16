import type { QueryRequest } from "../packages/platform/src/query/types.ts";

/** FROM-able charge files: of all months, and of single ones. */
export interface Charges {
  readonly all: string;
  month(name: string): string;
  months(...names: readonly string[]): string;
}

/** A query of a dashboard, and the SQL that an engineer would write for the same information. */
export interface Dashboard {
  readonly name: string;
  readonly request: QueryRequest;
  /** `kind` (0 a row, 1 the rest, 2 the total), then anything, and the first measure as `value`. */
  sql(charges: Charges): string;
}

const MONTH = "2026-09";
const BEFORE = "2026-08";
const september = { start: "2026-09", end: "2026-10" };

const COST = "sum(EffectiveCost) AS value, count(EffectiveCost) AS known, count(*) AS charges";
const MERGED = "sum(value) AS value, sum(known) AS known, sum(charges) AS charges";

/** Groups summed once, then the rows and their total with the number of groups. */
const grouped = (keys: readonly string[], from: string, where = "true"): string => {
  const names = keys.map((_, index) => `k${index}`);
  const selected = keys.map((key, index) => `${key} AS k${index}`);
  const by = names.map((_, index) => index + 1).join(", ");
  const nulls = names.map(() => "NULL").join(", ");
  return (
    `WITH g AS MATERIALIZED (SELECT ${selected.join(", ")}, ${COST} FROM ${from} WHERE ${where} GROUP BY ${by}) ` +
    `SELECT 0 AS kind, 0 AS groups, * FROM g UNION ALL SELECT 2, count(*), ${nulls}, ${MERGED} FROM g`
  );
};

const inSeptember =
  "ChargePeriodStart >= TIMESTAMP '2026-09-01' AND ChargePeriodStart < TIMESTAMP '2026-10-01'";
const day = "CAST(ChargePeriodStart AS DATE)";

const ranked = (key: string, from: string, top: number): string =>
  `WITH g AS MATERIALIZED (SELECT ${key} AS k, ${COST} FROM ${from} WHERE ${inSeptember} GROUP BY 1), ` +
  `t AS MATERIALIZED (SELECT * FROM g ORDER BY value DESC NULLS LAST, k LIMIT ${top}), ` +
  `s AS MATERIALIZED (SELECT count(*) AS groups, ${MERGED} FROM g) ` +
  "SELECT 0 AS kind, 0 AS groups, * FROM t " +
  "UNION ALL SELECT 1, 0, NULL, s.value - r.value, s.known - r.known, s.charges - r.charges " +
  `FROM s, (SELECT ${MERGED} FROM t) AS r UNION ALL SELECT 2, groups, NULL, value, known, charges FROM s`;

const compared = (key: string, from: string): string => {
  const current = "ChargePeriodStart >= TIMESTAMP '2026-09-01'";
  const both = (name: string, filter: string) =>
    `sum(EffectiveCost) FILTER (WHERE ${filter}) AS ${name}, count(EffectiveCost) FILTER (WHERE ${filter}) AS ${name}_known, ` +
    `count(*) FILTER (WHERE ${filter}) AS ${name}_charges`;
  const total = ["value", "value_known", "value_charges", "before", "before_known", "before_charges"]
    .map((name) => `sum(${name})`)
    .join(", ");
  return (
    `WITH g AS MATERIALIZED (SELECT ${key} AS k, ${both("value", current)}, ${both("before", `NOT (${current})`)} FROM ${from} ` +
    "WHERE ChargePeriodStart >= TIMESTAMP '2026-08-01' AND ChargePeriodStart < TIMESTAMP '2026-10-01' GROUP BY 1) " +
    "SELECT 0 AS kind, 0 AS groups, *, value - before, (value - before) / before FROM g " +
    `UNION ALL SELECT 2, count(*), NULL, ${total}, sum(value) - sum(before), NULL FROM g`
  );
};

const savings = (key: string, from: string): string => {
  const usage = (sum: string, ...terms: readonly string[]) =>
    `${sum} FILTER (WHERE ${["ChargeCategory = 'Usage'", ...terms].join(" AND ")})`;
  return (
    `WITH g AS MATERIALIZED (SELECT ${key} AS k, ${usage("sum(ListCost - EffectiveCost)")} AS value, ` +
    `${usage("count(ListCost - EffectiveCost)")} AS known, ` +
    `${usage("sum(ListCost)", "EffectiveCost IS NOT NULL")} AS listed, ` +
    `${usage("sum(EffectiveCost)", "ListCost IS NULL")} AS unlisted, ${usage("count(*)")} AS charges ` +
    `FROM ${from} WHERE ${inSeptember} GROUP BY 1) SELECT 0 AS kind, 0 AS groups, *, value / listed FROM g ` +
    "UNION ALL SELECT 2, count(*), NULL, sum(value), sum(known), sum(listed), sum(unlisted), sum(charges), " +
    "sum(value) / sum(listed) FROM g"
  );
};

const unitPrices = (from: string): string =>
  "WITH g AS MATERIALIZED (SELECT SkuId AS k0, PricingUnit AS k1, " +
  "sum(EffectiveCost) AS value, count(EffectiveCost) AS known, " +
  "sum(EffectiveCost) FILTER (WHERE PricingQuantity IS NOT NULL) AS priced, sum(PricingQuantity) AS quantity, " +
  `count(*) AS charges FROM ${from} WHERE ${inSeptember} GROUP BY 1, 2) ` +
  "SELECT 0 AS kind, 0 AS groups, *, priced / quantity FROM g " +
  "UNION ALL SELECT 2, count(*), NULL, NULL, sum(value), sum(known), sum(priced), sum(quantity), sum(charges), NULL FROM g";

/** The twelve. Tags are read from the columns of their own that the lake gives to frequent ones. */
export const DASHBOARDS: readonly Dashboard[] = [
  {
    name: "by service by day",
    request: { by: ["ServiceName"], grain: "day", period: september },
    sql: ({ month }) => grouped([day, "ServiceName"], month(MONTH), inSeptember),
  },
  {
    name: "by tag",
    request: { by: ["tag:team"], period: september },
    sql: ({ month }) => grouped(["x_tag_team"], month(MONTH), inSeptember),
  },
  {
    name: "by two tags",
    request: { by: ["tag:team", "tag:environment"] },
    sql: ({ all }) => grouped(["x_tag_team", "x_tag_environment"], all),
  },
  {
    name: "top 20 resources with the rest",
    request: { by: ["ResourceId"], top: 20, period: september },
    sql: ({ month }) => ranked("ResourceId", month(MONTH), 20),
  },
  {
    name: "drill-down by SKU of a service in two regions",
    request: {
      by: ["SkuId", "ChargeDescription"],
      period: september,
      where: {
        and: [
          { dimension: "ServiceName", op: "=", value: "Amazon Relational Database Service" },
          { dimension: "RegionId", op: "in", values: ["us-east-1", "us-west-2"] },
          { dimension: "tag:environment", op: "=", value: "prod" },
        ],
      },
    },
    sql: ({ month }) =>
      grouped(
        ["SkuId", "ChargeDescription"],
        month(MONTH),
        `${inSeptember} AND ServiceName = 'Amazon Relational Database Service' ` +
          "AND RegionId IN ('us-east-1', 'us-west-2') AND x_tag_environment = 'prod'",
      ),
  },
  {
    name: "resource types against the month before",
    request: { by: ["SkuMeter"], period: september, compare: "month" },
    sql: ({ months }) => compared("SkuMeter", months(BEFORE, MONTH)),
  },
  {
    name: "by account and region",
    request: { by: ["SubAccountId", "RegionId"], period: september },
    sql: ({ month }) => grouped(["SubAccountId", "RegionId"], month(MONTH), inSeptember),
  },
  {
    name: "by service by month",
    request: { by: ["ServiceName"], grain: "month" },
    sql: ({ all }) => grouped(["date_trunc('month', ChargePeriodStart)", "ServiceName"], all),
  },
  {
    name: "savings by service",
    request: { measures: ["savings", "savings-rate"], by: ["ServiceName"], period: september },
    sql: ({ month }) => savings("ServiceName", month(MONTH)),
  },
  {
    name: "unit price by SKU",
    request: { measures: ["effective", "unit-price"], by: ["SkuId", "PricingUnit"], period: september },
    sql: ({ month }) => unitPrices(month(MONTH)),
  },
  {
    name: "accounts' cost without a team tag",
    request: {
      by: ["SubAccountId"],
      period: september,
      where: { dimension: "tag:team", op: "absent" },
    },
    sql: ({ month }) => grouped(["SubAccountId"], month(MONTH), `${inSeptember} AND x_tag_team IS NULL`),
  },
  {
    name: "by service by hour of one day",
    request: { by: ["ServiceName"], grain: "hour", period: { start: "2026-09-15", end: "2026-09-16" } },
    sql: ({ month }) =>
      grouped(
        ["date_trunc('hour', ChargePeriodStart)", "ServiceName"],
        month(MONTH),
        "ChargePeriodStart >= TIMESTAMP '2026-09-15' AND ChargePeriodStart < TIMESTAMP '2026-09-16'",
      ),
  },
];
