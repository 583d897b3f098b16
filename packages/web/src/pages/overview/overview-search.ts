import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { type Answer, call } from "../../api/client.ts";

export interface OverviewSearch {
  /** Absent: the newest with charges. */
  readonly month?: string;
  /** Absent: the one that most is billed in. */
  readonly currency?: string;
  /** Whose before and after is shown; absent: the newest under way. */
  readonly programme?: string;
}

export const readOverviewSearch = ({
  month,
  currency,
  programme,
}: Record<string, unknown>): OverviewSearch => ({
  ...(typeof month === "string" && /^\d{4}-\d{2}$/.test(month) ? { month } : {}),
  ...(typeof currency === "string" && /^[A-Z]{3}$/.test(currency) ? { currency } : {}),
  ...(typeof programme === "string" && programme !== "" ? { programme } : {}),
});

export const overviewOptions = ({ month, currency }: OverviewSearch) => {
  const search = {
    ...(month === undefined ? {} : { month }),
    ...(currency === undefined ? {} : { currency }),
  };
  return queryOptions({
    queryKey: ["overview", search],
    queryFn: ({ signal }) => call("GET /api/v1/overview", { query: search, signal }),
    placeholderData: keepPreviousData,
  });
};

type AnyOverview = Answer<"GET /api/v1/overview">;
export type Overview = Extract<AnyOverview, { readonly status: "ready" }>;
export type ShareLine = Overview["services"][number];
export type Mover = Overview["movers"][number];
