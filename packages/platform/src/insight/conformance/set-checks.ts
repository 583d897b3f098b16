import {
  and,
  call,
  cases,
  coalesce,
  type Expr,
  eq,
  isNotNull,
  nullOf,
  text,
  tryCast,
  yes,
} from "../../sql/expr.ts";
import type { RowView } from "./judged-rows.ts";
import type { Check } from "./rule.ts";

/** What a check over groups of rows found; `unjudged` groups are those the data does not cover. */
export interface GroupFinding {
  readonly failed: number;
  readonly judged: number;
  readonly unjudged: number;
  readonly example: string | null;
}

/** Sums of many rounded rows: half a cent, whatever the commitment costs. */
const SUM_TOLERANCE = "0.005";

const toFinding = (row: readonly unknown[] | undefined): GroupFinding => ({
  failed: Number(row?.[0] ?? 0),
  judged: Number(row?.[1] ?? 0),
  unjudged: Number(row?.[2] ?? 0),
  example: row?.[3] === null || row?.[3] === undefined ? null : String(row[3]),
});

const distinctSql = (
  view: RowView,
  [, name, of, count]: Extract<Check, readonly ["distinct", ...unknown[]]>,
  when: Expr<"boolean">,
  from: string,
): string => {
  const value = view.sql(view.value(name));
  const other = view.sql(view.value(of));
  const groups = `SELECT ${value} AS v, count(DISTINCT ${other}) AS n, min(${other}) AS a, max(${other}) AS b FROM ${from} WHERE ${value} IS NOT NULL AND ${view.sql(when)} GROUP BY 1`;
  const example = `v || ': ' || a || ', ' || b`;
  return `SELECT count(*) FILTER (n > ${count}), count(*) FILTER (n > 0), 0, min(${example}) FILTER (n > ${count}) FROM (${groups})`;
};

const amount = (view: RowView, name: string): string => {
  const value = view.value(name);
  const exact = view.isText(name)
    ? tryCast("decimal", call("text", "plainDecimalText", value))
    : ({ type: "decimal", node: { kind: "cast", expr: { ...value, type: "struct" }, safe: true } } as Expr);
  return view.sql(coalesce(exact as Expr<"decimal">, nullOf("decimal")));
};

const moment = (view: RowView, name: string): string =>
  view.sql(view.isText(name) ? tryCast("timestamp", view.value(name)) : view.value(name));

const sumOf = (value: string, where: Expr<"boolean">, view: RowView): string =>
  `COALESCE(sum(${value}) FILTER (${view.sql(where)}), 0)`;

/**
 * Sums per commitment and currency. "usage equals purchase" is judged where the purchases' charge periods hold all
 * of the commitment's usage and the data's usage covers those periods. Usage beyond recurring purchases alone may be
 * amortised from an upfront payment before the data begins. Such commitments are counted as unjudged.
 */
const commitmentSql = (view: RowView, law: string, from: string): string => {
  const id = view.value("CommitmentDiscountId");
  const is = (name: string, value: string) => eq(view.value(name), text(value));
  const usage = is("ChargeCategory", "Usage");
  const purchase = is("ChargeCategory", "Purchase");
  const status = (value: string) => and(usage, is("CommitmentDiscountStatus", value));
  const effective = amount(view, "EffectiveCost");
  const start = moment(view, "ChargePeriodStart");
  const end = moment(view, "ChargePeriodEnd");
  const during = (fn: string, value: string, where: Expr<"boolean">) =>
    `${fn}(${value}) FILTER (${view.sql(where)})`;
  const groups =
    `SELECT ${view.sql(id)} AS id, ${view.sql(view.value("BillingCurrency"))} AS currency, ` +
    `${sumOf(effective, usage, view)} AS used, ${sumOf(amount(view, "BilledCost"), purchase, view)} AS bought, ` +
    `${sumOf(effective, status("Used"), view)} + ${sumOf(effective, status("Unused"), view)} AS stated, ` +
    `${during("count", "*", usage)} AS usages, ${during("count", "*", purchase)} AS purchases, ` +
    `${during("count", "*", and(purchase, is("ChargeFrequency", "One-Time")))} AS upfront, ` +
    `${during("min", start, usage)} AS first, ${during("max", end, usage)} AS last, ` +
    `${during("min", start, purchase)} AS bought_from, ${during("max", end, purchase)} AS bought_to ` +
    `FROM ${from} WHERE ${view.sql(isNotNull(id))} GROUP BY 1, 2`;
  const data = `SELECT ${during("min", start, usage)} AS data_from, ${during("max", end, usage)} AS data_to FROM ${from}`;
  const covered =
    "purchases > 0 AND usages > 0 AND first >= bought_from AND last <= bought_to AND data_from <= bought_from AND data_to >= bought_to " +
    `AND (upfront > 0 OR used <= bought + ${SUM_TOLERANCE})`;
  const isPurchaseLaw = law === "usage equals purchase";
  const judged = isPurchaseLaw ? covered : "usages > 0";
  const expected = isPurchaseLaw ? "bought" : "stated";
  const off = `abs(used - ${expected}) > ${SUM_TOLERANCE}`;
  const example = `id || ': usage ' || used || ', ${isPurchaseLaw ? "purchase" : "used plus unused"} ' || ${expected} || ' ' || COALESCE(currency, '')`;
  return `SELECT count(*) FILTER (${judged} AND ${off}), count(*) FILTER (${judged}), count(*) FILTER (NOT COALESCE(${judged}, false)), min(${example}) FILTER (${judged} AND ${off}) FROM (${groups}), (${data})`;
};

/** Runs a check that needs groups of rows. */
export const runSetCheck = async (
  view: RowView,
  check: Check,
  when: Expr<"boolean"> | undefined,
  from: string,
): Promise<GroupFinding> => {
  if (check[0] === "distinct") {
    const condition = when === undefined ? yes : cases("boolean", [[when, yes]]);
    const { rows } = await view.run(distinctSql(view, check, condition, from));
    return toFinding(rows[0]);
  }
  const law = check[0] === "commitment" ? check[1] : "";
  const { rows } = await view.run(commitmentSql(view, law, from));
  return toFinding(rows[0]);
};
