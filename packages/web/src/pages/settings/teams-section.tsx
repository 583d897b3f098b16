import { useQuery } from "@tanstack/react-query";
import { Plus, Users, X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { type Answer, call } from "../../api/client.ts";
import { useChange } from "../../api/use-change.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Field } from "../../components/field.tsx";
import { FormFoot } from "../../components/form-foot.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { ScopeEditor, scopeOfWhere, whereOfScope } from "./scope-editor.tsx";

type Team = Answer<"GET /api/v1/teams">["items"][number];
const refreshes = ["teams", "people", "me"];

/** Teams: who is in them and which charges they see. */
export const TeamsSection = () => {
  const [isAdding, setAdding] = useState(false);
  const teams = useQuery({
    queryKey: ["teams"],
    queryFn: ({ signal }) => call("GET /api/v1/teams", { signal }),
  });
  if (teams.isError) return <ProblemPanel error={teams.error} onRetry={() => void teams.refetch()} />;
  if (teams.data === undefined) return <Skeleton className="h-48 w-full" />;
  const add = (
    <Button kind="primary" onClick={() => setAdding(true)}>
      <Plus size={15} aria-hidden /> New team
    </Button>
  );
  return (
    <>
      {isAdding ? (
        <Card title="New team">
          <TeamForm onClose={() => setAdding(false)} />
        </Card>
      ) : (
        teams.data.items.length > 0 && (
          <div className="flex flex-wrap items-center justify-between gap-2">
            <p className="text-sm text-ink-3">
              People see all that any of their teams sees; without a team only administrators see charges.
            </p>
            {add}
          </div>
        )
      )}
      {teams.data.items.length === 0 && !isAdding && (
        <Card title="Teams">
          <EmptyState icon={<Users size={20} aria-hidden />} title="No teams yet" actions={add}>
            A team says which charges its members see. People without a team see none, unless they are
            administrators.
          </EmptyState>
        </Card>
      )}
      {teams.data.items.map((team) => (
        <TeamCard key={team.id} team={team} />
      ))}
    </>
  );
};

const TeamCard = ({ team }: { readonly team: Team }) => {
  const [isEditing, setEditing] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  const remove = useChange({
    run: () => call("DELETE /api/v1/teams/:id", { params: { id: team.id } }),
    refreshes,
    done: `${team.name} removed`,
  });
  return (
    <Card
      title={team.name}
      about={team.scope === null ? "Sees all charges" : `Sees ${team.scopeText}`}
      actions={
        !isEditing && (
          <Button size="sm" aria-label={`Change ${team.name}`} onClick={() => setEditing(true)}>
            Change
          </Button>
        )
      }
    >
      {isEditing ? (
        <TeamForm team={team} onClose={() => setEditing(false)} onRemove={() => setRemoving(true)} />
      ) : (
        <Members team={team} />
      )}
      {isRemoving && (
        <ConfirmDialog
          title={`Remove ${team.name}?`}
          action="Remove team"
          onConfirm={() => remove.mutate(undefined)}
          onClose={() => setRemoving(false)}
        >
          Its {team.members.length} members lose what they saw by it, from their next request on. What was
          shared with the team is shared with it no more.
        </ConfirmDialog>
      )}
    </Card>
  );
};

const Members = ({ team }: { readonly team: Team }) => {
  const people = useQuery({
    queryKey: ["people"],
    queryFn: ({ signal }) => call("GET /api/v1/people", { signal }),
  });
  const change = useChange({
    run: ({ personId, isIn }: { readonly personId: string; readonly isIn: boolean }) => {
      const params = { id: team.id, personId };
      return isIn
        ? call("PUT /api/v1/teams/:id/members/:personId", { params })
        : call("DELETE /api/v1/teams/:id/members/:personId", { params });
    },
    refreshes,
  });
  const others = (people.data?.items ?? []).filter(
    ({ id, status }) => status !== "off" && !team.members.some((member) => member.id === id),
  );
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {team.members.length === 0 && <span className="text-sm text-ink-3">Nobody is in it yet.</span>}
      {team.members.map(({ id, name }) => (
        <span
          key={id}
          className="inline-flex h-7 items-center rounded-md border border-line-strong bg-sunken pl-2 text-sm"
        >
          {name}
          <button
            type="button"
            aria-label={`Take ${name} out of ${team.name}`}
            onClick={() => change.mutate({ personId: id, isIn: false })}
            className="flex h-full w-7 items-center justify-center rounded-r-md text-ink-3 hover:text-ink"
          >
            <X size={13} aria-hidden />
          </button>
        </span>
      ))}
      {others.length > 0 && (
        <SelectField
          label={`Add somebody to ${team.name}`}
          isLabelHidden
          className="w-44"
          value=""
          disabled={change.isPending}
          onChange={(event) => change.mutate({ personId: event.target.value, isIn: true })}
          choices={[
            { value: "", title: "Add somebody…" },
            ...others.map(({ id, name }) => ({ value: id, title: name })),
          ]}
        />
      )}
    </div>
  );
};

interface TeamFormProps {
  readonly team?: Team;
  readonly onClose: () => void;
  readonly onRemove?: () => void;
}

const TeamForm = ({ team, onClose, onRemove }: TeamFormProps) => {
  const [where, setWhere] = useState(team === undefined ? [] : whereOfScope(team.scope));
  const save = useChange({
    run: (name: string) => {
      const body = { name, scope: scopeOfWhere(where) };
      return team === undefined
        ? call("POST /api/v1/teams", { body })
        : call("PATCH /api/v1/teams/:id", {
            params: { id: team.id },
            body: { ...body, version: team.version },
          });
    },
    refreshes,
    done: "Team saved; what it sees holds from now on",
    onDone: onClose,
    isFormShowingProblem: true,
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate(`${new FormData(event.currentTarget).get("name")}`.trim());
  };
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-4">
      <Field
        label="Name"
        name="name"
        required
        maxLength={100}
        defaultValue={team?.name ?? ""}
        className="max-w-md"
      />
      <ScopeEditor where={where} onChange={setWhere} />
      <FormFoot
        action="Save team"
        isBusy={save.isPending}
        error={save.error}
        isDisabled={where?.length === 0}
        onCancel={onClose}
      >
        {onRemove !== undefined && (
          <Button kind="danger" onClick={onRemove}>
            Remove team
          </Button>
        )}
      </FormFoot>
    </form>
  );
};
