import { useQuery } from "@tanstack/react-query";
import { type Answer, call } from "../api/client.ts";

type PersonName = Answer<"GET /api/v1/people/names">["items"][number];
type Addressed = PersonName & { readonly email: string };

/** Whoever can sign in: for assigning and mentioning, which goes by address. None for those who may do neither. */
export const usePeople = (): readonly Addressed[] =>
  useQuery({
    queryKey: ["people-names"],
    queryFn: ({ signal }) => call("GET /api/v1/people/names", { signal }),
  }).data?.items.filter(hasAddress) ?? [];

const hasAddress = (person: PersonName): person is Addressed => person.email !== undefined;
