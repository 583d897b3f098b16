import { TrimtabError } from "@trimtab/domain";
import { Renderer } from "../sql/dialect.ts";
import { call, param, text } from "../sql/expr.ts";
import type { QueryEngine } from "./engines/engine.ts";
import { queryErrors } from "./errors.ts";
import type { Filter } from "./types.ts";

const REFUSALS: readonly string[] = ["LAKE_QUERY_FAILED", "CLUSTER_QUERY_FAILED"];

/** Did the engine refuse the statement, rather than fail to be reached, to be allowed or to have the memory? */
export const isRefusal = (error: unknown): boolean =>
  error instanceof TrimtabError && REFUSALS.includes(error.code);

/**
 * After a query failed: was it for a pattern that the engine can't read? Only the engine knows its own syntax.
 * @throws QUERY_PATTERN_INVALID
 */
export const checkPatterns = async (
  engine: QueryEngine,
  filters: readonly (Filter | undefined)[],
  signal: AbortSignal,
): Promise<void> => {
  for (const pattern of new Set(
    filters.flatMap((filter) => (filter === undefined ? [] : patternsOf(filter))),
  )) {
    const renderer = new Renderer(engine.dialect);
    const probe = renderer.sql(call("boolean", "regexpMatches", text(""), param("text", pattern)));
    try {
      await engine.run({ text: `SELECT ${probe}`, params: renderer.params }, { signal });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const details = { pattern: pattern.slice(0, 100), reason: error instanceof Error ? error.message : "" };
      throw queryErrors.create("QUERY_PATTERN_INVALID", details, { cause: error });
    }
  }
};

const patternsOf = (filter: Filter): readonly string[] => {
  if ("and" in filter) return filter.and.flatMap(patternsOf);
  if ("or" in filter) return filter.or.flatMap(patternsOf);
  if ("not" in filter) return patternsOf(filter.not);
  return filter.op === "matches" ? [filter.value] : [];
};
