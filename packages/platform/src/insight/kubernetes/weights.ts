import { type Day, type Decimal, day, decimal } from "@trimtab/domain";
import type { Lake } from "../../lake/lake.ts";
import { LOAD_COLUMN } from "../../lake/other-dataset.ts";
import { quoteIdent, quoteText } from "../../sql/dialect.ts";
import type { KubernetesDimension, ShareKind } from "./allocated-charge.ts";

/** Whole days that a window lies in: weights of one period share out the bill of that period. */
export interface WeightPeriod {
  readonly start: Day;
  readonly end: Day;
}

export interface Weight {
  readonly period: WeightPeriod;
  readonly assetKind: string;
  readonly assetId: string | null;
  readonly kind: ShareKind;
  readonly values: readonly (string | null)[];
  readonly weight: Decimal;
}

const KINDS: readonly ShareKind[] = ["workload", "idle", "unallocated", "unmounted"];

const PERIOD_START = "date_trunc('day', window_start)";
const PERIOD_END = "date_trunc('day', window_end - to_microseconds(1)) + to_days(1)";

/** The newest load of every cluster and window. */
const newest = (scan: string): string =>
  `(SELECT *, CAST(${PERIOD_START} AS DATE) AS period_start, CAST(${PERIOD_END} AS DATE) AS period_end FROM ${scan} ` +
  `QUALIFY ${LOAD_COLUMN} = max(${LOAD_COLUMN}) OVER (PARTITION BY COALESCE(cluster, ''), window_start, window_end))`;

const overlaps = (a: WeightPeriod, b: WeightPeriod): boolean => a.start < b.end && b.start < a.end;

const lengthOf = ({ start, end }: WeightPeriod): number => Date.parse(end) - Date.parse(start);

/** The finest periods that don't overlap; the rest would share out the same days again. */
export const finestPeriods = (
  periods: readonly WeightPeriod[],
): { readonly kept: readonly WeightPeriod[]; readonly left: readonly WeightPeriod[] } => {
  const kept: WeightPeriod[] = [];
  const left: WeightPeriod[] = [];
  const sorted = [...periods].sort((a, b) => lengthOf(a) - lengthOf(b) || (a.start < b.start ? -1 : 1));
  for (const period of sorted) (kept.some((one) => overlaps(one, period)) ? left : kept).push(period);
  return { kept: kept.sort((a, b) => (a.start < b.start ? -1 : 1)), left };
};

export const readPeriods = async (lake: Lake, scan: string): Promise<readonly WeightPeriod[]> => {
  const { rows } = await lake.run({
    text: `SELECT DISTINCT CAST(period_start AS VARCHAR), CAST(period_end AS VARCHAR) FROM ${newest(scan)} ORDER BY 1, 2`,
  });
  return rows.map(([start, end]) => ({ start: day(String(start)), end: day(String(end)) }));
};

const dimensionSql = (dimension: KubernetesDimension): string =>
  dimension.startsWith("label:")
    ? `labels[${quoteText(dimension.slice("label:".length))}]`
    : quoteIdent(dimension);

/** Weights per period, asset and value of the dimensions. A negative weight (an adjustment) counts as none. */
export const readWeights = async (
  lake: Lake,
  scan: string,
  dimensions: readonly KubernetesDimension[],
): Promise<readonly Weight[]> => {
  const values = dimensions.map((dimension, index) => `${dimensionSql(dimension)} AS v${index}`);
  const list = [
    "CAST(period_start AS VARCHAR)",
    "CAST(period_end AS VARCHAR)",
    "asset_kind",
    "asset_id",
    "kind",
  ];
  const { rows } = await lake.run({
    text:
      `SELECT ${[...list, "CAST(greatest(sum(weight), 0) AS DECIMAL(38,12))", ...values].join(", ")} ` +
      `FROM ${newest(scan)} GROUP BY ALL ORDER BY ALL`,
  });
  return rows.map(([start, end, assetKind, assetId, kind, weight, ...own]) => ({
    period: { start: day(String(start)), end: day(String(end)) },
    assetKind: String(assetKind),
    assetId: assetId === null ? null : String(assetId),
    kind: KINDS.find((known) => known === kind) ?? "workload",
    values: own.map((value) => (value === null ? null : String(value))),
    weight: decimal(String(weight)),
  }));
};
