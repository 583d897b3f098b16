import { decimal, formatDecimal } from "@trimtab/domain";
import type { CellValue } from "../lake/result-set.ts";
import { Renderer, type Sql } from "../sql/dialect.ts";
import { coalesce, column } from "../sql/expr.ts";
import { canonicalFilter, canonicalRequest } from "./canonical.ts";
import { whereOfCharges } from "./compile.ts";
import type { EngineSnapshot, QueryEngine } from "./engines/engine.ts";
import { queryErrors } from "./errors.ts";
import { dimensionExpr, type ExpressionContext } from "./filters.ts";
import { findDearest, type NumberedRows, sourceSegments } from "./find-dearest.ts";
import { type Dimension, isAllocating } from "./model/dimensions.ts";
import { BASE_MODEL, dimensionOf, type SemanticModel } from "./model/model.ts";
import { planQuery, type QueryPlan } from "./plan.ts";
import { leafExpr, type Segment } from "./segments.ts";
import type { Filter, QueryContext, TimeAxis } from "./types.ts";
import { visibleSnapshot } from "./visible-snapshot.ts";

export interface ChargesRequest {
  readonly where?: Filter | undefined;
  readonly period?: { readonly start?: string | undefined; readonly end?: string | undefined } | undefined;
  readonly timeAxis?: TimeAxis | undefined;
  /** Dimension names, amounts included; absent: what tells most charges apart. */
  readonly columns?: readonly string[] | undefined;
  readonly offset: number;
  readonly limit: number;
}

export interface ChargeColumn {
  readonly name: string;
  readonly type: "text" | "timestamp" | "decimal";
}

/** Single charges, as the bill has them. */
export interface ChargePage {
  readonly columns: readonly ChargeColumn[];
  readonly rows: readonly (readonly (string | null)[])[];
  /** Whether others come after these. */
  readonly isMore: boolean;
  readonly lakeVersion: number;
}

/** What tells most charges apart, and what they cost. */
const TELLING_COLUMNS: readonly string[] = [
  "ChargePeriodStart",
  "ChargePeriodEnd",
  "SubAccountName",
  "ServiceName",
  "RegionId",
  "ResourceId",
  "ResourceName",
  "ChargeCategory",
  "ChargeDescription",
  "SkuId",
  "ConsumedQuantity",
  "ConsumedUnit",
  "PricingQuantity",
  "PricingUnit",
  "ListCost",
  "EffectiveCost",
  "BilledCost",
  "BillingCurrency",
];

/** Of fewer charges all columns are sooner read than their costs and then the rest. */
const MANY_CHARGES = 200_000;

/**
 * The charges behind a number, the dearest first; charges alike in all shown columns are interchangeable, so that pages by
 * offset over one version neither repeat nor miss one. The scope stands in the WHERE of every scan.
 * @param manyCharges of so many to look through, costs are read before the rest
 * @throws QUERY_*, LAKE_VERSION_UNKNOWN, LAKE_CANCELLED, LAKE_QUERY_FAILED
 */
export const listCharges = async (
  engine: QueryEngine,
  request: ChargesRequest,
  context: QueryContext,
  manyCharges = MANY_CHARGES,
): Promise<ChargePage> => {
  const { offset, limit } = request;
  const model = context.model ?? BASE_MODEL;
  const dimensions = dimensionsOf(request, model);
  const snapshot = await visibleSnapshot(engine, context);
  const plan = planOf(snapshot, request, context, model);
  const answer = {
    columns: dimensions.map(({ name, type }) => ({ name, type })),
    lakeVersion: snapshot.version,
  };
  if (plan.loads.length === 0) return { ...answer, rows: [], isMore: false };
  const { signal } = context;
  const charges = plan.loads.reduce((total, { rows }) => total + rows, 0);
  const dearest =
    charges < manyCharges ? undefined : await findDearest(engine, plan, offset + limit + 1, signal);
  if (dearest?.length === 0) return { ...answer, rows: [], isMore: false };
  const { rows } = await engine.run(chargesSql(engine, plan, dimensions, request, dearest), { signal });
  return {
    ...answer,
    rows: rows
      .slice(0, limit)
      .map((row) => dimensions.map(({ type }, index) => cellText(row[index] ?? null, type))),
    isMore: rows.length > limit,
  };
};

