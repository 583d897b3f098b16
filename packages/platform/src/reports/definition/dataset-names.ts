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

export type DatasetName = (typeof DATASET_NAMES)[number];
