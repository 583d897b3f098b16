import type { AggregateName, Dialect } from "../sql/dialect.ts";
import type { SqlType } from "../sql/expr.ts";
import type { PartId } from "./model/parts.ts";
import { type Order, type Rank, rankOf } from "./order.ts";
import { isKeptInTotals, type Key, type QueryPlan } from "./plan.ts";

/** Columns of the table `g` of all groups. */
export interface GroupTable {
  readonly keys: readonly { readonly name: string; readonly key: Key; readonly type: SqlType }[];
  readonly parts: readonly { readonly name: string; readonly id: PartId; readonly fn: AggregateName }[];
}

/** The rows to show and the totals, all from `g`, so that the charges are read once. */
export const cutSql = (plan: QueryPlan, table: GroupTable, dialect: Dialect): string => {
  if (table.keys.length === 0) return `\n${totalSql(table, dialect)}`;
  if (leavesTotals(plan, dialect)) return `\n${rowsSql(table)}`;
  return dialect.materialized === undefined ? onePassSql(plan, table) : unionSql(plan, table, dialect);
};

/**
 * Whether the answer has no totals and they are to be added up from its rows, which are then all there are. Where an engine
 * would run `g` each time it is named, totals beside the rows cost it one more exchange of all groups between its workers.
 */
export const leavesTotals = ({ keys, cutsInSql, request }: QueryPlan, dialect: Dialect): boolean =>
  keys.length > 0 &&
  dialect.materialized === undefined &&
  (!cutsInSql || (request.top === undefined && request.limit === undefined));

const rowsSql = (table: GroupTable): string => `SELECT 0 AS kind, 0 AS group_count, ${names(table)} FROM g`;

/** Where an engine keeps `g`, reading it twice is the fastest. */
const unionSql = (plan: QueryPlan, table: GroupTable, dialect: Dialect): string => {
  const total = `UNION ALL\n${totalSql(table, dialect)}`;
  const { top, limit } = plan.request;
  if (plan.cutsInSql && top !== undefined) return topSql(plan, table, dialect, top);
  const rows = rowsSql(table);
  if (!plan.cutsInSql || limit === undefined) return `\n${rows}\n${total}`;
  return `\nSELECT * FROM (${rows}\nORDER BY ${orderSql(plan, table)} LIMIT ${limit}) AS s\n${total}`;
};

const names = ({ keys, parts }: GroupTable): string => [...keys, ...parts].map(({ name }) => name).join(", ");

const merged = ({ parts }: GroupTable): readonly string[] =>
  parts.map(({ name, fn }) => `${fn}(${name}) AS ${name}`);

const totalSql = (table: GroupTable, dialect: Dialect): string => {
  const keys = table.keys.map(({ name, key, type }) =>
    isKeptInTotals(key) ? name : `${dialect.literal(type, null)} AS ${name}`,
  );
  const kept = table.keys.filter(({ key }) => isKeptInTotals(key)).map(({ name }) => name);
  const columns = ["2 AS kind", "count(*) AS group_count", ...keys, ...merged(table)];
  return `SELECT ${columns.join(", ")} FROM g${kept.length === 0 ? "" : ` GROUP BY ${kept.join(", ")}`}`;
};

/** `t` is the top combinations over the whole period; all other groups fall together into `kind` 1, per bucket of time. */
const topSql = (plan: QueryPlan, table: GroupTable, dialect: Dialect, top: number): string => {
  const dimensions = table.keys.filter(({ key }) => key.role === "dimension").map(({ name }) => name);
  const time = table.keys.filter(({ key }) => key.role === "time").map(({ name }) => name);
  const rank = rankOf(plan.order, plan.measures);
  const isGrouped = time.length > 0;
  const whole = (name: string) => (isGrouped ? `sum(${name})` : name);
  const rankSql = partOrder(table, rank, plan.comparison !== undefined, whole);
  const ties = dimensions.map((name) => `${name} ASC NULLS LAST`).join(", ");
  const picked =
    `SELECT ${dimensions.join(", ")}, 1 AS hit FROM g${isGrouped ? ` GROUP BY ${dimensions.join(", ")}` : ""} ` +
    `ORDER BY ${rankSql} ${rank.direction.toUpperCase()} NULLS LAST, ${ties} LIMIT ${top}`;
  const same = dimensions.map((name) => `g.${name} IS NOT DISTINCT FROM t.${name}`).join(" AND ");
  const keys = table.keys.map(({ name, key }) => (key.role === "time" ? `g.${name}` : `t.${name}`));
  const parts = table.parts.map(({ name, fn }) => `${fn}(g.${name}) AS ${name}`);
  const columns = [
    "CASE WHEN t.hit IS NULL THEN 1 ELSE 0 END AS kind",
    "0 AS group_count",
    ...keys,
    ...parts,
  ];
  const grouped = ["kind", ...keys].map((_, index) => (index === 0 ? 1 : index + 2)).join(", ");
  return (
    `, t AS ${dialect.materialized ?? ""}(\n${picked}\n)\nSELECT ${columns.join(", ")} FROM g LEFT JOIN t ON ${same}\n` +
    `GROUP BY ${grouped}\nUNION ALL\n${totalSql(table, dialect)}`
  );
};

