import { useState } from "react";
import { call } from "../../api/client.ts";
import { useChange } from "../../api/use-change.ts";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { formatMoment, formatMomentIn } from "../../format/dates.ts";
import { cronWords } from "./cron-words.ts";
import { RunsDialog } from "./runs-dialog.tsx";
import { runTones, type Schedule } from "./schedule-types.ts";

interface ScheduleListProps {
  readonly schedules: readonly Schedule[];
  readonly mayChange: boolean;
  readonly onEdit: (schedule: Schedule) => void;
}

/** What runs when, how it went, and its runs. */
export const ScheduleList = ({ schedules, mayChange, onEdit }: ScheduleListProps) => {
  const [shown, setShown] = useState<Schedule>();
  return (
    <>
      <ul className="flex flex-col divide-y divide-line">
        {schedules.map((schedule) => (
          <ScheduleRow
            key={schedule.id}
            schedule={schedule}
            mayChange={mayChange}
            onEdit={() => onEdit(schedule)}
            onRuns={() => setShown(schedule)}
          />
        ))}
      </ul>
      {shown !== undefined && <RunsDialog schedule={shown} onClose={() => setShown(undefined)} />}
    </>
  );
};

interface ScheduleRowProps {
  readonly schedule: Schedule;
  readonly mayChange: boolean;
  readonly onEdit: () => void;
  readonly onRuns: () => void;
}

const ScheduleRow = ({ schedule, mayChange, onEdit, onRuns }: ScheduleRowProps) => {
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
          {nextRunAt !== undefined && enabled && ` · next ${formatMomentIn(nextRunAt, timeZone)}`}
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
