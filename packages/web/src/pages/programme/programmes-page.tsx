import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { ListChecks, Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { call } from "../../api/client.ts";
import { toProblem } from "../../api/problem.ts";
import { useMay } from "../../api/use-me.ts";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Field } from "../../components/field.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { ShareBar } from "../../components/share-bar.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { formatDay } from "../../format/dates.ts";
import { formatCount } from "../../format/numbers.ts";
import { type ProgrammeHead, programmesOptions } from "./programme-search.ts";

/** The programmes of work that bring today's spend to a target. */
export const ProgrammesPage = () => {
  const { data, error, refetch } = useQuery(programmesOptions);
  const mayDecide = useMay("decide");
  const [isMaking, setMaking] = useState(false);
  const make = mayDecide && (
    <Button kind="primary" onClick={() => setMaking(true)}>
      <Plus size={16} aria-hidden /> Make a programme
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Programme"
        about="The work that brings today's spend to its target, and what it really saved"
        actions={data !== undefined && data.items.length > 0 && make}
      />
      {error !== null && <ProblemPanel error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <SkeletonRows count={5} />}
      {data?.items.length === 0 && (
        <EmptyState
          className="min-h-[50dvh]"
          icon={<ListChecks size={20} aria-hidden />}
          title="No programme yet"
          actions={make}
        >
          Accept recommendations, then make a programme of them: each becomes a task with an owner, days and
          what it will save. One that is written as a file comes in by{" "}
          <code className="font-mono">trimtab programme import</code>.
        </EmptyState>
      )}
      {data !== undefined && data.items.length > 0 && (
        <ul className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
          {data.items.map((head) => (
            <li key={head.id}>
              <ProgrammeCard head={head} />
            </li>
          ))}
        </ul>
      )}
      {isMaking && <MakeDialog onClose={() => setMaking(false)} />}
    </>
  );
};

const tones = { draft: "plain", active: "accent", closed: "good" } as const;

const ProgrammeCard = ({ head }: { readonly head: ProgrammeHead }) => (
  <Link
    to="/programme/$id"
    params={{ id: head.id }}
    className="flex h-full flex-col gap-2 rounded-xl border border-line bg-surface p-4 shadow-card hover:border-control"
  >
    <span className="flex items-start justify-between gap-3">
      <span className="text-base font-semibold">{head.name}</span>
      <Badge tone={tones[head.status]}>{head.status}</Badge>
    </span>
    <span className="num text-sm text-ink-3">
      {head.startsOn === null ? "no start set" : formatDay(head.startsOn)}
      {head.endsOn !== null && ` – ${formatDay(head.endsOn)}`}
    </span>
    <ShareBar share={head.tasks === 0 ? 0 : head.done / head.tasks} />
    <span className="num text-sm text-ink-2">
      {formatCount(head.done)} of {formatCount(head.tasks)} tasks done
    </span>
  </Link>
);

const MakeDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const make = useMutation({
    mutationFn: () => call("POST /api/v1/programmes", { body: { name: name.trim() } }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ["programmes"] });
      await client.invalidateQueries({ queryKey: ["programme", id] });
      await navigate({ to: "/programme/$id", params: { id } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== "") make.mutate();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Make a programme"
      about="Of every recommendation that is accepted. With the name of one that is there, it adds those accepted since."
    >
      <form onSubmit={submit} className="flex flex-col gap-4 p-4">
        <Field
          label="Name"
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={200}
          required
          autoComplete="off"
          hint="What people will call it, such as Savings of the quarter"
        />
        {make.isError && (
          <p role="alert" className="text-sm text-danger">
            {toProblem(make.error).message} {toProblem(make.error).hint}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" disabled={make.isPending || name.trim() === ""}>
            {make.isPending ? "Making…" : "Make programme"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
};
