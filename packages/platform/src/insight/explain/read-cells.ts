import { type Day, decimal, ZERO } from "@trimtab/domain";
import { loadsIn } from "../../query/coverage.ts";
import type { EngineSnapshot, QueryEngine } from "../../query/engines/engine.ts";
import { dimensionExpr, type ExpressionContext, filterExpr } from "../../query/filters.ts";
import { dimensionOf, type SemanticModel } from "../../query/model/model.ts";
import { startOf, timestampText } from "../../query/periods.ts";
import { leafExpr, type Segment } from "../../query/segments.ts";
import type { Filter, Scope } from "../../query/types.ts";
import { type Dialect, Renderer } from "../../sql/dialect.ts";
import { and, cases, coalesce, column, eq, ge, lt, or, param, type QueryExpr, text } from "../../sql/expr.ts";
import type { Cell, CellKind, CellSide, Presence } from "./decompose.ts";

export interface CellQuestion {
  readonly measure: "effective" | "billed";
  readonly currency: string;
  readonly before: { readonly start: Day; readonly end: Day };
  readonly after: { readonly start: Day; readonly end: Day };
  readonly by: readonly string[];
  readonly where: Filter | undefined;
  readonly scope: Scope;
  readonly model: SemanticModel;
}

const kind = (): QueryExpr<"text"> => {
  const category = column("ChargeCategory", "text");
  const correction = eq(column("ChargeClass", "text"), text("Correction"));
  return cases(
    "text",
    [
      [eq(category, text("Credit")), text("credit")],
      [eq(category, text("Tax")), text("tax")],
      [or(eq(category, text("Adjustment")), correction), text("adjustment")],
      [eq(category, text("Purchase")), text("purchase")],
      [eq(column("CommitmentDiscountStatus", "text"), text("Unused")), text("unused")],
    ],
    text("usage"),
  );
};

const within = ({ start, end }: { readonly start: Day; readonly end: Day }): QueryExpr<"boolean"> => {
  const at = column("ChargePeriodStart", "timestamp");
  return and(
    ge(at, param("timestamp", timestampText(startOf(start)))),
    lt(at, param("timestamp", timestampText(startOf(end)))),
  );
};

const conditions = (question: CellQuestion, context: ExpressionContext): QueryExpr<"boolean"> =>
  and(
    ...(question.scope === "unrestricted" ? [] : [filterExpr(question.scope, context)]),
    ...(question.where === undefined ? [] : [filterExpr(question.where, context)]),
    eq(column("BillingCurrency", "text"), param("text", question.currency)),
    or(within(question.before), within(question.after)),
  );

/** Σ of a column on one side, and whether some charge of it lacks the value. */
const sideSql = (side: "b" | "a", dialect: Dialect): string => {
  const here = `side = '${side}'`;
  const lacks = (name: string) =>
    dialect.aggregate("count", "*", `${here} AND ${name} IS NULL AND cost <> 0`);
  return [
    dialect.aggregate("sum", "cost", here),
    dialect.aggregate("sum", "list", here),
    lacks("list"),
    dialect.aggregate("sum", "quantity", here),
    lacks("quantity"),
  ].join(", ");
};

