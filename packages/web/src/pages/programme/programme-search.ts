import { queryOptions } from "@tanstack/react-query";
import { type Answer, call } from "../../api/client.ts";

export const PROGRAMME_PARTS = ["plan", "proof", "records", "report"] as const;
export type ProgrammePart = (typeof PROGRAMME_PARTS)[number];

export interface ProgrammeSearch {
  /** Absent: the plan. */
  readonly view?: ProgrammePart;
  /** A task whose details are open. */
  readonly task?: string;
  /** Of the status report; absent: weekly. */
  readonly cadence?: "daily";
}

export const readProgrammeSearch = (search: Record<string, unknown>): ProgrammeSearch => {
  const view = PROGRAMME_PARTS.find((name) => name === search.view);
  return {
    ...(view === undefined ? {} : { view }),
    ...(typeof search.task === "string" && search.task !== "" ? { task: search.task } : {}),
    ...(search.cadence === "daily" ? { cadence: "daily" as const } : {}),
  };
};

export const programmesOptions = queryOptions({
  queryKey: ["programmes"],
  queryFn: ({ signal }) => call("GET /api/v1/programmes", { signal }),
});

export const boardOptions = (id: string) =>
  queryOptions({
    queryKey: ["programme", id, "board"],
    queryFn: ({ signal }) => call("GET /api/v1/programmes/:id", { params: { id }, signal }),
  });

export const waterfallOptions = (id: string) =>
  queryOptions({
    queryKey: ["programme", id, "waterfall"],
    queryFn: ({ signal }) =>
      call("GET /api/v1/programmes/:id/waterfall", { params: { id }, query: {}, signal }),
  });

export const statusOptions = (id: string, cadence: "daily" | "weekly" = "weekly") =>
  queryOptions({
    queryKey: ["programme", id, "status", cadence],
    queryFn: ({ signal }) =>
      call("GET /api/v1/programmes/:id/status", { params: { id }, query: { cadence }, signal }),
  });

export type ProgrammeHead = Answer<"GET /api/v1/programmes">["items"][number];
export type Board = Answer<"GET /api/v1/programmes/:id">;
export type Task = Board["programme"]["tasks"][number];
export type ScheduledTask = Board["schedule"]["tasks"][number];
export type Waterfall = Answer<"GET /api/v1/programmes/:id/waterfall">["waterfall"];
export type StatusReport = Answer<"GET /api/v1/programmes/:id/status">;
export type Realised = StatusReport["total"]["realised"];
export type TaskStatus = StatusReport["steps"][number]["status"];
export type Scenarios = Waterfall["end"];

export const statusOf = ({ facts }: Board, task: string): TaskStatus => facts[task]?.status ?? "todo";
