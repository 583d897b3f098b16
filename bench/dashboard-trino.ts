import type { Charges } from "./dashboard.ts";

const MONTH = "2026-09";
const BEFORE = "2026-08";

const COST = "sum(EffectiveCost) AS value, count(EffectiveCost) AS known, count(*) AS charges";
const inSeptember =
  "ChargePeriodStart >= TIMESTAMP '2026-09-01' AND ChargePeriodStart < TIMESTAMP '2026-10-01'";

/** Rows and their total in one reading: Trino runs a WITH query once for each time that it is named. */
const withTotal = (keys: readonly string[], values: string, from: string, where = "true"): string => {
  const names = keys.map((_, index) => `k${index}`);
  const inner = keys.map((key, index) => `${key} AS k${index}`).join(", ");
  return (
    `SELECT CASE WHEN grouping(k0) = 0 THEN 0 ELSE 2 END AS kind, ${names.join(", ")}, ${values} ` +
    `FROM (SELECT *, ${inner} FROM ${from} WHERE ${where}) GROUP BY GROUPING SETS ((${names.join(", ")}), ())`
  );
};

const grouped = (keys: readonly string[], from: string, where?: string): string =>
  withTotal(keys, COST, from, where);

const ranked = (key: string, from: string, top: number): string =>
  `WITH g AS (SELECT ${key} AS k, ${COST} FROM ${from} WHERE ${inSeptember} GROUP BY 1), ` +
  "r AS (SELECT *, row_number() OVER (ORDER BY value DESC NULLS LAST, k) AS place FROM g), " +
  `c AS (SELECT *, least(place, ${top + 1}) AS cut FROM r) ` +
  `SELECT CASE WHEN grouping(cut) = 1 THEN 2 WHEN cut > ${top} THEN 1 ELSE 0 END AS kind, ` +
  `CASE WHEN cut <= ${top} THEN any_value(k) END AS k, sum(value) AS value, sum(known) AS known, ` +
  "sum(charges) AS charges FROM c GROUP BY GROUPING SETS ((cut), ())";

const compared = (key: string, from: string): string => {
  const current = "ChargePeriodStart >= TIMESTAMP '2026-09-01'";
  const both = (name: string, filter: string) =>
    `sum(EffectiveCost) FILTER (WHERE ${filter}) AS ${name}, count(EffectiveCost) FILTER (WHERE ${filter}) AS ${name}_known, ` +
    `count(*) FILTER (WHERE ${filter}) AS ${name}_charges`;
  const where = "ChargePeriodStart >= TIMESTAMP '2026-08-01' AND ChargePeriodStart < TIMESTAMP '2026-10-01'";
  return withTotal([key], `${both("value", current)}, ${both("before", `NOT (${current})`)}`, from, where);
};

const savings = (key: string, from: string): string => {
  const usage = (sum: string, ...terms: readonly string[]) =>
    `${sum} FILTER (WHERE ${["ChargeCategory = 'Usage'", ...terms].join(" AND ")})`;
  const values =
    `${usage("sum(ListCost - EffectiveCost)")} AS value, ${usage("count(ListCost - EffectiveCost)")} AS known, ` +
    `${usage("sum(ListCost)", "EffectiveCost IS NOT NULL")} AS listed, ` +
    `${usage("sum(EffectiveCost)", "ListCost IS NULL")} AS unlisted, ${usage("count(*)")} AS charges`;
  return withTotal([key], values, from, inSeptember);
};

const unitPrices = (from: string): string =>
  withTotal(
    ["SkuId", "PricingUnit"],
    "sum(EffectiveCost) AS value, count(EffectiveCost) AS known, " +
      "sum(EffectiveCost) FILTER (WHERE PricingQuantity IS NOT NULL) AS priced, sum(PricingQuantity) AS quantity, " +
      "count(*) AS charges",
    from,
    inSeptember,
  );

/** By the dashboard query's name: what an engineer who knows Trino would write for the same information. */
export const TRINO_SQL: Readonly<Record<string, (charges: Charges) => string>> = {
  "by service by day": ({ month }) =>
    grouped(["CAST(ChargePeriodStart AS DATE)", "ServiceName"], month(MONTH), inSeptember),
  "by tag": ({ month }) => grouped(["x_tag_team"], month(MONTH), inSeptember),
  "by two tags": ({ all }) => grouped(["x_tag_team", "x_tag_environment"], all),
  "top 20 resources with the rest": ({ month }) => ranked("ResourceId", month(MONTH), 20),
  "drill-down by SKU of a service in two regions": ({ month }) =>
    grouped(
      ["SkuId", "ChargeDescription"],
      month(MONTH),
      `${inSeptember} AND ServiceName = 'Amazon Relational Database Service' ` +
        "AND RegionId IN ('us-east-1', 'us-west-2') AND x_tag_environment = 'prod'",
    ),
  "resource types against the month before": ({ months }) => compared("SkuMeter", months(BEFORE, MONTH)),
  "by account and region": ({ month }) => grouped(["SubAccountId", "RegionId"], month(MONTH), inSeptember),
  "by service by month": ({ all }) => grouped(["date_trunc('month', ChargePeriodStart)", "ServiceName"], all),
  "savings by service": ({ month }) => savings("ServiceName", month(MONTH)),
  "unit price by SKU": ({ month }) => unitPrices(month(MONTH)),
  "accounts' cost without a team tag": ({ month }) =>
    grouped(["SubAccountId"], month(MONTH), `${inSeptember} AND x_tag_team IS NULL`),
  "by service by hour of one day": ({ month }) =>
    grouped(
      ["date_trunc('hour', ChargePeriodStart)", "ServiceName"],
      month(MONTH),
      "ChargePeriodStart >= TIMESTAMP '2026-09-15' AND ChargePeriodStart < TIMESTAMP '2026-09-16'",
    ),
};
