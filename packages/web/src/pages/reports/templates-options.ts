import { queryOptions } from "@tanstack/react-query";
import { call } from "../../api/client.ts";

/** Reports to start from. */
export const templatesOptions = queryOptions({
  queryKey: ["report-templates"],
  queryFn: ({ signal }) => call("GET /api/v1/report-templates", { signal }),
});
