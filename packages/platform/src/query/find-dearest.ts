import type { LoadEntry } from "../lake/manifest.ts";
import type { CellValue } from "../lake/result-set.ts";
import { Renderer } from "../sql/dialect.ts";
import { and, column, isNotNull, isNull, type QueryExpr } from "../sql/expr.ts";
import { whereOfCharges } from "./compile.ts";
import type { QueryEngine } from "./engines/engine.ts";
import type { Leaf } from "./model/dimensions.ts";
import type { QueryPlan } from "./plan.ts";
import { type Segment, segmentsOf } from "./segments.ts";

/** Rows of one file, which is the segment's only one. */
export interface NumberedRows {
  readonly segment: Segment;
  readonly rows: readonly number[];
}

/** More would take longer to plan, or to pick out, than it spares. */
const MOST_FILES = 32;
const MOST_SHOWN = 1000;
/** Charges that may cost as much as the last one that is shown. */
const MOST_ALIKE = 1000;

/**
 * Where the charges are that cost most. All columns of a month are much to read, and few of its charges are shown: only
 * the costs are read of all, and of few charges the rest.
 * @param shown so many are asked for, by cost, with those that cost as much as the last of them
 * @returns undefined where this can't be told, or is not worth its while
 */
export const findDearest = async (
  engine: QueryEngine,
  plan: QueryPlan,
  shown: number,
  signal: AbortSignal,
): Promise<readonly NumberedRows[] | undefined> => {
  const files = plan.loads.flatMap((load) => load.files.map((file) => ({ ...load, files: [file] })));
  if (engine.rowNumber === undefined || files.length > MOST_FILES || shown > MOST_SHOWN) return undefined;
  const segments = files.flatMap((file) => sourceSegments([file]));
  const most = shown + MOST_ALIKE;
  const renderer = new Renderer(engine.dialect);
  const scans = segments.flatMap((segment, index) =>
    PRICES.map(
      ({ cost, applies }) =>
        `SELECT ${index} AS file, ${engine.rowNumber} AS row, ${renderer.sql(cost)} AS cost\n` +
        `FROM ${engine.scan(plan.snapshot, { ...segment, numbered: true })} AS c\n` +
        `WHERE ${renderer.sql(and(whereOfCharges(plan, segment), applies))}`,
    ),
  );
  const text = `SELECT * FROM (\n${scans.join("\nUNION ALL\n")}\n) AS u\nORDER BY cost DESC NULLS LAST LIMIT ${most}`;
  const { rows } = await engine.run({ text, params: renderer.params }, { signal });
  const last = costOf(rows[shown - 1]);
  if (rows.length === most && costOf(rows.at(-1)) === last) return undefined;
  const dearest = rows.filter((row, index) => index < shown || costOf(row) === last);
  return segments
    .map((segment, index) => ({
      segment,
      rows: dearest.flatMap(([file, row]) => (Number(file) === index ? [Number(row)] : [])),
    }))
    .filter((found) => found.rows.length > 0);
};

const costOf = (row: readonly CellValue[] | undefined): CellValue => row?.[2] ?? null;

interface Price {
  readonly cost: QueryExpr<"decimal">;
  readonly applies: QueryExpr<"boolean">;
}

const EFFECTIVE = column("EffectiveCost", "decimal");

/** Each by a column alone, not by a choice between two: of a file that has all effective costs, the others are not read. */
const PRICES: readonly Price[] = [
  { cost: EFFECTIVE, applies: isNotNull(EFFECTIVE) },
  { cost: column("BilledCost", "decimal"), applies: isNull(EFFECTIVE) },
];

/** A scan for each source, as its name is no column of its charges. */
export const sourceSegments = (loads: readonly LoadEntry[]): readonly Segment[] =>
  segmentsOf(loads, { leaves: [SOURCE], daily: false });

const SOURCE: Leaf = { kind: "source", name: "source", type: "text" };
