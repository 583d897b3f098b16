import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { type Answer, call } from "../../api/client.ts";

export const DATA_PARTS = [
  "sources",
  "loads",
  "conformance",
  "changes",
  "reconciliation",
  "quarantine",
] as const;
export type DataPart = (typeof DATA_PARTS)[number];

export interface DataSearch {
  /** Absent: the sources. */
  readonly view?: DataPart;
  /** A load whose details are open. */
  readonly load?: string;
  /** Versions of the lake that are compared; absent: the newest with the one before. */
  readonly before?: number;
  readonly after?: number;
}

const versionOf = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : undefined;

export const readDataSearch = (search: Record<string, unknown>): DataSearch => {
  const view = DATA_PARTS.find((name) => name === search.view);
  const [before, after] = [versionOf(search.before), versionOf(search.after)];
  return {
    ...(view === undefined ? {} : { view }),
    ...(typeof search.load === "string" && search.load !== "" ? { load: search.load } : {}),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
};

// The first part of a key says what an answer follows from: whatever is of the lake is asked again once it changes.
export const lakeOptions = queryOptions({
  queryKey: ["lake", "state"],
  queryFn: ({ signal }) => call("GET /api/v1/lake", { signal }),
});

export const historyOptions = infiniteQueryOptions({
  queryKey: ["lake", "history"],
  queryFn: ({ pageParam, signal }) =>
    call("GET /api/v1/lake/loads", {
      query: { limit: 20, ...(pageParam === null ? {} : { cursor: pageParam }) },
      signal,
    }),
  initialPageParam: null as string | null,
  getNextPageParam: ({ nextCursor }) => nextCursor ?? null,
});

export const conformanceOptions = queryOptions({
  queryKey: ["lake", "conformance"],
  queryFn: ({ signal }) => call("GET /api/v1/lake/conformance", { signal }),
});

export const diffOptions = (from: number | undefined, to: number | undefined) =>
  queryOptions({
    queryKey: ["lake", "diff", from ?? null, to ?? null],
    queryFn: ({ signal }) =>
      call("GET /api/v1/lake/diff", {
        query: { limit: 500, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) },
        signal,
      }),
  });

export const reconciliationOptions = queryOptions({
  queryKey: ["lake", "reconciliation"],
  queryFn: ({ signal }) => call("GET /api/v1/lake/reconciliation", { signal }),
});

export const quarantineOptions = infiniteQueryOptions({
  queryKey: ["lake", "quarantine"],
  queryFn: ({ pageParam, signal }) =>
    call("GET /api/v1/lake/quarantine", {
      query: { limit: 100, ...(pageParam === null ? {} : { cursor: pageParam }) },
      signal,
    }),
  initialPageParam: null as string | null,
  getNextPageParam: ({ nextCursor }) => nextCursor ?? null,
});

export const uploadsOptions = queryOptions({
  queryKey: ["uploads"],
  queryFn: ({ signal }) => call("GET /api/v1/uploads", { signal }),
  // the server also tells by an event; this is for proxies that hold events back
  refetchInterval: ({ state: { data } }) =>
    data?.items.some(({ status }) => status === "waiting" || status === "loading") ? 2000 : false,
});

export type Lake = Answer<"GET /api/v1/lake">;
export type Load = Lake["loads"][number];
export type Source = Lake["sources"][number];
export type Version = Answer<"GET /api/v1/lake/loads">["items"][number];
export type Conformance = Answer<"GET /api/v1/lake/conformance">["sources"][number];
export type Diff = Answer<"GET /api/v1/lake/diff">;
export type ReconciliationLine = Answer<"GET /api/v1/lake/reconciliation">["lines"][number];
export type QuarantinedRow = Answer<"GET /api/v1/lake/quarantine">["items"][number];
