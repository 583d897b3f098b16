import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useMay } from "../../api/use-me.ts";
import { Dialog } from "../../components/dialog.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { formatDay } from "../../format/dates.ts";
import { formatCount } from "../../format/numbers.ts";
import { CriterionLines } from "./outcome-mark.tsx";
import { type Board, statusOf, statusOptions, type Task } from "./programme-search.ts";
import { EstimateText, RealisedText } from "./saving-text.tsx";
import { TaskMoves } from "./task-moves.tsx";
import { TaskStatusBadge } from "./task-status.tsx";

/** `0.5/1/4`, at least, likely and at most: "0.5 to 4 hours, likely 1". */
const effortText = (effort: string): string => {
  const [low, mid, high] = effort.split("/");
  return high === undefined || low === high ? `${low} hours` : `${low} to ${high} hours, likely ${mid}`;
};

interface TaskDialogProps {
  readonly id: string;
  readonly board: Board;
  readonly task: string;
  readonly onClose: () => void;
  readonly onTask: (task: string) => void;
}

/** Everything of one task: days, what it waits for, what it saves, and what shows that it is done. */
export const TaskDialog = ({ id, board, task: key, onClose, onTask }: TaskDialogProps) => {
  const mayDecide = useMay("decide");
  const task = board.programme.tasks.find((candidate) => candidate.id === key);
  if (task === undefined) {
    return (
      <Dialog isOpen onClose={onClose} title="Task">
        <EmptyState title="This task is not in the programme">
          It may have been taken out of its file.
        </EmptyState>
      </Dialog>
    );
  }
  const status = statusOf(board, key);
  const reason = board.facts[key]?.reason;
  return (
    <Dialog isOpen onClose={onClose} place="side" title={task.title} about={task.owner ?? "No owner yet"}>
      <div className="flex flex-col gap-5 p-4">
        <div className="flex flex-wrap items-center gap-3">
          <TaskStatusBadge status={status} />
          {reason !== undefined && <span className="text-sm text-ink-2">{reason}</span>}
          {mayDecide && (
            <span className="ml-auto">
              <TaskMoves id={id} task={key} title={task.title} status={status} />
            </span>
          )}
        </div>
        <Days board={board} task={task} />
        <Neighbours board={board} task={task} onTask={onTask} />
        <Saving id={id} board={board} task={task} />
        <Criteria id={id} board={board} task={task} />
        <Texts title="To be delivered" texts={task.deliverables ?? []} />
        <Texts title="Notes" texts={task.notes ?? []} />
      </div>
    </Dialog>
  );
};

interface PartProps {
  readonly board: Board;
  readonly task: Task;
}

const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section aria-label={title}>
    <h3 className="pb-1.5 font-semibold">{title}</h3>
    {children}
  </section>
);

const Days = ({ board, task }: PartProps) => {
  const planned = board.schedule.tasks.find(({ key }) => key === task.id);
  const isCritical = board.schedule.criticalPath.includes(task.id);
  return (
    <Part title="When">
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 text-sm">
        {task.starts !== undefined && <Line name="To start">{formatDay(task.starts)}</Line>}
        {task.due !== undefined && <Line name="Due">{formatDay(task.due)}</Line>}
        {planned !== undefined && (
          <>
            <Line name="As things stand">
              {formatDay(planned.start)} – {formatDay(planned.finish)}
            </Line>
            <Line name="Slack">
              {isCritical
                ? "on the critical path: a delay of it delays the whole"
                : `${formatCount(planned.slack)} ${planned.slack === 1 ? "day" : "days"}; may end on ${formatDay(planned.latestFinish)}`}
            </Line>
          </>
        )}
        {task.effort !== undefined && <Line name="Work">{effortText(task.effort)}</Line>}
      </dl>
    </Part>
  );
};

const Line = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <>
    <dt className="text-ink-3">{name}</dt>
    <dd className="num min-w-0">{children}</dd>
  </>
);

const Neighbours = ({ board, task, onTask }: PartProps & { readonly onTask: (task: string) => void }) => {
  const { tasks } = board.programme;
  const before = tasks.filter(({ id }) => task.after?.includes(id));
  const after = tasks.filter((other) => other.after?.includes(task.id));
  if (before.length + after.length === 0) return null;
  return (
    <Part title="Depends">
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 text-sm">
        {before.length > 0 && (
          <Line name="Waits for">
            <TaskLinks tasks={before} onTask={onTask} />
          </Line>
        )}
        {after.length > 0 && (
          <Line name="Held up by it">
            <TaskLinks tasks={after} onTask={onTask} />
          </Line>
        )}
      </dl>
    </Part>
  );
};

const TaskLinks = ({
  tasks,
  onTask,
}: {
  readonly tasks: readonly Task[];
  readonly onTask: (task: string) => void;
}) => (
  <ul className="flex flex-col items-start gap-0.5">
    {tasks.map(({ id, title }) => (
      <li key={id}>
        <button
          type="button"
          onClick={() => onTask(id)}
          className="min-h-6 rounded-sm text-left text-accent hover:underline"
        >
          {title}
        </button>
      </li>
    ))}
  </ul>
);

const Saving = ({ id, board, task }: PartProps & { readonly id: string }) => {
  const { data } = useQuery({ ...statusOptions(id), enabled: board.costs !== null });
  const step = data?.steps.find((candidate) => candidate.task === task.id);
  if (board.costs === null) return null;
  return (
    <Part title="What it saves a month">
      {data === undefined ? (
        <Skeleton className="h-10 w-56" />
      ) : (
        <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 text-sm">
          {step !== undefined && (
            <>
              <Line name="Planned">
                <EstimateText estimate={step.planned} currency={data.currency} />
              </Line>
              <Line name="Realised">
                <RealisedText realised={step.realised} currency={data.currency} />
              </Line>
            </>
          )}
          {task.effects?.map(({ on, change, note }) => (
            <Line key={`${on.join(" ")} ${change}`} name={on.join(", ")}>
              {change}
              {note !== undefined && <span className="block text-ink-3">{note}</span>}
            </Line>
          ))}
        </dl>
      )}
    </Part>
  );
};

const Criteria = ({ id, board, task }: PartProps & { readonly id: string }) => {
  const { data } = useQuery({ ...statusOptions(id), enabled: board.costs !== null });
  const judged = data?.criteria.find((candidate) => candidate.task === task.id);
  return (
    <Part title="What shows that it is done">
      {task.criteria === undefined || task.criteria.length === 0 ? (
        <p className="text-sm text-ink-3">
          It has no success criterion, so nothing can show it. Add one in the file.
        </p>
      ) : judged === undefined ? (
        <Texts title="" texts={task.criteria} />
      ) : (
        <>
          <CriterionLines results={judged.results} />
          <p className="pt-2 text-sm text-ink-2">{judged.remark}</p>
        </>
      )}
    </Part>
  );
};

const Texts = ({ title, texts }: { readonly title: string; readonly texts: readonly string[] }) => {
  if (texts.length === 0) return null;
  const items = (
    <ul className="flex list-disc flex-col gap-0.5 pl-5 text-sm text-ink-2">
      {texts.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
  return title === "" ? items : <Part title={title}>{items}</Part>;
};
