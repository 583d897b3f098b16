import { type AxesSeries, sumTexts } from "trimtab/charts";
import { dimensionValue } from "../../format/dimension-names.ts";
import type { QueryResult } from "./explorer-question.ts";
import type { Filter } from "./explorer-search.ts";

type Cell = string | null;
type Aspect = "current" | "previous" | "change" | "change-rate" | "unit";

/** What the rest of a top is called. */
export const REST = "Everything else";

export const columnOf = (result: QueryResult, aspect: Aspect): number =>
  result.columns.findIndex((column) => column.role === "measure" && column.aspect === aspect);

const dimensionsOf = (result: QueryResult): readonly { readonly name: string; readonly index: number }[] =>
  result.columns.flatMap(({ name, role }, index) => (role === "dimension" ? [{ name, index }] : []));

/** One combination of the dimensions. */
export interface Line {
  /** Unique among the lines. */
  readonly key: string;
  readonly values: readonly Cell[];
  /** Values as they are read, by dimension. */
  readonly names: readonly string[];
  readonly isRest: boolean;
  readonly amount: Cell;
  readonly previous: Cell;
  readonly change: Cell;
  readonly changeRate: Cell;
  readonly unit: Cell;
}

export const linesOf = (result: QueryResult): readonly Line[] => {
  const dimensions = dimensionsOf(result);
  const rest = new Set(result.other);
  const at = (row: readonly Cell[], aspect: Aspect): Cell => row[columnOf(result, aspect)] ?? null;
  return result.rows.map((row, index) => {
    const values = dimensions.map((dimension) => row[dimension.index] ?? null);
    const isRest = rest.has(index);
    return {
      key: isRest ? "\u0000rest" : JSON.stringify(values),
      values,
      names: isRest
        ? dimensions.map((_dimension, place) => (place === 0 ? REST : ""))
        : dimensions.map(({ name }, place) => dimensionValue(values[place] ?? null, name)),
      isRest,
      amount: at(row, "current"),
      previous: at(row, "previous"),
      change: at(row, "change"),
      changeRate: at(row, "change-rate"),
      unit: at(row, "unit"),
    };
  });
};

/** Which colour each line has in a chart of the dearest: its place, or nothing where it is part of the rest. */
export const colorPlaces = (lines: readonly Line[], top: number): ReadonlyMap<string, number> =>
  new Map(
    lines
      .filter(({ isRest }) => !isRest)
      .toSorted((left, right) => Number(right.amount ?? 0) - Number(left.amount ?? 0))
      .slice(0, top)
      .map(({ key }, place) => [key, place]),
  );

/** A first name and the lines that have it. */
interface LineGroup {
  readonly name: string;
  /** Exact; what is unknown or a credit counts for nothing. */
  readonly text: string;
  readonly lines: readonly Line[];
}

/** The dearest first; the rest of a top is in none. */
export const groupsOf = (lines: readonly Line[]): readonly LineGroup[] =>
  [
    ...Map.groupBy(
      lines.filter(({ isRest }) => !isRest),
      ({ names }) => names[0] ?? "",
    ),
  ]
    .map(([name, members]) => ({
      name,
      text: sumTexts(members.map(({ amount }) => (Number(amount ?? 0) > 0 ? amount : "0"))) ?? "0",
      lines: members,
    }))
    .toSorted((left, right) => Number(right.text) - Number(left.text));

/** As `colorPlaces`, where a chart gives its colours to groups. */
export const groupPlaces = (lines: readonly Line[], top: number): ReadonlyMap<string, number> =>
  new Map(
    groupsOf(lines)
      .slice(0, top)
      .flatMap((group, place) => group.lines.map(({ key }): [string, number] => [key, place])),
  );

export interface TimeSeries extends AxesSeries {
  readonly key: string;
  readonly values: readonly (number | null)[];
  readonly cells: readonly Cell[];
  readonly line: Line;
}

/** Lines over the buckets of time, the dearest first and the rest last. Missing is nothing: the bill has no such charge. */
export const timeSeriesOf = (
  result: QueryResult,
  title: string,
): { readonly buckets: readonly string[]; readonly series: readonly TimeSeries[] } => {
  const timeAt = result.columns.findIndex(({ role }) => role === "time");
  const lines = linesOf(result);
  const buckets = [...new Set(result.rows.map((row) => row[timeAt] ?? ""))].sort();
  const bucketAt = new Map(buckets.map((bucket, index) => [bucket, index]));
  const found = new Map<string, { readonly line: Line; readonly cells: Cell[] }>();
  result.rows.forEach((row, index) => {
    const line = lines[index];
    if (line === undefined) return;
    const entry = found.get(line.key) ?? { line, cells: buckets.map(() => "0" as Cell) };
    entry.cells[bucketAt.get(row[timeAt] ?? "") ?? 0] = line.amount;
    found.set(line.key, entry);
  });
  const weight = (cells: readonly Cell[]) => cells.reduce((sum, cell) => sum + Number(cell ?? 0), 0);
  const series = [...found.entries()]
    .map(([key, { line, cells }]) => ({
      key,
      line,
      cells,
      name: line.names.filter((name) => name !== "").join(" · ") || title,
      values: cells.map((cell) => (cell === null ? null : Number(cell))),
      isRest: line.isRest,
    }))
    .sort((left, right) =>
      left.isRest === right.isRest ? weight(right.cells) - weight(left.cells) : left.isRest ? 1 : -1,
    );
  return { buckets, series };
};

/** The filter that a line stands for. */
export const filtersOfLine = (by: readonly string[], line: Line): readonly Filter[] =>
  by.map((dimension, index) => {
    const value = line.values[index] ?? null;
    return value === null ? { dimension, op: "is null" } : { dimension, op: "in", values: [value] };
  });
