import { queryOptions } from "@tanstack/react-query";
import { type Answer, call } from "../../api/client.ts";

export const overviewProgrammeOptions = (programme: string | undefined) =>
  queryOptions({
    queryKey: ["overview", "programme", programme ?? ""],
    queryFn: ({ signal }) =>
      call("GET /api/v1/overview/programme", {
        query: programme === undefined ? {} : { programme },
        signal,
      }),
  });

export type ProgrammeFigures = Extract<
  Answer<"GET /api/v1/overview/programme">,
  { readonly status: "ready" }
>;
export type TimelineTask = ProgrammeFigures["tasks"][number];