/**
 * Where an engine would run `g` each time it is named and keeps only some rows: rows and totals are two grouping sets of one reading. Grouping by
 * all keys leaves the groups as they are; the totals have no kind of their own. They come first, so that LIMIT keeps them.
 */
const onePassSql = (plan: QueryPlan, table: GroupTable): string => {
  const { top, limit } = plan.request;
  const keys = table.keys.map(({ name }) => name);
  const kept = table.keys.filter(({ key }) => isKeptInTotals(key)).map(({ name }) => name);
  const columns = ["COALESCE(row_kind, 2) AS kind", "count(*) AS group_count", ...keys, ...merged(table)];
  const [head, from] =
    top !== undefined
      ? placedSql(plan, table, top)
      : ["", `(SELECT 0 AS row_kind, ${names(table)} FROM g) AS r`];
  const sets = `GROUP BY GROUPING SETS ((${["row_kind", ...keys].join(", ")}), (${kept.join(", ")}))`;
  const all = `SELECT ${columns.join(", ")} FROM ${from} ${sets}`;
  if (top !== undefined || limit === undefined) return `${head}\n${all}`;
  return `${head}\nSELECT * FROM (${all}) AS s ORDER BY kind DESC, ${orderSql(plan, table)} LIMIT ${limit + 1}`;
};

/** Numbers the combinations from the largest down; all behind the last that is shown fall together, per bucket of time. */
const placedSql = (
  plan: QueryPlan,
  table: GroupTable,
  top: number,
): readonly [head: string, from: string] => {
  const dimensions = table.keys.filter(({ key }) => key.role === "dimension").map(({ name }) => name);
  const isGrouped = table.keys.some(({ key }) => key.role === "time");
  const rank = rankOf(plan.order, plan.measures);
  const whole = (name: string) =>
    isGrouped ? `sum(${name}) OVER (PARTITION BY ${dimensions.join(", ")})` : name;
  const rankSql = partOrder(table, rank, plan.comparison !== undefined, whole);
  const ties = dimensions.map((name) => `${name} ASC NULLS LAST`).join(", ");
  const order = `rank_value ${rank.direction.toUpperCase()} NULLS LAST, ${ties}`;
  const keys = table.keys.map(({ name, key }) =>
    key.role === "dimension" ? `CASE WHEN place <= ${top} THEN ${name} END AS ${name}` : name,
  );
  const columns = [
    `CASE WHEN place <= ${top} THEN 0 ELSE 1 END AS row_kind`,
    ...keys,
    ...table.parts.map(({ name }) => name),
  ];
  return [
    `, v AS (SELECT ${names(table)}, ${rankSql} AS rank_value FROM g), ` +
      `p AS (SELECT ${names(table)}, dense_rank() OVER (ORDER BY ${order}) AS place FROM v)`,
    `(SELECT ${columns.join(", ")} FROM p) AS r`,
  ];
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
    return partOrder(table, rank, plan.comparison !== undefined, (name) => name);
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
  whole: (name: string) => string,
): string => {
  const nameOf = (id: PartId, prefix: string) => {
    const name =
      parts.find((candidate) => candidate.id === id && candidate.name.startsWith(prefix))?.name ?? "";
    return whole(name);
  };
  const period = (prefix: string) =>
    compares || over !== "rows"
      ? `CASE WHEN ${nameOf(over, prefix)} = 0 THEN 0 ELSE ${nameOf(part, prefix)} END`
      : nameOf(part, prefix);
  if (aspect === "current") return period("p");
  const change = `(${period("p")} - ${period("q")})`;
  return aspect === "abs-change" ? `abs(${change})` : change;
};
