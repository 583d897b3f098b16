import { queryOptions } from "@tanstack/react-query";
import { call } from "./client.ts";

/** What the lake can be asked: dimensions, measures, tags, currencies, days. */
export const modelOptions = queryOptions({
  queryKey: ["model"],
  queryFn: ({ signal }) => call("GET /api/v1/model", { signal }),
});
