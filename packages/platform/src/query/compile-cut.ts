import type { Dialect } from "../sql/dialect.ts";
import type { SqlType } from "../sql/expr.ts";
import type { PartId } from "./model/parts.ts";
import { type Order, type Rank, rankOf } from "./order.ts";
import type { Key, QueryPlan } from "./plan.ts";

/** Columns of the table `g` of all groups. */
export interface GroupTable {
  readonly keys: readonly { readonly name: string; readonly key: Key; readonly type: SqlType }[];
  readonly parts: readonly { readonly name: string; readonly id: PartId; readonly fn: string }[];
}

/** The rows to show and the totals, all from `g`, so that the charges are read once. */
export const cutSql = (plan: QueryPlan, table: GroupTable, dialect: Dialect): string => {
  if (table.keys.length === 0) return `\n${totalSql(table, dialect)}`;
  const total = `UNION ALL\n${totalSql(table, dialect)}`;
  const { top, limit } = plan.request;
  if (plan.cutsInSql && top !== undefined) return topSql(plan, table, dialect, top);
  const rows = `SELECT 0 AS kind, 0 AS groups, ${names(table)} FROM g`;
  if (!plan.cutsInSql || limit === undefined) return `\n${rows}\n${total}`;
  return `\nSELECT * FROM (${rows}\nORDER BY ${orderSql(plan, table)} LIMIT ${limit}) AS s\n${total}`;
};

const names = ({ keys, parts }: GroupTable): string => [...keys, ...parts].map(({ name }) => name).join(", ");

const merged = ({ parts }: GroupTable): readonly string[] =>
  parts.map(({ name, fn }) => `${fn}(${name}) AS ${name}`);

/** Totals per currency and stretch of one rate, as those are added up only after conversion. */
const totalSql = (table: GroupTable, dialect: Dialect): string => {
  const isKept = (key: Key) => key.role === "currency" || key.role === "rate";
  const keys = table.keys.map(({ name, key, type }) =>
    isKept(key) ? name : `${dialect.literal(type, null)} AS ${name}`,
  );
  const kept = table.keys.filter(({ key }) => isKept(key)).map(({ name }) => name);
  const columns = ["2 AS kind", "count(*) AS groups", ...keys, ...merged(table)];
  return `SELECT ${columns.join(", ")} FROM g${kept.length === 0 ? "" : ` GROUP BY ${kept.join(", ")}`}`;
};

/** `t` is the top combinations over the whole period; all other groups fall together into `kind` 1, per bucket of time. */
const topSql = (plan: QueryPlan, table: GroupTable, dialect: Dialect, top: number): string => {
  const dimensions = table.keys.filter(({ key }) => key.role === "dimension").map(({ name }) => name);
  const time = table.keys.filter(({ key }) => key.role === "time").map(({ name }) => name);
  const rank = rankOf(plan.order, plan.measures);
  const isGrouped = time.length > 0;
  const rankSql = partOrder(table, rank, plan.comparison !== undefined, isGrouped);
  const ties = dimensions.map((name) => `${name} ASC NULLS LAST`).join(", ");
  const picked =
    `SELECT ${dimensions.join(", ")}, 1 AS hit FROM g${isGrouped ? ` GROUP BY ${dimensions.join(", ")}` : ""} ` +
    `ORDER BY ${rankSql} ${rank.direction.toUpperCase()} NULLS LAST, ${ties} LIMIT ${top}`;
  const same = dimensions.map((name) => `g.${name} IS NOT DISTINCT FROM t.${name}`).join(" AND ");
  const keys = table.keys.map(({ name, key }) => (key.role === "time" ? `g.${name}` : `t.${name}`));
  const parts = table.parts.map(({ name, fn }) => `${fn}(g.${name}) AS ${name}`);
  const columns = ["CASE WHEN t.hit IS NULL THEN 1 ELSE 0 END AS kind", "0 AS groups", ...keys, ...parts];
  const grouped = ["kind", ...keys].map((_, index) => (index === 0 ? 1 : index + 2)).join(", ");
  return (
    `, t AS ${dialect.materialized}(\n${picked}\n)\nSELECT ${columns.join(", ")} FROM g LEFT JOIN t ON ${same}\n` +
    `GROUP BY ${grouped}\nUNION ALL\n${totalSql(table, dialect)}`
  );
};

const orderSql = (plan: QueryPlan, table: GroupTable): string => {
  const terms = plan.order.map(
    (term) => `${orderTerm(term, plan, table)} ${term.direction.toUpperCase()} NULLS LAST`,
  );
  return [...terms, ...table.keys.map(({ name }) => `${name} ASC NULLS LAST`)].join(", ");
};

const orderTerm = (term: Order, plan: QueryPlan, table: GroupTable): string => {
  if (term.kind === "measure") {
    const rank = { part: term.part ?? ("rows" as const), over: term.measure.over, aspect: term.aspect };
    return partOrder(table, rank, plan.comparison !== undefined, false);
  }
  const found = table.keys.find(({ key }) =>
    term.kind === "time" ? key.role === "time" : key.role === "dimension" && key.dimension.name === term.name,
  );
  return found?.name ?? "1";
};

/** A part as a sort key. A group without charges in a period costs nothing there; one with unknown cost sorts last. */
const partOrder = (
  { parts }: GroupTable,
  { part, over, aspect }: Rank,
  compares: boolean,
  summed: boolean,
): string => {
  const nameOf = (id: PartId, prefix: string) => {
    const name =
      parts.find((candidate) => candidate.id === id && candidate.name.startsWith(prefix))?.name ?? "";
    return summed ? `sum(${name})` : name;
  };
  const period = (prefix: string) =>
    compares || over !== "rows"
      ? `CASE WHEN ${nameOf(over, prefix)} = 0 THEN 0 ELSE ${nameOf(part, prefix)} END`
      : nameOf(part, prefix);
  if (aspect === "current") return period("p");
  const change = `(${period("p")} - ${period("q")})`;
  return aspect === "abs-change" ? `abs(${change})` : change;
};
