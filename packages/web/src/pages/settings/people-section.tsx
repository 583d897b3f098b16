import { useQuery } from "@tanstack/react-query";
import { Ellipsis, Link2, UserPlus, UserX } from "lucide-react";
import { useState } from "react";
import { type Answer, call } from "../../api/client.ts";
import { useChange } from "../../api/use-change.ts";
import { useMe } from "../../api/use-me.ts";
import { Badge } from "../../components/badge.tsx";
import { Button, IconButton } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { type DataColumn, DataTable } from "../../components/data-table.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Menu, MenuItem } from "../../components/menu.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { SecretOnce } from "../../components/secret-once.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { formatMoment } from "../../format/dates.ts";
import { InviteDialog } from "./invite-dialog.tsx";
import { ROLE_CHOICES } from "./role-choices.ts";

type Person = Answer<"GET /api/v1/people">["items"][number];
type OneTimeLink = Answer<"POST /api/v1/people/:id/link">;

/** Everybody who has or had an account, and those who were invited. */
export const PeopleSection = () => {
  const [isInviting, setInviting] = useState(false);
  const [link, setLink] = useState<{ readonly name: string; readonly link: OneTimeLink }>();
  const people = useQuery({
    queryKey: ["people"],
    queryFn: ({ signal }) => call("GET /api/v1/people", { signal }),
  });
  const columns = useColumns((name, made) => setLink({ name, link: made }));
  return (
    <Card
      title="People"
      about="A role says what somebody may do; their teams say which charges they see"
      actions={
        <Button kind="primary" onClick={() => setInviting(true)}>
          <UserPlus size={15} aria-hidden /> Invite
        </Button>
      }
      isFlush
    >
      {people.isError ? (
        <ProblemPanel error={people.error} onRetry={() => void people.refetch()} />
      ) : people.data === undefined ? (
        <SkeletonRows count={4} className="px-4 pb-4" />
      ) : (
        <DataTable caption="Everybody" columns={columns} rows={people.data.items} rowKey={({ id }) => id} />
      )}
      {isInviting && (
        <InviteDialog
          onClose={() => setInviting(false)}
          onInvited={({ person, link: made }) => {
            setInviting(false);
            setLink({ name: person.name, link: made });
          }}
        />
      )}
      {link !== undefined && (
        <Dialog isOpen onClose={() => setLink(undefined)} title={`Link for ${link.name}`}>
          <SecretOnce
            what="Link"
            secret={new URL(link.link.path, location.origin).href}
            onDone={() => setLink(undefined)}
          >
            Give it to {link.name} by a way you trust. It works once, until{" "}
            {formatMoment(link.link.expiresAt)}, and is not shown again.
          </SecretOnce>
        </Dialog>
      )}
    </Card>
  );
};

const statusBadges = {
  active: <Badge tone="good">active</Badge>,
  invited: <Badge tone="accent">invited</Badge>,
  off: <Badge>turned off</Badge>,
} as const;

const useColumns = (onLink: (name: string, link: OneTimeLink) => void): readonly DataColumn<Person>[] => [
  {
    id: "name",
    title: "Person",
    sortBy: ({ name }) => name,
    cell: ({ name, email }) => (
      <span className="block min-w-40">
        <span className="block font-medium">{name}</span>
        <span className="block text-sm text-ink-3">{email}</span>
      </span>
    ),
  },
  { id: "role", title: "Role", sortBy: ({ role }) => role, cell: (person) => <RoleCell person={person} /> },
  {
    id: "teams",
    title: "Teams",
    cell: ({ teams }) => teams.map(({ name }) => name).join(", ") || <span className="text-ink-3">none</span>,
  },
  {
    id: "status",
    title: "State",
    sortBy: ({ status }) => status,
    cell: ({ status }) => statusBadges[status],
  },
  {
    id: "seen",
    title: "Last sign-in",
    sortBy: ({ lastSignInAt }) => lastSignInAt ?? "",
    cell: ({ lastSignInAt }) => (
      <span className="whitespace-nowrap text-ink-2">
        {lastSignInAt === null ? "never" : formatMoment(lastSignInAt)}
      </span>
    ),
  },
  {
    id: "actions",
    title: "Actions",
    isTitleHidden: true,
    isCornerOnPhone: true,
    className: "w-10",
    cell: (person) => <PersonMenu person={person} onLink={onLink} />,
  },
];

type PersonChange = { readonly role?: Person["role"]; readonly isActive?: boolean };

const useChangePerson = ({ id, version }: Person, done: string) =>
  useChange({
    run: (body: PersonChange) =>
      call("PATCH /api/v1/people/:id", { params: { id }, body: { version, ...body } }),
    refreshes: ["people", "teams"],
    done,
  });

const RoleCell = ({ person }: { readonly person: Person }) => {
  const me = useMe();
  const change = useChangePerson(person, `Role of ${person.name} changed; it holds from now on`);
  return (
    <SelectField
      label={`Role of ${person.name}`}
      isLabelHidden
      className="w-28"
      choices={ROLE_CHOICES}
      value={person.role}
      disabled={change.isPending || me?.id === person.id}
      onChange={(event) => change.mutate({ role: event.target.value as Person["role"] })}
    />
  );
};

interface PersonMenuProps {
  readonly person: Person;
  readonly onLink: (name: string, link: OneTimeLink) => void;
}

const PersonMenu = ({ person, onLink }: PersonMenuProps) => {
  const me = useMe();
  const isOff = person.status === "off";
  const change = useChangePerson(
    person,
    isOff ? `${person.name} can sign in again` : `${person.name} can't sign in any more`,
  );
  const makeLink = useChange({
    run: () => call("POST /api/v1/people/:id/link", { params: { id: person.id } }),
    refreshes: ["people"],
    onDone: (link) => onLink(person.name, link),
  });
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={`Actions for ${person.name}`}>
          <Ellipsis size={16} aria-hidden />
        </IconButton>
      }
    >
      <MenuItem
        icon={<Link2 size={15} aria-hidden />}
        isDisabled={isOff}
        onSelect={() => makeLink.mutate(undefined)}
      >
        {person.status === "invited" ? "New invitation link" : "Link to set a new password"}
      </MenuItem>
      <MenuItem
        icon={<UserX size={15} aria-hidden />}
        isDisabled={me?.id === person.id}
        onSelect={() => change.mutate({ isActive: isOff })}
      >
        {isOff ? "Turn on again" : "Turn off"}
      </MenuItem>
    </Menu>
  );
};
