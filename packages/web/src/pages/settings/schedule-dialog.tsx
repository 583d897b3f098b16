import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type Answer, call } from "../../api/client.ts";
import { useChange } from "../../api/use-change.ts";
import { Button } from "../../components/button.tsx";
import { CheckField } from "../../components/check-field.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Field } from "../../components/field.tsx";
import { FormFoot } from "../../components/form-foot.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { readRhythm, toCron } from "./cron-words.ts";
import { JobSettings, readJobSettings } from "./job-settings.tsx";
import { type Recipient, RecipientsField } from "./recipients-field.tsx";
import { RhythmField } from "./rhythm-field.tsx";
import type { Schedule } from "./schedule-types.ts";

type JobKind = Answer<"GET /api/v1/job-kinds">["items"][number];
type Settings = Schedule["job"]["settings"];

export interface SchedulePreset {
  readonly name: string;
  readonly kind: string;
  readonly settings: Settings;
}

interface ScheduleDialogProps {
  /** Absent: a new one. */
  readonly schedule?: Schedule;
  /** What is scheduled is settled already, e.g. which report. */
  readonly preset?: SchedulePreset;
  readonly onClose: () => void;
}

export const ScheduleDialog = ({ schedule, preset, onClose }: ScheduleDialogProps) => {
  const kinds = useQuery({
    queryKey: ["job-kinds"],
    queryFn: ({ signal }) => call("GET /api/v1/job-kinds", { signal }),
  });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={schedule === undefined ? "New schedule" : `Change ${schedule.name}`}
      place="side"
    >
      {kinds.isError ? (
        <ProblemPanel error={kinds.error} onRetry={() => void kinds.refetch()} />
      ) : kinds.data === undefined ? (
        <SkeletonRows count={6} className="p-4" />
      ) : (
        <ScheduleForm
          kinds={kinds.data.items}
          {...(schedule === undefined ? {} : { schedule })}
          {...(preset === undefined ? {} : { preset })}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
};

interface ScheduleFormProps extends ScheduleDialogProps {
  readonly kinds: readonly JobKind[];
}

const refreshes = ["schedules", "runs"];
const ownZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

const ScheduleForm = ({ kinds, schedule, preset, onClose }: ScheduleFormProps) => {
  const [kindName, setKindName] = useState(schedule?.job.kind ?? preset?.kind ?? kinds[0]?.kind ?? "");
  const [rhythm, setRhythm] = useState(() => readRhythm(schedule?.cron ?? "0 7 * * 1"));
  const [timeZone, setTimeZone] = useState(schedule?.timeZone ?? ownZone);
  const [recipients, setRecipients] = useState<readonly Recipient[]>(schedule?.recipients ?? []);
  const kind = kinds.find((known) => known.kind === kindName);
  const save = useChange({
    run: (form: FormData) => {
      const body = {
        name: `${form.get("name")}`.trim(),
        job: {
          kind: kindName,
          settings: { ...readJobSettings(kind?.settings ?? {}, form), ...preset?.settings } as Settings,
        },
        cron: toCron(rhythm),
        timeZone,
        missed: form.has("catchUp") ? ("run-once" as const) : ("skip" as const),
        recipients: kind?.delivers ? [...recipients] : [],
        enabled: form.has("enabled"),
      };
      return schedule === undefined
        ? call("POST /api/v1/schedules", { body })
        : call("PATCH /api/v1/schedules/:id", {
            params: { id: schedule.id },
            body: { ...body, version: schedule.version },
          });
    },
    refreshes,
    done: "Schedule saved",
    onDone: onClose,
    isFormShowingProblem: true,
  });
  const remove = useChange({
    run: () => call("DELETE /api/v1/schedules/:id", { params: { id: schedule?.id ?? "" } }),
    refreshes,
    done: "Schedule removed",
    onDone: onClose,
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate(new FormData(event.currentTarget));
  };
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-4 p-4">
      <Field
        label="Name"
        name="name"
        required
        maxLength={200}
        defaultValue={schedule?.name ?? preset?.name ?? ""}
      />
      {preset === undefined && (
        <SelectField
          label="What is done"
          value={kindName}
          onChange={(event) => setKindName(event.target.value)}
          choices={kinds.map((known) => ({ value: known.kind, title: known.title }))}
          {...(kind === undefined ? {} : { hint: kind.description })}
        />
      )}
      {kind !== undefined && (
        <JobSettings
          key={kind.kind}
          schema={kind.settings}
          settled={Object.keys(preset?.settings ?? {})}
          values={schedule?.job.kind === kind.kind ? schedule.job.settings : {}}
        />
      )}
      <RhythmField rhythm={rhythm} onChange={setRhythm} timeZone={timeZone} onTimeZone={setTimeZone} />
      {kind?.delivers && <RecipientsField recipients={recipients} onChange={setRecipients} />}
      <CheckField
        label="Catch up"
        hint="Run once when runs were missed, because the server was off"
        name="catchUp"
        defaultChecked={schedule?.missed !== "skip"}
      />
      <CheckField label="Turned on" name="enabled" defaultChecked={schedule?.enabled ?? true} />
      <FormFoot action="Save schedule" isBusy={save.isPending} error={save.error} onCancel={onClose}>
        {schedule !== undefined && (
          <Button kind="danger" disabled={remove.isPending} onClick={() => remove.mutate(undefined)}>
            Remove
          </Button>
        )}
      </FormFoot>
    </form>
  );
};
