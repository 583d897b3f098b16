import { filterDimensions } from "./canonical.ts";
import type { Dimension, Leaf } from "./model/dimensions.ts";
import { BASE_MODEL, dimensionOf, type SemanticModel } from "./model/model.ts";
import type { Filter } from "./types.ts";

/** What a scan has to tell. */
interface Needs {
  readonly dimensions: readonly Dimension[];
  readonly filters: readonly Filter[];
  /** Names of charge columns. */
  readonly columns: readonly string[];
}

/** What of a charge row itself is read for that; dimensions made by rules come down to what the rules read. */
export const leavesNeeded = (
  { dimensions, filters, columns }: Needs,
  model: SemanticModel,
): readonly Leaf[] => {
  const leaves = new Map<string, Leaf>();
  const visit = (dimension: Dimension): void => {
    if (dimension.kind !== "virtual") {
      leaves.set(dimension.name, dimension);
      return;
    }
    for (const rule of dimension.rules) {
      if (rule.where !== undefined) visitFilter(rule.where);
      if ("from" in rule) visit(dimensionOf(rule.from, model));
    }
  };
  const visitFilter = (filter: Filter): void => {
    for (const name of filterDimensions(filter)) visit(dimensionOf(name, model));
  };
  for (const dimension of dimensions) visit(dimension);
  for (const filter of filters) visitFilter(filter);
  for (const name of columns) visit(dimensionOf(name, BASE_MODEL));
  return [...leaves.values()];
};
