import { call } from "../../api/client.ts";
import { useChange } from "../../api/use-change.ts";

/** Lets go of a pinned result. */
export const useUnpin = (id: string, onDone?: () => void) =>
  useChange({
    run: (snapshot: string) =>
      call("DELETE /api/v1/reports/:id/snapshots/:snapshot", { params: { id, snapshot } }),
    refreshes: ["report-snapshots"],
    done: "Unpinned",
    ...(onDone === undefined ? {} : { onDone }),
  });
