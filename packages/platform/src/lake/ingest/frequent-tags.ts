import { type Expr, nullOf } from "../../sql/expr.ts";
import { tagColumnName } from "../charge-columns.ts";
import { type InputGroup, sqlIn } from "./input-group.ts";
import { rowSql } from "./relation-sql.ts";
import type { Run } from "./stage.ts";

const SAMPLE_ROWS = 20_000;
/** A key on at least this share of the sampled rows is worth a column. */
const MIN_SHARE = 0.05;
const MAX_COLUMNS = 8;

const tagsOf = (group: InputGroup): Expr<"map"> =>
  group.mapping.branches.find(({ columns }) => columns.Tags !== undefined)?.columns.Tags ?? nullOf("map");

const sampleKeys = async (run: Run, group: InputGroup, from: string): Promise<Map<string, number>> => {
  const base = rowSql(group, `(SELECT * FROM ${from} LIMIT ${SAMPLE_ROWS})`);
  const sampled = `SELECT ${sqlIn(group)(tagsOf(group))} AS tags, count(*) OVER () AS total FROM ${base}`;
  const { rows } = await run({
    text:
      "SELECT key, count(*), any_value(total) " +
      `FROM (${sampled}) AS sampled CROSS JOIN UNNEST(map_keys(tags)) AS keys(key) GROUP BY key`,
  });
  return new Map(
    rows.map(([key, count, total]) => [String(key), Number(count) / Math.max(1, Number(total))]),
  );
};

/**
 * Tag keys that get a column: those that already have one in the lake, then the most frequent of a sample. A column
 * groups about four times faster than the map; all other keys stay in the map.
 * @param read FROM-able SQL over files of a group that are worth sampling
 */
export const frequentTags = async (
  run: Run,
  groups: readonly InputGroup[],
  known: Readonly<Record<string, string>>,
  read: (group: InputGroup) => string,
): Promise<ReadonlyMap<string, string>> => {
  const columns = new Map(Object.entries(known));
  const shares = new Map<string, number>();
  for (const group of groups) {
    // A file that the reader refuses says so when it is staged; a sample may fail quietly.
    const keys = await sampleKeys(run, group, read(group)).catch(() => new Map<string, number>());
    for (const [key, share] of keys) shares.set(key, Math.max(share, shares.get(key) ?? 0));
  }
  const byShare = [...shares].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  for (const [key, share] of byShare) {
    if (columns.size >= MAX_COLUMNS || share < MIN_SHARE) break;
    if (!columns.has(key)) columns.set(key, tagColumnName(key, new Set(columns.values())));
  }
  return columns;
};
