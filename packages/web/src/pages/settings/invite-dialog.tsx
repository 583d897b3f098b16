import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type Answer, call } from "../../api/client.ts";
import { useChange } from "../../api/use-change.ts";
import type { Me } from "../../api/use-me.ts";
import { CheckField } from "../../components/check-field.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Field } from "../../components/field.tsx";
import { FormFoot } from "../../components/form-foot.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { ROLE_ABOUT, ROLE_CHOICES } from "./role-choices.ts";

type Invited = Answer<"POST /api/v1/people">;

interface InviteDialogProps {
  readonly onClose: () => void;
  readonly onInvited: (invited: Invited) => void;
}

/** Asks for who it is; answers with the link to give them. */
export const InviteDialog = ({ onClose, onInvited }: InviteDialogProps) => {
  const [role, setRole] = useState<Me["role"]>("analyst");
  const teams = useQuery({
    queryKey: ["teams"],
    queryFn: ({ signal }) => call("GET /api/v1/teams", { signal }),
  });
  const invite = useChange({
    run: (body: {
      readonly email: string;
      readonly name: string;
      readonly role: Me["role"];
      readonly teamIds: string[];
    }) => call("POST /api/v1/people", { body }),
    refreshes: ["people", "teams"],
    onDone: onInvited,
    isFormShowingProblem: true,
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    invite.mutate({
      email: `${form.get("email")}`.trim(),
      name: `${form.get("name")}`.trim(),
      role,
      teamIds: form.getAll("team").map(String),
    });
  };
  return (
    <Dialog isOpen onClose={onClose} title="Invite somebody" about="You get a one-time link to give them">
      <form onSubmit={onSubmit} className="flex flex-col gap-4 p-4">
        <Field label="Email" name="email" type="email" required maxLength={254} autoFocus />
        <Field label="Name" name="name" required maxLength={100} />
        <SelectField
          label="Role"
          choices={ROLE_CHOICES}
          value={role}
          onChange={(event) => setRole(event.target.value as Me["role"])}
          hint={ROLE_ABOUT[role]}
        />
        {(teams.data?.items.length ?? 0) > 0 && (
          <fieldset className="flex flex-col gap-1.5">
            <legend className="pb-1 text-sm font-medium">Teams</legend>
            {teams.data?.items.map((team) => (
              <CheckField
                key={team.id}
                name="team"
                value={team.id}
                label={team.name}
                hint={team.scope === null ? "sees all charges" : `sees ${team.scopeText}`}
              />
            ))}
          </fieldset>
        )}
        <FormFoot action="Invite" isBusy={invite.isPending} error={invite.error} onCancel={onClose} />
      </form>
    </Dialog>
  );
};
