import type { BlockOf } from "../../components/report/report-types.ts";
import type { Filter } from "../explorer/explorer-search.ts";

/** A block that asks the query model. */
export type AskingBlock = BlockOf<"chart"> | BlockOf<"table"> | BlockOf<"figure">;

export const ZONES = ["rows", "columns", "measures", "filters"] as const;
export type Zone = (typeof ZONES)[number];

/** What can be dragged. Time is a field like any other: it is called `time`. */
export interface Field {
  readonly kind: "measure" | "dimension" | "time";
  readonly name: string;
}

export const TIME: Field = { kind: "time", name: "time" };

export const zonesOfBlock = ({ type }: AskingBlock): readonly Zone[] =>
  type === "figure" ? ["measures", "filters"] : ZONES;

/** Whether a field may be dropped there. */
export const takes = (zone: Zone, { kind }: Field): boolean => {
  if (zone === "measures") return kind === "measure";
  if (zone === "filters") return kind === "dimension";
  return kind !== "measure";
};

interface Shape {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
}

/** Charts over time have it across and the dimensions as series; without time the first dimension is across. */
const shapeOf = (block: BlockOf<"chart"> | BlockOf<"table">): Shape => {
  const { by, grain } = block.query;
  if (block.type === "chart") {
    return grain === undefined
      ? { columns: by.slice(0, 1), rows: by.slice(1) }
      : { columns: ["time"], rows: by };
  }
  const all = [...(grain === undefined ? [] : ["time"]), ...by];
  const across = block.columns !== undefined && all.includes(block.columns) ? [block.columns] : [];
  return { columns: across, rows: all.filter((name) => !across.includes(name)) };
};

const withShape = (
  block: BlockOf<"chart"> | BlockOf<"table">,
  { rows, columns }: Shape,
): BlockOf<"chart"> | BlockOf<"table"> => {
  const hasTime = rows.includes("time") || columns.includes("time");
  const order = block.type === "chart" ? [...columns, ...rows] : [...rows, ...columns];
  const { grain, ...asked } = block.query;
  const query = {
    ...asked,
    by: order.filter((name) => name !== "time"),
    ...(hasTime ? { grain: grain ?? ("month" as const) } : {}),
  };
  if (block.type === "chart") return { ...block, query };
  const { columns: _, ...table } = block;
  const [across] = columns;
  return { ...table, query, ...(across === undefined ? {} : { columns: across }) };
};

export const filtersOf = (block: AskingBlock): readonly Filter[] => {
  const where = block.type === "figure" ? block.where : block.query.where;
  if (where === undefined) return [];
  return "and" in where ? where.and : [where];
};

export const withFilters = <T extends AskingBlock>(block: T, filters: readonly Filter[]): T => {
  const [only] = filters;
  const where = only === undefined ? {} : { where: filters.length === 1 ? only : { and: [...filters] } };
  if (block.type === "figure") {
    const { where: _, ...rest } = block;
    return { ...rest, ...where } as T;
  }
  const { where: _, ...query } = block.query;
  return { ...block, query: { ...query, ...where } } as T;
};

/** Names of what stands in a zone, in their order; of filters see {@link filtersOf}. */
export const namesIn = (block: AskingBlock, zone: Zone): readonly string[] => {
  if (zone === "filters") return [];
  if (block.type === "figure") return zone === "measures" ? [block.measure] : [];
  if (zone === "measures") return block.query.measures;
  return shapeOf(block)[zone];
};

const inserted = (names: readonly string[], name: string, at: number): readonly string[] =>
  names.filter((other) => other !== name).toSpliced(at, 0, name);

/** Puts a field into a zone, out of where it stood; what no longer fits across goes down. Filters are written elsewhere. */
export const placeField = <T extends AskingBlock>(
  block: T,
  field: Field,
  zone: Zone,
  at = Number.MAX_SAFE_INTEGER,
): T => {
  if (!takes(zone, field) || zone === "filters") return block;
  if (block.type === "figure") return { ...block, measure: field.name };
  if (zone === "measures") {
    const measures = inserted(block.query.measures, field.name, at);
    return { ...block, query: { ...block.query, measures: [...measures] } } as T;
  }
  const { rows, columns } = shapeOf(block);
  const without = (names: readonly string[]) => names.filter((name) => name !== field.name);
  if (zone === "columns") {
    return withShape(block, { columns: [field.name], rows: [...without(columns), ...without(rows)] }) as T;
  }
  return withShape(block, { columns: without(columns), rows: inserted(rows, field.name, at) }) as T;
};

/** The last measure stays: a question has one at least. */
export const removeField = <T extends AskingBlock>(block: T, name: string, zone: Zone): T => {
  if (block.type === "figure" || zone === "filters") return block;
  if (zone === "measures") {
    const measures = block.query.measures.filter((other) => other !== name);
    return measures.length === 0 ? block : ({ ...block, query: { ...block.query, measures } } as T);
  }
  const { rows, columns } = shapeOf(block);
  const without = (names: readonly string[]) => names.filter((other) => other !== name);
  return withShape(block, { rows: without(rows), columns: without(columns) }) as T;
};
