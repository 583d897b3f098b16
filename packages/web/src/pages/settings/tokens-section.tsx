import { useQuery } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { type Answer, call } from "../../api/client.ts";
import { useChange } from "../../api/use-change.ts";
import { type Permission, useMay, useMe } from "../../api/use-me.ts";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { CheckField } from "../../components/check-field.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { type DataColumn, DataTable } from "../../components/data-table.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Field } from "../../components/field.tsx";
import { FormFoot } from "../../components/form-foot.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { SecretOnce } from "../../components/secret-once.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { formatDay, formatMoment } from "../../format/dates.ts";

type Token = Answer<"GET /api/v1/tokens">["items"][number];

/** Tokens by which programs act for a person. */
export const TokensSection = () => {
  const [isMaking, setMaking] = useState(false);
  const [whose, setWhose] = useState<"mine" | "all">("mine");
  const mayAll = useMay("administer");
  const [ending, setEnding] = useState<Token>();
  const tokens = useQuery({
    queryKey: ["tokens", whose],
    queryFn: ({ signal }) =>
      call("GET /api/v1/tokens", { query: whose === "all" ? { all: "true" } : {}, signal }),
  });
  const revoke = useChange({
    run: (id: string) => call("DELETE /api/v1/tokens/:id", { params: { id } }),
    refreshes: ["tokens"],
    done: "Token ended",
  });
  const make = (
    <Button kind="primary" onClick={() => setMaking(true)}>
      <Plus size={15} aria-hidden /> New token
    </Button>
  );
  const items = tokens.data?.items;
  return (
    <Card
      title="API tokens"
      about="For programs that act for you; a token never may more than its owner"
      actions={
        <div className="flex flex-wrap items-center gap-2">
          {mayAll && (
            <Segmented
              label="Whose tokens"
              value={whose}
              onChoose={setWhose}
              choices={[
                { value: "mine", title: "Mine" },
                { value: "all", title: "Everybody's" },
              ]}
            />
          )}
          {items !== undefined && items.length > 0 && make}
        </div>
      }
      isFlush
    >
      {tokens.isError ? (
        <ProblemPanel error={tokens.error} onRetry={() => void tokens.refetch()} />
      ) : items === undefined ? (
        <SkeletonRows count={3} className="px-4 pb-4" />
      ) : items.length === 0 ? (
        <EmptyState icon={<KeyRound size={20} aria-hidden />} title="No tokens yet" actions={make}>
          Make one for a script, a pipeline or a notebook: it asks the same API as these pages.
        </EmptyState>
      ) : (
        <DataTable
          caption="Tokens and their state"
          columns={columns(setEnding)}
          rows={items}
          rowKey={({ id }) => id}
        />
      )}
      {isMaking && <TokenDialog onClose={() => setMaking(false)} />}
      {ending !== undefined && (
        <ConfirmDialog
          title={`End the token ${ending.name}?`}
          action="End token"
          onConfirm={() => revoke.mutate(ending.id)}
          onClose={() => setEnding(undefined)}
        >
          Programs that use it are refused from now on. This can't be taken back.
        </ConfirmDialog>
      )}
    </Card>
  );
};

const stateOf = ({ revokedAt, expiresAt }: Token) => {
  if (revokedAt !== null) return <Badge>ended {formatDay(revokedAt)}</Badge>;
  return Date.parse(expiresAt) < Date.now() ? (
    <Badge>expired {formatDay(expiresAt)}</Badge>
  ) : (
    <Badge tone="good">until {formatDay(expiresAt)}</Badge>
  );
};

const columns = (onEnd: (token: Token) => void): readonly DataColumn<Token>[] => [
  {
    id: "name",
    title: "Token",
    sortBy: ({ name }) => name,
    cell: ({ name, prefix, owner }) => (
      <span className="block min-w-36">
        <span className="block font-medium">{name}</span>
        <span className="block text-sm text-ink-3">
          <code className="font-mono text-xs">{prefix}…</code> · {owner.name}
        </span>
      </span>
    ),
  },
  { id: "may", title: "May", cell: ({ permissions }) => permissions.join(", ") },
  { id: "state", title: "State", sortBy: ({ expiresAt }) => expiresAt, cell: stateOf },
  {
    id: "used",
    title: "Last used",
    sortBy: ({ lastUsedAt }) => lastUsedAt ?? "",
    cell: ({ lastUsedAt }) => (
      <span className="whitespace-nowrap text-ink-2">
        {lastUsedAt === null ? "never" : formatMoment(lastUsedAt)}
      </span>
    ),
  },
  {
    id: "actions",
    title: "Actions",
    isTitleHidden: true,
    cell: (token) =>
      token.revokedAt === null && (
        <Button size="sm" kind="danger" aria-label={`End ${token.name}`} onClick={() => onEnd(token)}>
          End
        </Button>
      ),
  },
];

const LIVES = [
  { value: "30", title: "30 days" },
  { value: "90", title: "90 days" },
  { value: "180", title: "180 days" },
  { value: "364", title: "A year" },
] as const;

const TokenDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const me = useMe();
  const make = useChange({
    run: (given: { readonly name: string; readonly permissions: Permission[]; readonly days: number }) =>
      call("POST /api/v1/tokens", {
        body: {
          name: given.name,
          permissions: given.permissions,
          expiresAt: new Date(Date.now() + given.days * 86_400_000).toISOString(),
        },
      }),
    refreshes: ["tokens"],
    isFormShowingProblem: true,
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    make.mutate({
      name: `${form.get("name")}`.trim(),
      permissions: form.getAll("permission") as Permission[],
      days: Number(form.get("days")),
    });
  };
  return (
    <Dialog isOpen onClose={onClose} title="New token">
      {make.data === undefined ? (
        <form onSubmit={onSubmit} className="flex flex-col gap-4 p-4">
          <Field
            label="Name"
            name="name"
            required
            maxLength={100}
            autoFocus
            hint="What uses it, e.g. Nightly export"
          />
          <fieldset className="flex flex-col gap-1.5">
            <legend className="pb-1 text-sm font-medium">It may</legend>
            {me?.permissions.map((permission) => (
              <CheckField
                key={permission}
                name="permission"
                value={permission}
                label={permission}
                hint={permissionAbout[permission]}
                defaultChecked={permission === "read"}
              />
            ))}
          </fieldset>
          <SelectField label="Good for" name="days" choices={LIVES} defaultValue="90" />
          <FormFoot action="Make token" isBusy={make.isPending} error={make.error} onCancel={onClose} />
        </form>
      ) : (
        <SecretOnce what="Token" secret={make.data.secret} onDone={onClose}>
          Copy it now: it is not shown again. Send it as the bearer of an Authorization header.
        </SecretOnce>
      )}
    </Dialog>
  );
};

const permissionAbout: Readonly<Record<Permission, string>> = {
  read: "See costs, recommendations and reports, and export them",
  save: "Save views and reports, comment, share",
  decide: "Accept and dismiss recommendations, edit the programme",
  ingest: "Bring bills in; keep channels and schedules",
  operate: "Make plans and run approved ones",
  approve: "Approve plans",
  administer: "Branding, audit log, settings",
};
