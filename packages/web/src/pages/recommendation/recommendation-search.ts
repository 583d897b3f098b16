export type TriedLimit = string | number | boolean;

/** Limits of the advisor that are tried, by name. */
export type TriedLimits = Readonly<Record<string, TriedLimit>>;

export interface RecommendationSearch {
  /** Absent: as the advisor has them. */
  readonly limits?: TriedLimits;
}

const isLimit = (value: unknown): value is TriedLimit =>
  typeof value === "boolean" || typeof value === "string" || Number.isFinite(value);

export const readRecommendationSearch = ({ limits }: Record<string, unknown>): RecommendationSearch => {
  if (typeof limits !== "object" || limits === null) return {};
  const known = Object.entries(limits).filter((entry): entry is [string, TriedLimit] => isLimit(entry[1]));
  return known.length === 0 ? {} : { limits: Object.fromEntries(known) };
};
