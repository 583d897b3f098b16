import { useQuery } from "@tanstack/react-query";
import { CalendarClock, Plus } from "lucide-react";
import { useState } from "react";
import { call } from "../../api/client.ts";
import { useMay } from "../../api/use-me.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { ScheduleDialog } from "../settings/schedule-dialog.tsx";
import { ScheduleList } from "../settings/schedule-list.tsx";
import type { Schedule } from "../settings/schedule-types.ts";
import type { Report } from "./report-options.ts";

interface SchedulesPanelProps {
  readonly report: Report;
  readonly onClose: () => void;
}

/** When the report is sent, and to whom; each person gets what they may see. */
export const SchedulesPanel = ({ report, onClose }: SchedulesPanelProps) => {
  const [edited, setEdited] = useState<"new" | Schedule>();
  const mayChange = useMay("ingest");
  const schedules = useQuery({
    queryKey: ["schedules"],
    queryFn: ({ signal }) => call("GET /api/v1/schedules", { signal }),
    refetchInterval: 5000,
  });
  const items = schedules.data?.items.filter(
    ({ job }) => job.kind === "report" && job.settings.report === report.id,
  );
  const preset = {
    name: schedules.data?.items.some(({ name }) => name === report.title)
      ? `${report.title} (${(items?.length ?? 0) + 1})`
      : report.title,
    kind: "report",
    settings: { report: report.id },
  };
  const add = mayChange && (
    <Button kind="primary" onClick={() => setEdited("new")}>
      <Plus size={15} aria-hidden /> New schedule
    </Button>
  );
  return (
    <>
      <Dialog
        isOpen
        onClose={onClose}
        title={`Schedule ${report.title}`}
        about="Sent by email, Slack or webhook; each person gets what they may see"
        place="side"
      >
        {schedules.isError ? (
          <ProblemPanel error={schedules.error} onRetry={() => void schedules.refetch()} />
        ) : items === undefined ? (
          <SkeletonRows count={4} className="p-4" />
        ) : items.length === 0 ? (
          <EmptyState
            icon={<CalendarClock size={20} aria-hidden />}
            title="It is sent to nobody yet"
            actions={add}
          >
            {mayChange
              ? "Say when and to whom: every Monday at seven, say."
              : "Ask an operator to schedule it."}
          </EmptyState>
        ) : (
          <div className="flex flex-col gap-4 p-4">
            <ScheduleList schedules={items} mayChange={mayChange} onEdit={setEdited} />
            <div>{add}</div>
          </div>
        )}
      </Dialog>
      {edited !== undefined && (
        <ScheduleDialog
          {...(edited === "new" ? {} : { schedule: edited })}
          preset={preset}
          onClose={() => setEdited(undefined)}
        />
      )}
    </>
  );
};
