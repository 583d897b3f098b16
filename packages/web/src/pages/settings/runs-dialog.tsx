import { useQuery } from "@tanstack/react-query";
import { call } from "../../api/client.ts";
import { Badge } from "../../components/badge.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { formatMoment } from "../../format/dates.ts";
import { runTones, type Schedule } from "./schedule-types.ts";

const triggers = { cron: "on time", late: "late, for missed ones", manual: "by hand" } as const;

interface RunsDialogProps {
  readonly schedule: Schedule;
  readonly onClose: () => void;
}

/** How a schedule went, newest first. */
export const RunsDialog = ({ schedule, onClose }: RunsDialogProps) => {
  const runs = useQuery({
    queryKey: ["runs", schedule.id],
    queryFn: ({ signal }) =>
      call("GET /api/v1/schedules/:id/runs", {
        params: { id: schedule.id },
        query: { limit: 100 },
        signal,
      }),
    refetchInterval: 5000,
  });
  return (
    <Dialog isOpen onClose={onClose} title={`Runs of ${schedule.name}`} about="The newest 100" place="side">
      {runs.isError ? (
        <ProblemPanel error={runs.error} onRetry={() => void runs.refetch()} />
      ) : runs.data === undefined ? (
        <SkeletonRows count={6} className="p-4" />
      ) : runs.data.items.length === 0 ? (
        <EmptyState title="It has not run yet">Run it by hand, or wait for its time.</EmptyState>
      ) : (
        <ol className="flex flex-col divide-y divide-line px-4">
          {runs.data.items.map(({ id, status, dueAt, trigger, startedAt, endedAt, summary, takes }) => (
            <li key={id} className="py-3">
              <p className="flex flex-wrap items-center gap-2">
                <Badge tone={runTones[status]}>{status}</Badge>
                <span className="font-medium">{formatMoment(dueAt)}</span>
                <span className="text-sm text-ink-3">
                  {triggers[trigger]}
                  {startedAt !== undefined &&
                    endedAt !== undefined &&
                    ` · took ${Math.max(1, Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1000))} s`}
                  {takes > 1 && ` · ${takes} takes`}
                </span>
              </p>
              {summary !== "" && <p className="mt-1 text-sm break-words text-ink-2">{summary}</p>}
            </li>
          ))}
        </ol>
      )}
    </Dialog>
  );
};
