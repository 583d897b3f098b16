import { queryOptions } from "@tanstack/react-query";
import { type Answer, call } from "./client.ts";

export type Branding = Answer<"GET /api/v1/branding">;

/** Name, logo and colours: whoever opens a page sees them, signed in or not. */
export const brandingOptions = queryOptions({
  queryKey: ["branding"],
  queryFn: ({ signal }) => call("GET /api/v1/branding", { signal }),
  staleTime: 60 * 60_000,
});
