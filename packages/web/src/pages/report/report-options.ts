import { queryOptions } from "@tanstack/react-query";
import { type Answer, call } from "../../api/client.ts";
import { type ReportSearch, readingOf } from "./report-search.ts";

export type Report = Answer<"GET /api/v1/reports/:id">;
export type ReportResult = Answer<"GET /api/v1/reports/:id/result">;

export const reportOptions = (id: string) =>
  queryOptions({
    queryKey: ["report", id],
    queryFn: ({ signal }) => call("GET /api/v1/reports/:id", { params: { id }, signal }),
    staleTime: 0,
  });

/** What it says now. The server keeps results, so that asking again costs nothing. */
export const resultOptions = (id: string, search: ReportSearch) => {
  const query = readingOf(search);
  return queryOptions({
    queryKey: ["report-result", id, query],
    queryFn: ({ signal }) => call("GET /api/v1/reports/:id/result", { params: { id }, query, signal }),
    staleTime: 0,
  });
};

export const snapshotsOptions = (id: string) =>
  queryOptions({
    queryKey: ["report-snapshots", id],
    queryFn: ({ signal }) => call("GET /api/v1/reports/:id/snapshots", { params: { id }, signal }),
    staleTime: 0,
  });

export const snapshotOptions = (id: string, snapshot: string) =>
  queryOptions({
    queryKey: ["report-snapshots", id, snapshot],
    queryFn: ({ signal }) =>
      call("GET /api/v1/reports/:id/snapshots/:snapshot", { params: { id, snapshot }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
