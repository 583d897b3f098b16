import { type FormEvent, useState } from "react";
import { CheckField } from "../../components/check-field.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { FormFoot } from "../../components/form-foot.tsx";
import { formatDuration } from "../../format/durations.ts";
import { NO_PERMITS, PermitFields } from "./permit-fields.tsx";
import type { PlanPage, PlanRun } from "./plan-search.ts";
import { useRunStart } from "./use-plan-changes.ts";

interface RunDialogProps {
  readonly page: PlanPage;
  readonly mode: PlanRun["mode"];
  readonly onClose: () => void;
  readonly onStart: () => void;
}

const words = {
  execute: { title: "Execute this plan?", action: "Execute" },
  resume: { title: "Resume this plan?", action: "Resume" },
  "roll-back": { title: "Take this plan back?", action: "Take back" },
} as const;

/** Before live systems are changed: says what will happen, and wants a clear yes. */
export const RunDialog = ({ page, mode, onClose, onStart }: RunDialogProps) => {
  const { title, action } = words[mode];
  const [isSure, setSure] = useState(false);
  const [permits, setPermits] = useState(NO_PERMITS);
  const start = useRunStart(page.line.id, onStart);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isSure) start.mutate({ mode, permits });
  };
  return (
    <Dialog isOpen onClose={onClose} title={title} about={page.line.title}>
      <form onSubmit={submit} className="flex flex-col gap-4 p-4">
        <What page={page} mode={mode} />
        {mode === "execute" && <PermitFields page={page} permits={permits} onChange={setPermits} />}
        <CheckField
          label={
            mode === "roll-back"
              ? `Yes, set ${resourceCount(page)} back now`
              : `Yes, change ${resourceCount(page)} now`
          }
          checked={isSure}
          onChange={({ target }) => setSure(target.checked)}
        />
        <FormFoot
          action={start.isPending ? "Starting…" : action}
          isBusy={start.isPending}
          isDisabled={!isSure}
          error={start.error}
          onCancel={onClose}
        />
      </form>
    </Dialog>
  );
};

const resourceCount = ({ body }: PlanPage): string =>
  body.resources === 1 ? "1 live resource" : `${body.resources} live resources`;

const What = ({ page: { body, states }, mode }: Pick<RunDialogProps, "page" | "mode">) => {
  const commands = body.steps.reduce((sum, { apply }) => sum + apply.length, 0);
  const watched = body.steps.reduce((sum, { watchSeconds }) => sum + watchSeconds, 0);
  if (mode === "execute")
    return (
      <ul className="flex list-disc flex-col gap-1 pl-5">
        <li>
          {body.steps.length} {body.steps.length === 1 ? "step" : "steps"} with {commands}{" "}
          {commands === 1 ? "command" : "commands"}, each checked on the live system before and after.
        </li>
        <li>
          {watched === 0
            ? "It is watched at no step: no guardrail will take it back."
            : `Watched for ${formatDuration(watched)} in all. Where a guardrail breaks, what was done is taken back.`}
        </li>
        <li>It goes on when you close this page. You can stop it at any time.</li>
      </ul>
    );
  if (mode === "resume")
    return (
      <p>
        It looks at the live systems first and goes on with the steps that were not done. Where that is not
        safe, it takes back what was done.
      </p>
    );
  const done = Object.values(states).filter((state) => state !== "rolled-back").length;
  return (
    <p>
      {done} {done === 1 ? "step is" : "steps are"} taken back, the last one first, to the settings that were
      recorded before. What can't be undone is kept, and named.
    </p>
  );
};
