import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { type Answer, call } from "../../api/client.ts";
import { useChange } from "../../api/use-change.ts";
import { IconButton } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { FormFoot } from "../../components/form-foot.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";

type Share = NonNullable<Answer<"GET /api/v1/reports/:id">["shares"]>[number];

interface ReportSharesProps {
  readonly id: string;
  readonly title: string;
  readonly onClose: () => void;
}

/** With whom a report is shared; its list alone does not say that. */
export const ReportShares = ({ id, title, onClose }: ReportSharesProps) => {
  const report = useQuery({
    queryKey: ["report", id],
    queryFn: ({ signal }) => call("GET /api/v1/reports/:id", { params: { id }, signal }),
    staleTime: 0,
    gcTime: 0,
  });
  return (
    <Dialog isOpen onClose={onClose} title={`Share ${title}`} about="Everybody sees only what they may see">
      {report.isError ? (
        <ProblemPanel error={report.error} onRetry={() => void report.refetch()} />
      ) : report.data === undefined ? (
        <SkeletonRows count={3} className="p-4" />
      ) : (
        <ShareForm
          shares={report.data.shares ?? []}
          save={(shares) => call("PUT /api/v1/reports/:id/shares", { params: { id }, body: { shares } })}
          refreshes={["reports", "report"]}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
};

interface ShareFormProps {
  readonly shares: readonly Share[];
  readonly save: (shares: Share[]) => Promise<unknown>;
  readonly refreshes: readonly string[];
  readonly onClose: () => void;
}

/** People and teams, each to view or to edit. */
export const ShareForm = ({ shares, save, refreshes, onClose }: ShareFormProps) => {
  const [draft, setDraft] = useState(shares);
  const people = useQuery({
    queryKey: ["people-names"],
    queryFn: ({ signal }) => call("GET /api/v1/people/names", { signal }),
  });
  const teams = useQuery({
    queryKey: ["team-names"],
    queryFn: ({ signal }) => call("GET /api/v1/teams/names", { signal }),
  });
  const change = useChange({
    run: () => save([...draft]),
    refreshes,
    done: "Shared",
    onDone: onClose,
    isFormShowingProblem: true,
  });
  const all = [
    ...(teams.data?.items ?? []).map(({ id, name }) => ({ kind: "team" as const, id, name })),
    ...(people.data?.items ?? []).map(({ id, name }) => ({ kind: "person" as const, id, name })),
  ];
  const nameOf = (share: Share) => all.find(({ id }) => id === share.id)?.name ?? share.id;
  const add = (id: string) => {
    const found = all.find((other) => other.id === id);
    if (found !== undefined) setDraft([...draft, { kind: found.kind, id, level: "view" }]);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(undefined);
  };
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-3 p-4">
      {draft.length === 0 && <p className="text-sm text-ink-3">Shared with nobody yet.</p>}
      {draft.map((share) => (
        <div key={share.id} className="flex items-center gap-2">
          <span className="min-w-0 grow truncate">
            {nameOf(share)} {share.kind === "team" && <span className="text-sm text-ink-3">team</span>}
          </span>
          <SelectField
            label={`What ${nameOf(share)} may`}
            isLabelHidden
            value={share.level}
            choices={[
              { value: "view", title: "may view" },
              { value: "edit", title: "may edit" },
            ]}
            onChange={(event) => {
              const level = event.target.value as Share["level"];
              setDraft(draft.map((other) => (other === share ? { ...share, level } : other)));
            }}
          />
          <IconButton
            label={`Stop sharing with ${nameOf(share)}`}
            onClick={() => setDraft(draft.filter((other) => other !== share))}
          >
            <X size={15} aria-hidden />
          </IconButton>
        </div>
      ))}
      <SelectField
        label="Share with"
        value=""
        onChange={(event) => add(event.target.value)}
        choices={[
          { value: "", title: "Choose a person or team…" },
          ...all
            .filter(({ id }) => !draft.some((share) => share.id === id))
            .map(({ id, name, kind }) => ({ value: id, title: kind === "team" ? `${name} (team)` : name })),
        ]}
      />
      <FormFoot action="Save" isBusy={change.isPending} error={change.error} onCancel={onClose} />
    </form>
  );
};
