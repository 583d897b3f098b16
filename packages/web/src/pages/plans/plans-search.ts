import { queryOptions } from "@tanstack/react-query";
import { type Answer, call } from "../../api/client.ts";

export const PLAN_LISTS = ["waiting", "applied", "over"] as const;
export type PlanList = (typeof PLAN_LISTS)[number];

export interface PlansSearch {
  /** Absent: all of them. */
  readonly show?: PlanList;
}

export const readPlansSearch = ({ show }: Record<string, unknown>): PlansSearch => {
  const known = PLAN_LISTS.find((name) => name === show);
  return known === undefined ? {} : { show: known };
};

export interface NewPlanSearch {
  /** Ids of the recommendations that are chosen; absent: none yet. */
  readonly of?: readonly string[];
}

export const readNewPlanSearch = ({ of }: Record<string, unknown>): NewPlanSearch => {
  if (!Array.isArray(of)) return {};
  const ids = of.filter((id): id is string => typeof id === "string" && id !== "");
  return ids.length === 0 ? {} : { of: [...new Set(ids)] };
};

export const plansOptions = queryOptions({
  queryKey: ["plans"],
  queryFn: ({ signal }) => call("GET /api/v1/plans", { signal }),
});

export type PlanLine = Answer<"GET /api/v1/plans">["items"][number];
