import { filterDimensions } from "../canonical.ts";
import { queryErrors } from "../errors.ts";
import { isAllocating } from "../model/dimensions.ts";
import { dimensionOf, type SemanticModel } from "../model/model.ts";
import type { Condition, Filter } from "../types.ts";

export interface SplitFilter {
  readonly where: Filter | undefined;
  readonly late: readonly Condition[];
}

/**
 * Takes the conditions on dimensions that share costs out from a filter: those can only be tested after the split.
 * @throws QUERY_FILTER_ALLOCATED where one is not joined to the rest by `and`
 */
export const splitAllocated = (filter: Filter | undefined, model: SemanticModel): SplitFilter => {
  if (filter === undefined) return { where: undefined, late: [] };
  const terms = "and" in filter ? flatten(filter.and) : [filter];
  const late: Condition[] = [];
  const early: Filter[] = [];
  for (const term of terms) {
    const allocated = filterDimensions(term).find((name) => isAllocating(dimensionOf(name, model)));
    if (allocated === undefined) early.push(term);
    else if ("dimension" in term && !late.some(({ dimension }) => dimension === term.dimension))
      late.push(term);
    else throw queryErrors.create("QUERY_FILTER_ALLOCATED", { dimension: allocated });
  }
  const [only] = early;
  return { where: early.length > 1 ? { and: early } : only, late };
};

const flatten = (terms: readonly Filter[]): readonly Filter[] =>
  terms.flatMap((term) => ("and" in term ? flatten(term.and) : [term]));
