import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { type Answer, call } from "../../api/client.ts";

const STATUSES = ["open", "accepted", "snoozed", "dismissed", "all"] as const;
export const RANKINGS = ["roi", "money", "risk", "quick"] as const;
export const RISKS = ["none", "low", "medium", "high"] as const;

export interface RecommendationsSearch {
  /** Absent: open. */
  readonly status?: (typeof STATUSES)[number];
  /** Absent: by what an hour of work brings. */
  readonly rank?: (typeof RANKINGS)[number];
  readonly risk?: (typeof RISKS)[number];
  readonly advisor?: string;
  readonly account?: string;
  readonly region?: string;
}

const oneOf = <T extends string>(choices: readonly T[], value: unknown): T | undefined =>
  choices.find((choice) => choice === value);

const given = <K extends string, V>(name: K, value: V | undefined): { readonly [N in K]?: V } =>
  value === undefined ? {} : ({ [name]: value } as { readonly [N in K]: V });

const textIn = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

export const readRecommendationsSearch = (raw: Record<string, unknown>): RecommendationsSearch => ({
  ...given("status", oneOf(STATUSES, raw.status)),
  ...given("rank", oneOf(RANKINGS, raw.rank)),
  ...given("risk", oneOf(RISKS, raw.risk)),
  ...given("advisor", textIn(raw.advisor)),
  ...given("account", textIn(raw.account)),
  ...given("region", textIn(raw.region)),
});

export const recommendationsOptions = ({ rank, ...narrowed }: RecommendationsSearch) =>
  queryOptions({
    queryKey: ["recommendations", { rank, ...narrowed }],
    queryFn: ({ signal }) =>
      call("GET /api/v1/recommendations", { query: { ...narrowed, by: rank ?? "roi" }, signal }),
    placeholderData: keepPreviousData,
  });

export type Recommendations = Answer<"GET /api/v1/recommendations">;
export type RecommendationLine = Recommendations["items"][number];
