import type { Period } from "@trimtab/domain";
import { loadsIn } from "../../query/coverage.ts";
import type { EngineSnapshot, QueryEngine } from "../../query/engines/engine.ts";
import { filterExpr } from "../../query/filters.ts";
import { BASE_MODEL } from "../../query/model/model.ts";
import { OTHER_THAN_USAGE } from "../../query/model/parts.ts";
import { startOf, timestampText } from "../../query/periods.ts";
import { leafExpr, type Segment } from "../../query/segments.ts";
import type { QueryContext } from "../../query/types.ts";
import { Renderer } from "../../sql/dialect.ts";
import { and, column, ge, isNull, isOneOf, lt, not, or, param, type QueryExpr } from "../../sql/expr.ts";

/** Charges of one version of the lake, as evidence reads them. */
export interface ChargeQuestion {
  readonly engine: QueryEngine;
  readonly context: QueryContext;
  readonly snapshot: EngineSnapshot;
}

export const textColumn = (name: string): QueryExpr<"text"> => column(name, "text");

/** A column that is none of FOCUS', by its key. */
export const extraColumn = (segment: Segment, key: string) =>
  leafExpr(segment, { kind: "extra", name: `x:${key}`, key, type: "text" });

export const segmentOf = (loads: Segment["loads"]): Segment => ({ table: "charges", rollups: [], loads });

/** The loads that count in a period. */
export const segmentIn = ({ snapshot }: ChargeQuestion, { start, end }: Period): Segment =>
  segmentOf(loadsIn(snapshot.manifest.loads, [{ start: startOf(start), end: startOf(end) }], "charge"));

/** What the asker may see. */
export const inScope = (
  { context: { scope, model } }: ChargeQuestion,
  segment: Segment,
): readonly QueryExpr<"boolean">[] =>
  scope === "unrestricted"
    ? []
    : [filterExpr(scope, { model: model ?? BASE_MODEL, leaf: (leaf) => leafExpr(segment, leaf) })];

export const within = ({ start, end }: Period): QueryExpr<"boolean"> => {
  const at = column("ChargePeriodStart", "timestamp");
  return and(
    ge(at, param("timestamp", timestampText(startOf(start)))),
    lt(at, param("timestamp", timestampText(startOf(end)))),
  );
};

export const isUsage = (): QueryExpr<"boolean"> => {
  const category = textColumn("ChargeCategory");
  return or(isNull(category), not(isOneOf(category, ...OTHER_THAN_USAGE)));
};

export interface ChargeSelect {
  readonly segment: Segment;
  /** Rows are grouped and ordered by them. */
  readonly keys: readonly QueryExpr[];
  /** Aggregates in the engine's SQL. */
  readonly sums: readonly string[];
  readonly where: QueryExpr<"boolean">;
  /** SQL behind the charges, which are `c`. */
  readonly join?: (renderer: Renderer) => string;
}

/** Rows of keys, then sums. */
export const selectCharges = async (
  { engine, snapshot, context }: ChargeQuestion,
  { segment, keys, sums, where, join = () => "" }: ChargeSelect,
): Promise<readonly (readonly unknown[])[]> => {
  const renderer = new Renderer(engine.dialect);
  const selected = keys.map((expr, index) => `${renderer.sql(expr)} AS k${index}`);
  const names = keys.map((_, index) => index + 1).join(", ");
  const scan = engine.scan(snapshot, { table: "charges", loads: segment.loads, rollups: [] });
  const from = `${scan} AS c${join(renderer)}`;
  const text =
    `SELECT ${[...selected, ...sums].join(", ")} FROM ${from} ` +
    `WHERE ${renderer.sql(where)} GROUP BY ${names} ORDER BY ${names}`;
  const { rows } = await engine.run({ text, params: renderer.params }, { signal: context.signal });
  return rows;
};
