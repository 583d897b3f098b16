import { type FormEvent, useState } from "react";
import { CheckField } from "../../components/check-field.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { FormFoot } from "../../components/form-foot.tsx";
import { TextAreaField } from "../../components/text-area-field.tsx";
import { formatMoney } from "../../format/numbers.ts";
import { riskySteps } from "./permit-fields.tsx";
import type { PlanPage } from "./plan-search.ts";
import { useApproval } from "./use-plan-changes.ts";

/** An approval is of what was read: it names it, and is refused where the plan is another by now. */
export const ApproveDialog = ({
  page,
  onClose,
}: {
  readonly page: PlanPage;
  readonly onClose: () => void;
}) => {
  const { line, body } = page;
  const [hasRead, setRead] = useState({ changes: false, back: false });
  const [comment, setComment] = useState("");
  const approve = useApproval(line.id, onClose);
  const { irreversible, unwatched } = riskySteps(page);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (hasRead.changes && hasRead.back) approve.mutate({ digest: line.digest, comment });
  };
  return (
    <Dialog isOpen onClose={onClose} title="Approve this plan" about={line.title}>
      <form onSubmit={submit} className="flex flex-col gap-4 p-4">
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5">
          <dt className="text-ink-3">Made by</dt>
          <dd className="break-words">{line.createdBy}</dd>
          <dt className="text-ink-3">Changes</dt>
          <dd className="break-words">{line.resources.join(", ")}</dd>
          <dt className="text-ink-3">Saves</dt>
          <dd className="num">
            {body.saving.map(({ mid, currency }) => `${formatMoney(mid, currency)} a month`).join(", ")}
          </dd>
          <dt className="text-ink-3">Digest</dt>
          <dd>
            <code className="font-mono text-xs break-all">{line.digest}</code>
          </dd>
        </dl>
        {irreversible.length > 0 && (
          <p className="rounded-md bg-danger-soft px-3 py-2 text-sm text-danger">
            {irreversible.map(({ title }) => title).join("; ")}: this can't be undone.
          </p>
        )}
        {unwatched.length > 0 && (
          <p className="rounded-md bg-warn-soft px-3 py-2 text-sm text-warn">
            Some guardrails have no query in the policy: nothing watches them.
          </p>
        )}
        <CheckField
          label={`I have read what changes and the commands of ${body.steps.length === 1 ? "the step" : `all ${body.steps.length} steps`}`}
          checked={hasRead.changes}
          onChange={({ target }) => setRead({ ...hasRead, changes: target.checked })}
        />
        <CheckField
          label="I have read the way back, and what is watched"
          checked={hasRead.back}
          onChange={({ target }) => setRead({ ...hasRead, back: target.checked })}
        />
        <TextAreaField
          label="Comment (optional)"
          rows={2}
          maxLength={2000}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
        />
        <FormFoot
          action={approve.isPending ? "Approving…" : "Approve"}
          isBusy={approve.isPending}
          isDisabled={!(hasRead.changes && hasRead.back)}
          error={approve.error}
          onCancel={onClose}
        />
      </form>
    </Dialog>
  );
};
