import type { LoadEntry, RollupFile } from "../lake/manifest.ts";
import { call, coalesce, column, mapGet, objectKey, param, type QueryExpr } from "../sql/expr.ts";
import type { Leaf } from "./model/dimensions.ts";
import type { TimeAxis } from "./types.ts";

/** Loads that one scan reads in one way: all charges, or one kind of daily rollup of each. */
export interface Segment {
  readonly table: "charges" | "daily";
  readonly loads: readonly LoadEntry[];
  /** Of each load, for `daily`; else empty. */
  readonly rollups: readonly RollupFile[];
}

export interface SegmentNeeds {
  readonly leaves: readonly Leaf[];
  /** Every part, grain and period bound can be told from days. */
  readonly daily: boolean;
}

/** Each load by the cheapest table that gives the same answer. Sources get scans of their own where they are asked for. */
export const segmentsOf = (loads: readonly LoadEntry[], needs: SegmentNeeds): readonly Segment[] => {
  const bySource = needs.leaves.some(({ kind }) => kind === "source");
  const choices = loads.map((load) => ({
    load,
    rollup: needs.daily ? rollupFor(load, needs.leaves) : undefined,
  }));
  const groups = Map.groupBy(choices, ({ load, rollup }) =>
    JSON.stringify([rollup !== undefined, bySource ? load.source : null]),
  );
  return [...groups.values()].map((group) => {
    const rollups = group.flatMap(({ rollup }) => rollup ?? []);
    return {
      table: rollups.length === 0 ? "charges" : "daily",
      loads: group.map(({ load }) => load),
      rollups,
    };
  });
};

/** The smallest rollup of a load that holds all that is asked for, if any does. */
const rollupFor = ({ rollups }: LoadEntry, leaves: readonly Leaf[]): RollupFile | undefined => {
  const tags = new Set(leaves.flatMap((leaf) => (leaf.kind === "tag" ? [leaf.key] : [])));
  if (tags.size > 1 || leaves.some(({ kind }) => kind === "extra")) return undefined;
  const [tag] = tags;
  const names = leaves.flatMap((leaf) => (leaf.kind === "column" ? [leaf.name] : []));
  return rollups
    .filter((rollup) => rollup.tag === tag && names.every((name) => rollup.dimensions.includes(name)))
    .reduce<RollupFile | undefined>(
      (best, rollup) => (best === undefined || rollup.rows < best.rows ? rollup : best),
      undefined,
    );
};

/** The segment's expression of a leaf. */
export const leafExpr = (segment: Segment, leaf: Leaf): QueryExpr => {
  switch (leaf.kind) {
    case "column":
      return column(leaf.name, leaf.type);
    case "extra":
      return call("text", "objectGet", column("x_extra", "text"), objectKey(leaf.key));
    case "source":
      return param("text", segment.loads[0]?.source ?? "");
    case "tag":
      return tagExpr(segment, leaf.key);
  }
};

/** A promoted column where all files have it, the map where none has, both where only some do. */
const tagExpr = ({ table, loads }: Segment, key: string): QueryExpr<"text"> => {
  const names = loads.map(({ tagColumns }) => tagColumns[key]);
  const columns = [...new Set(names)].flatMap((name) => (name === undefined ? [] : [column(name, "text")]));
  const [first, ...rest] = columns;
  const map = mapGet(column("Tags", "map"), param("text", key));
  if (first === undefined) return map;
  return table === "daily" || (columns.length === 1 && !names.includes(undefined))
    ? coalesce(first, ...rest)
    : coalesce(first, ...rest, map);
};

/** When a row of the segment was used, or billed. */
export const timeExpr = ({ table }: Segment, axis: TimeAxis): QueryExpr<"timestamp"> | QueryExpr<"date"> => {
  if (axis === "invoice") return column("BillingPeriodStart", "timestamp");
  return table === "daily" ? column("ChargeDay", "date") : column("ChargePeriodStart", "timestamp");
};
