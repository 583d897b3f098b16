/** What a report can show besides answers of the query model. */
export const DATASET_NAMES = [
  "recommendations",
  "savings-waterfall",
  "programme-status",
  "tag-coverage",
  "focus-conformance",
  "reconciliation",
  "access-review",
] as const;

/** Those that speak of one programme of work, which a block may name. */
export const PROGRAMME_DATASETS = ["savings-waterfall", "programme-status"] as const;

export type DatasetName = (typeof DATASET_NAMES)[number];
