import { type FormEvent, useState } from "react";
import { call } from "../../api/client.ts";
import { useChange } from "../../api/use-change.ts";
import { Dialog } from "../../components/dialog.tsx";
import { FormFoot } from "../../components/form-foot.tsx";
import { SelectField } from "../../components/select-field.tsx";
import type { Report } from "./report-options.ts";

const CHOICES = [
  { value: "0", title: "Not at all: read anew each time" },
  { value: "15", title: "15 minutes" },
  { value: "60", title: "An hour" },
  { value: "360", title: "6 hours" },
  { value: "1440", title: "A day" },
  { value: "10080", title: "A week" },
] as const;

/** Its owner says for how long a result may be shown again. */
export const ExpiryDialog = ({
  report,
  onClose,
}: {
  readonly report: Report;
  readonly onClose: () => void;
}) => {
  const { id, expiresAfterMinutes } = report;
  const [minutes, setMinutes] = useState(`${expiresAfterMinutes}`);
  const save = useChange({
    run: () =>
      call("PUT /api/v1/reports/:id/expiry", {
        params: { id },
        body: { expiresAfterMinutes: Number(minutes) },
      }),
    refreshes: ["report", "reports", "report-result"],
    done: "Saved",
    onDone: onClose,
    isFormShowingProblem: true,
  });
  const known = CHOICES.some(({ value }) => value === `${expiresAfterMinutes}`);
  const choices = known
    ? CHOICES
    : [{ value: `${expiresAfterMinutes}`, title: `${expiresAfterMinutes} minutes` }, ...CHOICES];
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(undefined);
  };
  return (
    <Dialog isOpen onClose={onClose} title="How long results are kept">
      <form onSubmit={onSubmit} className="flex flex-col gap-4 p-4">
        <SelectField
          label="A result is shown again for"
          value={minutes}
          choices={choices}
          onChange={(event) => setMinutes(event.target.value)}
          hint="New bills, another version of the report or another reader's scope are always read anew."
        />
        <FormFoot action="Save" isBusy={save.isPending} error={save.error} onCancel={onClose} />
      </form>
    </Dialog>
  );
};
