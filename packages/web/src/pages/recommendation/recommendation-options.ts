import { queryOptions } from "@tanstack/react-query";
import { type Answer, call } from "../../api/client.ts";

export const recommendationOptions = (id: string) =>
  queryOptions({
    queryKey: ["recommendation", id],
    queryFn: ({ signal }) => call("GET /api/v1/recommendations/:id", { params: { id }, signal }),
  });

export type RecommendationDetail = Answer<"GET /api/v1/recommendations/:id">;
export type RecommendationBody = RecommendationDetail["recommendation"];
export type Setting = RecommendationDetail["settings"][number];
export type WhatIf = Answer<"POST /api/v1/recommendations/:id/what-if">;
