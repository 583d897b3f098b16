import { queryOptions, useQuery } from "@tanstack/react-query";
import { setReader } from "../format/reader.ts";
import { type Answer, call } from "./client.ts";

export type Me = Answer<"GET /api/v1/me">;
export type Permission = Me["permissions"][number];

export const meOptions = queryOptions({
  queryKey: ["me"],
  queryFn: async ({ signal }) => {
    const me = await call("GET /api/v1/me", { signal });
    setReader(me.profile);
    return me;
  },
  staleTime: 15 * 60_000,
});

/** Whoever is signed in. Pages behind the shell are only shown to somebody. */
export const useMe = (): Me | undefined => useQuery(meOptions).data;

export const useMay = (permission: Permission): boolean => useMe()?.permissions.includes(permission) ?? false;
