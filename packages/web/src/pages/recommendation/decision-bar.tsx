import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChevronDown, ClipboardCheck } from "lucide-react";
import { type FormEvent, useState } from "react";
import { call } from "../../api/client.ts";
import { toProblem } from "../../api/problem.ts";
import { useMay, useMe } from "../../api/use-me.ts";
import { Button, buttonClass } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Field } from "../../components/field.tsx";
import { ChoiceMenu } from "../../components/menu.tsx";
import { toast } from "../../components/toaster.tsx";
import { usePeople } from "../../components/use-people.ts";
import { formatMoment } from "../../format/dates.ts";
import { obstacleTo } from "../plans/plannable.ts";
import type { RecommendationLine } from "../recommendations/recommendations-search.ts";
import { useDecision } from "../recommendations/use-decision.ts";

/** What can be done with it, and by whom it is looked after. */
export const DecisionBar = ({ line }: { readonly line: RecommendationLine }) => {
  const [asked, setAsked] = useState<"dismissed" | "snoozed">();
  const mayDecide = useMay("decide");
  const decide = useDecision();
  const { status } = line;
  const to = (next: RecommendationLine["status"]) =>
    decide.mutate({ lines: [line], decision: { status: next } });
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      {mayDecide ? (
        <>
          {status !== "accepted" && (
            <Button kind="primary" disabled={decide.isPending} onClick={() => to("accepted")}>
              Accept
            </Button>
          )}
          <PlanIt line={line} />
          <Button disabled={decide.isPending} onClick={() => setAsked("snoozed")}>
            Snooze…
          </Button>
          {status !== "dismissed" && (
            <Button disabled={decide.isPending} onClick={() => setAsked("dismissed")}>
              Dismiss…
            </Button>
          )}
          {status !== "open" && (
            <Button disabled={decide.isPending} onClick={() => to("open")}>
              Open again
            </Button>
          )}
          <Assignee line={line} />
        </>
      ) : (
        <p className="text-sm text-ink-3">
          {line.assignee === null ? "Nobody looks after it yet." : `Looked after by ${line.assignee.name}.`}{" "}
          Analysts, operators and admins decide.
        </p>
      )}
      {status === "snoozed" && line.snoozedUntil !== null && (
        <span className="text-sm text-ink-2">until {formatMoment(line.snoozedUntil)}</span>
      )}
      {line.reason !== null && <span className="text-sm text-ink-2">“{line.reason}”</span>}
      {asked !== undefined && (
        <DecisionDialog line={line} status={asked} onClose={() => setAsked(undefined)} />
      )}
    </div>
  );
};

/** From a decision to a change: what was accepted, and a program can carry out, goes into a plan. */
const PlanIt = ({ line }: { readonly line: RecommendationLine }) => {
  const mayOperate = useMay("operate");
  const seesAll = useMe()?.scope.kind === "all";
  if (line.status !== "accepted" || !mayOperate || !seesAll || obstacleTo(line, []) !== undefined)
    return null;
  return (
    <Link to="/plans/new" search={{ of: [line.id] }} className={buttonClass("primary")}>
      <ClipboardCheck size={15} aria-hidden /> Make a plan…
    </Link>
  );
};

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

const DecisionDialog = ({
  line,
  status,
  onClose,
}: {
  readonly line: RecommendationLine;
  readonly status: "dismissed" | "snoozed";
  readonly onClose: () => void;
}) => {
  const decide = useDecision();
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState(inDays(30));
  const isSnooze = status === "snoozed";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const said = reason.trim() === "" ? {} : { reason: reason.trim() };
    const end = isSnooze ? { until: `${until}T00:00:00Z` } : {};
    decide.mutate({ lines: [line], decision: { status, ...said, ...end } }, { onSuccess: onClose });
  };
  return (
    <Dialog isOpen onClose={onClose} title={isSnooze ? "Snooze it" : "Dismiss it"} about={line.title}>
      <form onSubmit={submit} className="flex flex-col gap-4 p-4">
        {isSnooze && (
          <Field
            label="Until"
            type="date"
            required
            min={inDays(1)}
            value={until}
            onChange={(event) => setUntil(event.target.value)}
            hint="It is open again from this day on (UTC)."
          />
        )}
        <Field
          label={isSnooze ? "Reason (optional)" : "Reason"}
          required={!isSnooze}
          maxLength={1000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          hint="Whoever looks at it later reads this."
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" disabled={decide.isPending}>
            {isSnooze ? "Snooze" : "Dismiss"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
};

const Assignee = ({ line }: { readonly line: RecommendationLine }) => {
  const client = useQueryClient();
  const people = usePeople();
  const assign = useMutation({
    mutationFn: (person: string | null) =>
      call("PUT /api/v1/recommendations/:id/assignee", {
        params: { id: line.id },
        body: { assignee: person },
      }),
    onError: (error) => toast(toProblem(error).message, "failed"),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ["recommendation"] });
      await client.invalidateQueries({ queryKey: ["recommendations"] });
    },
  });
  const { assignee } = line;
  return (
    <ChoiceMenu
      label="Looked after by"
      value={assignee?.id ?? ""}
      choices={[
        { value: "", title: "Nobody" },
        ...people.map(({ id, name }) => ({ value: id, title: name })),
      ]}
      onChoose={(value) => assign.mutate(value === "" ? null : value)}
      trigger={
        <Button disabled={assign.isPending}>
          {assignee === null ? "Assign" : `Assigned to ${assignee.name}`}
          <ChevronDown size={14} aria-hidden />
        </Button>
      }
    />
  );
};
