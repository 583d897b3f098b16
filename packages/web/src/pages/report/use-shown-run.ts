import { useQuery } from "@tanstack/react-query";
import type { ReportRun } from "../../components/report/report-types.ts";
import { resultOptions, snapshotOptions } from "./report-options.ts";
import type { ReportSearch } from "./report-search.ts";

/** What stands on the page: what the report says now, or what was pinned. Undefined until it is read. */
export const useShownRun = (id: string, search: ReportSearch): ReportRun | undefined => {
  const { snapshot = "" } = search;
  const isPinned = snapshot !== "";
  const now = useQuery({ ...resultOptions(id, search), enabled: !isPinned });
  const pinned = useQuery({ ...snapshotOptions(id, snapshot), enabled: isPinned });
  return isPinned ? pinned.data?.run : now.data?.run;
};
