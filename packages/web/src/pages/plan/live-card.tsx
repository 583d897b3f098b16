import { CircleCheck, CircleDot, CircleX, LoaderCircle, Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import { Badge } from "../../components/badge.tsx";
import { Card } from "../../components/card.tsx";
import { formatMoment } from "../../format/dates.ts";
import { formatDuration } from "../../format/durations.ts";
import type { PlanPage, PlanStep } from "./plan-search.ts";
import { type StepView, stepView } from "./step-state.ts";
import { useNow } from "./use-now.ts";

const titles = {
  execute: { running: "Being applied", ended: "Run" },
  resume: { running: "Being resumed", ended: "Resumed run" },
  "roll-back": { running: "Being taken back", ended: "Way back" },
} as const;

/** A run as it goes on: each step's state, and how it ended. */
export const LiveCard = ({ page }: { readonly page: PlanPage }) => {
  const { line, run, body, states } = page;
  const settled = body.steps.filter(({ id }) => isSettled(page, id)).length;
  return (
    <Card
      title={run === null ? "Run" : titles[run.mode][run.status]}
      about={
        run === null
          ? line.status === "applying"
            ? "It runs in another process: the journal tells what is done, as it is written"
            : "It ran in another process: the journal tells what was done"
          : `${run.startedBy}, ${formatMoment(run.startedAt)}`
      }
      isFlush
    >
      <div className="px-4 pb-3">
        <progress aria-label="Steps" value={settled} max={body.steps.length} className="h-2 w-full" />
        <p className="num text-xs text-ink-3">
          {settled} of {body.steps.length} {body.steps.length === 1 ? "step" : "steps"}{" "}
          {run?.mode === "roll-back" ? "settled" : "done"}
        </p>
        <Outcome page={page} />
      </div>
      <ol aria-label="Steps" className="flex flex-col divide-y divide-line border-t border-line">
        {body.steps.map((step) => (
          <StepLine key={step.id} step={step} page={page} view={stepView({ states, run }, step.id)} />
        ))}
      </ol>
    </Card>
  );
};

const isSettled = ({ states, run }: PlanPage, step: string): boolean =>
  run?.mode === "roll-back"
    ? states[step] === undefined || states[step] === "rolled-back"
    : states[step] === "applied" && run?.watching?.step !== step;

/** How it ended, and why. */
const Outcome = ({ page: { run } }: { readonly page: PlanPage }) => {
  if (run === null || run.status === "running") return null;
  const text = run.problem ?? run.report?.reason;
  const status = run.problem === null ? run.report?.status : "failed";
  const isGood = status === "applied" || (status === "rolled-back" && run.mode === "roll-back");
  return (
    <p
      role="status"
      className={`mt-2 rounded-lg px-3 py-2 break-words ${isGood ? "bg-down-soft text-down" : "bg-warn-soft text-warn"}`}
    >
      <span className="font-medium">{outcomes[status ?? "failed"]}</span>
      {text !== undefined && text !== null && `: ${text}`}
    </p>
  );
};

const outcomes = {
  applied: "Applied",
  failed: "It did not end well",
  "rolled-back": "Taken back",
} as const;

interface StepLineProps {
  readonly step: PlanStep;
  readonly page: PlanPage;
  readonly view: StepView;
}

const StepLine = ({ step, page: { run }, view }: StepLineProps) => {
  const about = run?.report?.steps.find((one) => one.step === step.id)?.about;
  return (
    <li className="flex items-start gap-3 px-4 py-2.5" {...(view.isBusy ? { "aria-current": "step" } : {})}>
      <span className="mt-0.5 shrink-0">{iconOf(view)}</span>
      <span className="min-w-0 grow">
        <span className="block font-medium break-words">{step.title}</span>
        <span className="block text-xs break-words text-ink-3">
          {step.resource.name}
          {about !== undefined && about !== "" && about !== "done" && ` · ${about}`}
        </span>
        {run?.watching?.step === step.id && (
          <WatchTime since={run.watching.since} seconds={step.watchSeconds} />
        )}
      </span>
      <Badge tone={view.tone}>{view.word}</Badge>
    </li>
  );
};

const iconOf = ({ isBusy, word }: StepView): ReactNode => {
  if (isBusy) return <LoaderCircle size={17} aria-hidden className="animate-spin text-accent" />;
  if (word === "done") return <CircleCheck size={17} aria-hidden className="text-down" />;
  if (word === "taken back") return <Undo2 size={17} aria-hidden className="text-warn" />;
  if (word === "failed" || word === "way back failed")
    return <CircleX size={17} aria-hidden className="text-danger" />;
  return <CircleDot size={17} aria-hidden className="text-ink-3" />;
};

/** How much of the watch is over. */
const WatchTime = ({ since, seconds }: { readonly since: string; readonly seconds: number }) => {
  const now = useNow(1000);
  const gone = Math.min(seconds, Math.max(0, (now - Date.parse(since)) / 1000));
  return (
    <span className="mt-1 flex items-center gap-2">
      <progress aria-label="Watch" value={gone} max={seconds} className="h-1.5 w-40 max-w-full" />
      <span className="num text-xs text-ink-3">{formatDuration(seconds - gone)} to go</span>
    </span>
  );
};
