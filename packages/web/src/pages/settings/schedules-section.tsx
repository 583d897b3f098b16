import { useQuery } from "@tanstack/react-query";
import { CalendarClock, Plus } from "lucide-react";
import { useState } from "react";
import { call } from "../../api/client.ts";
import { useChange } from "../../api/use-change.ts";
import { useMay } from "../../api/use-me.ts";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { formatMoment } from "../../format/dates.ts";
import { cronWords } from "./cron-words.ts";
import { RunsDialog } from "./runs-dialog.tsx";
import { ScheduleDialog } from "./schedule-dialog.tsx";
import { runTones, type Schedule } from "./schedule-types.ts";

/** What runs at set times. */
export const SchedulesSection = () => {
  const [edited, setEdited] = useState<"new" | Schedule>();
  const [shown, setShown] = useState<Schedule>();
  const mayChange = useMay("ingest");
  const schedules = useQuery({
    queryKey: ["schedules"],
    queryFn: ({ signal }) => call("GET /api/v1/schedules", { signal }),
    refetchInterval: 15_000,
  });
  const add = mayChange && (
    <Button kind="primary" onClick={() => setEdited("new")}>
      <Plus size={15} aria-hidden /> New schedule
    </Button>
  );
  const items = schedules.data?.items;
  return (
    <Card
      title="Schedules"
      about="Work that is done at set times, and who gets what it makes"
      actions={items !== undefined && items.length > 0 && add}
    >
      {schedules.isError ? (
        <ProblemPanel error={schedules.error} onRetry={() => void schedules.refetch()} />
      ) : items === undefined ? (
        <SkeletonRows count={3} />
      ) : items.length === 0 ? (
        <EmptyState icon={<CalendarClock size={20} aria-hidden />} title="Nothing is scheduled" actions={add}>
          {mayChange
            ? "Load new bills every morning, or look for savings every week."
            : "Ask an operator to schedule what you need."}
        </EmptyState>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {items.map((schedule) => (
            <ScheduleRow
              key={schedule.id}
              schedule={schedule}
              mayChange={mayChange}
              onEdit={() => setEdited(schedule)}
              onRuns={() => setShown(schedule)}
            />
          ))}
        </ul>
      )}
      {edited !== undefined && (
        <ScheduleDialog
          {...(edited === "new" ? {} : { schedule: edited })}
          onClose={() => setEdited(undefined)}
        />
      )}
      {shown !== undefined && <RunsDialog schedule={shown} onClose={() => setShown(undefined)} />}
    </Card>
  );
};

interface ScheduleRowProps {
  readonly schedule: Schedule;
  readonly mayChange: boolean;
  readonly onEdit: () => void;
  readonly onRuns: () => void;
}

export const ScheduleRow = ({ schedule, mayChange, onEdit, onRuns }: ScheduleRowProps) => {
  const { id, name, cron, timeZone, enabled, nextRunAt, lastRun, job } = schedule;
  const run = useChange({
    run: () => call("POST /api/v1/schedules/:id/run", { params: { id } }),
    refreshes: ["schedules", "runs"],
    done: `${name} runs within seconds`,
  });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3 first:pt-1 last:pb-0">
      <div className="min-w-48 grow">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {name} <Badge>{job.kind}</Badge> {!enabled && <Badge tone="warn">turned off</Badge>}
        </p>
        <p className="text-sm text-ink-3">
          {cronWords(cron)}, {timeZone}
          {nextRunAt !== undefined && enabled && ` · next ${formatMoment(nextRunAt)}`}
        </p>
        {lastRun !== undefined && (
          <p className="mt-1 flex flex-wrap items-center gap-1.5 text-sm text-ink-2">
            <Badge tone={runTones[lastRun.status]}>{lastRun.status}</Badge>
            {formatMoment(lastRun.startedAt ?? lastRun.dueAt)}
            {lastRun.summary !== "" && ` · ${lastRun.summary}`}
          </p>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" aria-label={`Runs of ${name}`} onClick={onRuns}>
          Runs
        </Button>
        {mayChange && (
          <>
            <Button
              size="sm"
              aria-label={`Run now: ${name}`}
              disabled={run.isPending}
              onClick={() => run.mutate(undefined)}
            >
              Run now
            </Button>
            <Button size="sm" aria-label={`Change ${name}`} onClick={onEdit}>
              Change
            </Button>
          </>
        )}
      </div>
    </li>
  );
};