const planOf = (
  snapshot: EngineSnapshot,
  { where, period, timeAxis }: ChargesRequest,
  context: QueryContext,
  model: SemanticModel,
): QueryPlan => {
  const asked = { measures: ["rows"], ...dropUndefined({ where, period, timeAxis }) };
  const full = canonicalRequest(asked, model);
  const scope = context.scope === "unrestricted" ? context.scope : canonicalFilter(context.scope, model);
  const plan = planQuery(snapshot, full, { ...context, scope, model }, { rollups: false });
  const [late] = plan.late;
  // Which charges a share of a shared cost is made of has no answer: it is a part of each.
  if (late !== undefined) throw queryErrors.create("QUERY_CHARGES_SHARED", { dimension: late.dimension });
  return plan;
};

const dimensionsOf = ({ columns = TELLING_COLUMNS }: ChargesRequest, model: SemanticModel) => {
  const found = columns.map((name) => dimensionOf(name, model));
  const shared = found.find(isAllocating);
  if (shared !== undefined) throw queryErrors.create("QUERY_CHARGES_SHARED", { dimension: shared.name });
  return [...new Map(found.map((dimension) => [dimension.name, dimension])).values()];
};

const chargesSql = (
  engine: QueryEngine,
  plan: QueryPlan,
  dimensions: readonly Dimension[],
  { offset, limit }: ChargesRequest,
  dearest: readonly NumberedRows[] | undefined,
): Sql => {
  const renderer = new Renderer(engine.dialect);
  const parts: readonly Part[] = dearest ?? sourceSegments(plan.loads).map((segment) => ({ segment }));
  const scans = parts.map(({ segment, rows }) => {
    const context: ExpressionContext = { model: plan.model, leaf: (leaf) => leafExpr(segment, leaf) };
    const cells = dimensions.map(
      (dimension, index) => `${renderer.sql(dimensionExpr(dimension, context))} AS c${index}`,
    );
    const cost = renderer.sql(COST);
    const where = renderer.sql(whereOfCharges(plan, segment));
    const from = engine.scan(plan.snapshot, { ...segment, numbered: rows !== undefined });
    const these = rows === undefined ? "" : ` AND ${engine.rowNumber} IN (${rows.join(", ")})`;
    return `SELECT ${cells.join(", ")}, ${cost} AS cost\nFROM ${from} AS c\nWHERE ${where}${these}`;
  });
  const names = dimensions.map((_, index) => `c${index}`);
  const order = ["cost DESC NULLS LAST", ...names.map((name) => `${name} ASC NULLS LAST`)];
  return {
    text:
      `SELECT ${names.join(", ")} FROM (\n${scans.join("\nUNION ALL\n")}\n) AS u\n` +
      `ORDER BY ${order.join(", ")} OFFSET ${Math.trunc(offset)} LIMIT ${Math.trunc(limit) + 1}`,
    params: renderer.params,
  };
};

/** What one scan reads: all that the question asks for, or only these rows of it. */
interface Part {
  readonly segment: Segment;
  readonly rows?: readonly number[];
}

const COST = coalesce(column("EffectiveCost", "decimal"), column("BilledCost", "decimal"));

const cellText = (cell: CellValue, type: Dimension["type"]): string | null => {
  if (cell === null) return null;
  const text = String(cell);
  if (type === "decimal") return formatDecimal(decimal(text));
  return type === "timestamp" ? `${text.replace(" ", "T")}Z` : text;
};

const dropUndefined = <T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as never;
