import { useQuery } from "@tanstack/react-query";
import { type Answer, call } from "../api/client.ts";

type PersonName = Answer<"GET /api/v1/people/names">["items"][number];

/** Whoever can sign in, no two by the same name: for assigning and mentioning. */
export const usePeople = (): readonly PersonName[] =>
  useQuery({
    queryKey: ["people-names"],
    queryFn: ({ signal }) => call("GET /api/v1/people/names", { signal }),
  }).data?.items ?? [];
