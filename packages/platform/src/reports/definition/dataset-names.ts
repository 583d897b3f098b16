/** What a report can show besides answers of the query model. */
export const DATASET_NAMES = [
  "recommendations",
  "tag-coverage",
  "focus-conformance",
  "access-review",
] as const;

export type DatasetName = (typeof DATASET_NAMES)[number];