const cellsSql = (
  engine: QueryEngine,
  snapshot: EngineSnapshot,
  question: CellQuestion,
): { text: string; renderer: Renderer } => {
  const ranges = [question.before, question.after].map(({ start, end }) => ({
    start: startOf(start),
    end: startOf(end),
  }));
  const segment: Segment = {
    table: "charges",
    rollups: [],
    loads: loadsIn(snapshot.manifest.loads, ranges, "charge"),
  };
  const context: ExpressionContext = {
    model: question.model,
    leaf: (leaf) => leafExpr(segment, leaf),
  };
  const renderer = new Renderer(engine.dialect);
  const costName = question.measure === "effective" ? "EffectiveCost" : "BilledCost";
  const dimensions = question.by.map((name, index) => {
    const expr = dimensionExpr(dimensionOf(name, question.model), context);
    return `${renderer.sql(expr)} AS d${index}`;
  });
  const names = question.by.map((_, index) => `d${index}`);
  const select = [
    ...dimensions,
    `${renderer.sql(kind())} AS kind`,
    `${renderer.sql(column("ServiceName", "text"))} AS service`,
    `${renderer.sql(coalesce(column("SkuPriceId", "text"), column("SkuId", "text"), column("ChargeDescription", "text")))} AS sku`,
    `${renderer.sql(column("PricingUnit", "text"))} AS unit`,
    `${renderer.sql(column("ChargeDescription", "text"))} AS label`,
    `${renderer.sql(column("ResourceId", "text"))} AS resource`,
    `CASE WHEN ${renderer.sql(within(question.before))} THEN 'b' ELSE 'a' END AS side`,
    `${renderer.sql(coalesce(column(costName, "decimal"), column("BilledCost", "decimal")))} AS cost`,
    `${renderer.sql(column("ListCost", "decimal"))} AS list`,
    `${renderer.sql(column("PricingQuantity", "decimal"))} AS quantity`,
  ];
  const onSide = (side: "b" | "a") => engine.dialect.aggregate("count", "*", `side = '${side}'`);
  const keys = [...names, "kind", "service", "sku", "unit"].join(", ");
  const sql =
    `WITH charged AS (SELECT ${select.join(", ")} FROM ${engine.scan(snapshot, segment)} AS c ` +
    `WHERE ${renderer.sql(conditions(question, context))}), ` +
    `seen AS (SELECT resource, ${onSide("b")} AS nb, ${onSide("a")} AS na ` +
    "FROM charged WHERE kind = 'usage' AND resource IS NOT NULL GROUP BY resource), " +
    `placed AS (SELECT charged.*, CASE WHEN kind <> 'usage' OR seen.resource IS NULL THEN 'both' ` +
    "WHEN nb = 0 THEN 'new' WHEN na = 0 THEN 'gone' ELSE 'both' END AS presence " +
    "FROM charged LEFT JOIN seen ON charged.resource = seen.resource) " +
    `SELECT ${keys}, presence, max(label), ${sideSql("b", engine.dialect)}, ${sideSql("a", engine.dialect)} FROM placed GROUP BY ${keys}, presence ` +
    `ORDER BY ${keys}, presence`;
  return { text: sql, renderer };
};

const sideOf = (values: readonly unknown[]): CellSide => {
  const [cost, list, unlisted, quantity, unmeasured] = values;
  const amount = (value: unknown) => (value === null || value === undefined ? ZERO : decimal(String(value)));
  return {
    cost: amount(cost),
    list: Number(unlisted) > 0 ? null : amount(list),
    quantity: Number(unmeasured) > 0 ? null : amount(quantity),
  };
};

/** All charges of both periods, folded to cells by the engine. */
export const readCells = async (
  engine: QueryEngine,
  snapshot: EngineSnapshot,
  question: CellQuestion,
  signal: AbortSignal,
): Promise<readonly Cell[]> => {
  const { text: sql, renderer } = cellsSql(engine, snapshot, question);
  const { rows } = await engine.run({ text: sql, params: renderer.params }, { signal });
  const width = question.by.length;
  const textOf = (value: unknown) => (value === null || value === undefined ? null : String(value));
  return rows.map((row) => {
    const [kindName, service, sku, unit, presence, label, ...sums] = row.slice(width);
    return {
      dimensions: row.slice(0, width).map(textOf),
      kind: String(kindName) as CellKind,
      presence: String(presence) as Presence,
      service: textOf(service),
      sku: textOf(sku),
      label: textOf(label),
      unit: textOf(unit),
      before: sideOf(sums.slice(0, 5)),
      after: sideOf(sums.slice(5)),
    };
  });
};
