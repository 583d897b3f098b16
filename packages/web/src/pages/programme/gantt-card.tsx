import { Card } from "../../components/card.tsx";
import { classNames } from "../../components/class-names.ts";
import { formatDay, formatMonth } from "../../format/dates.ts";
import { formatCount } from "../../format/numbers.ts";
import { readerToday } from "../../format/reader.ts";
import { GanttLinks } from "./gantt-links.tsx";
import { type GanttScale, ganttScale } from "./gantt-scale.ts";
import { type Board, type ScheduledTask, statusOf, type TaskStatus } from "./programme-search.ts";
import { TaskStatusBadge, taskStatusTitle } from "./task-status.tsx";

interface GanttCardProps {
  readonly board: Board;
  readonly onTask: (task: string) => void;
}

/** When each task is done as things stand, what it waits for, and what would delay the whole. */
export const GanttCard = ({ board, onTask }: GanttCardProps) => {
  const { schedule } = board;
  const tasks = schedule.tasks.toSorted(
    (left, right) => left.start.localeCompare(right.start) || left.finish.localeCompare(right.finish),
  );
  if (tasks.length === 0) return null;
  const last = tasks.reduce(
    (day, { latestFinish }) => (latestFinish > day ? latestFinish : day),
    schedule.finish,
  );
  const first = tasks.reduce((day, { start }) => (start < day ? start : day), last);
  const scale = ganttScale(first, last);
  return (
    <Card
      title="When"
      about={`As things stand: the last task ends on ${formatDay(schedule.finish)}. Any delay on the critical path delays that.`}
      isFlush
    >
      <Legend />
      <div className="overflow-x-auto px-4 max-md:hidden">
        <div className="grid grid-cols-[minmax(9rem,16rem)_minmax(28rem,1fr)] gap-x-3">
          <span />
          <Ticks scale={scale} />
          <ol aria-hidden className="contents">
            <li className="flex flex-col">
              {tasks.map(({ key }) => (
                <span
                  key={key}
                  className="flex h-10 items-center truncate text-sm"
                  title={titleOf(board, key)}
                >
                  <span className="truncate">{titleOf(board, key)}</span>
                </span>
              ))}
            </li>
          </ol>
          <div className="relative">
            <Lines scale={scale} />
            <GanttLinks board={board} tasks={tasks} scale={scale} />
            <ol aria-label="Tasks over time" className="relative">
              {tasks.map((task) => (
                <li key={task.key} className="relative h-10">
                  <Bar board={board} task={task} scale={scale} onTask={onTask} />
                </li>
              ))}
            </ol>
          </div>
        </div>
      </div>
      <PhoneList board={board} tasks={tasks} onTask={onTask} />
    </Card>
  );
};

const titleOf = ({ programme }: Board, key: string): string =>
  programme.tasks.find(({ id }) => id === key)?.title ?? key;

const Legend = () => (
  <ul className="flex flex-wrap gap-x-4 gap-y-1 px-4 pb-2 text-xs text-ink-3 max-md:hidden">
    <li className="flex items-center gap-1.5">
      <span aria-hidden className="h-2.5 w-5 rounded-sm bg-accent" /> critical path
    </li>
    <li className="flex items-center gap-1.5">
      <span aria-hidden className="h-2.5 w-5 rounded-sm border border-accent bg-accent-soft" /> other task
    </li>
    <li className="flex items-center gap-1.5">
      <span aria-hidden className="h-2.5 w-5 rounded-sm bg-down" /> done
    </li>
    <li className="flex items-center gap-1.5">
      <span aria-hidden className="h-2.5 w-5 rounded-sm border border-dashed border-control" /> slack: may
      slip this far
    </li>
    <li className="flex items-center gap-1.5">
      <span aria-hidden className="h-3 border-l-2 border-danger" /> today
    </li>
  </ul>
);

const Ticks = ({ scale }: { readonly scale: GanttScale }) => (
  <div aria-hidden className="relative h-6 text-xs text-ink-3">
    {scale.ticks.map(({ day, title }) => (
      <span key={day} className="num absolute whitespace-nowrap" style={{ left: `${scale.at(day)}%` }}>
        {title === "month" ? formatMonth(day.slice(0, 7), "bar") : formatDay(day, "short")}
      </span>
    ))}
  </div>
);

const Lines = ({ scale }: { readonly scale: GanttScale }) => {
  const today = readerToday();
  const place = scale.at(today);
  return (
    <div aria-hidden className="absolute inset-0">
      {scale.ticks.map(({ day }) => (
        <span
          key={day}
          className="absolute inset-y-0 border-l border-line"
          style={{ left: `${scale.at(day)}%` }}
        />
      ))}
      {place >= 0 && place <= 100 && (
        <span className="absolute inset-y-0 border-l-2 border-danger" style={{ left: `${place}%` }} />
      )}
    </div>
  );
};

interface BarProps {
  readonly board: Board;
  readonly task: ScheduledTask;
  readonly scale: GanttScale;
  readonly onTask: (task: string) => void;
}

const lookOf = (status: TaskStatus, isCritical: boolean): string => {
  if (status === "done") return "bg-down border-down";
  if (status === "blocked") return "bg-danger-soft border-danger";
  return isCritical ? "bg-accent border-accent" : "bg-accent-soft border-accent";
};

const Bar = ({ board, task, scale, onTask }: BarProps) => {
  const { key, start, finish, latestFinish, slack } = task;
  const isCritical = board.schedule.criticalPath.includes(key);
  const status = statusOf(board, key);
  return (
    <>
      {slack > 0 && status !== "done" && (
        <span
          aria-hidden
          className="absolute top-3 h-4 rounded-sm border border-dashed border-control"
          style={{ left: `${scale.at(start)}%`, width: `${scale.width(start, latestFinish)}%` }}
        />
      )}
      <button
        type="button"
        onClick={() => onTask(key)}
        aria-label={sentenceOf(board, task)}
        title={sentenceOf(board, task)}
        className={classNames(
          "absolute top-2 h-6 min-w-2 rounded-sm border hover:brightness-110",
          lookOf(status, isCritical),
        )}
        style={{ left: `${scale.at(start)}%`, width: `${scale.width(start, finish)}%` }}
      />
    </>
  );
};

const waitsFor = (board: Board, key: string): readonly string[] =>
  board.programme.tasks.find(({ id }) => id === key)?.after ?? [];

const sentenceOf = (board: Board, { key, start, finish, slack }: ScheduledTask): string => {
  const waits = waitsFor(board, key).map((other) => titleOf(board, other));
  return [
    `${titleOf(board, key)}: ${formatDay(start)} to ${formatDay(finish)}`,
    taskStatusTitle(statusOf(board, key)).toLowerCase(),
    board.schedule.criticalPath.includes(key) ? "on the critical path" : slackText(slack),
    ...(waits.length === 0 ? [] : [`waits for ${waits.join(", ")}`]),
  ].join("; ");
};

const slackText = (slack: number): string =>
  slack === 0 ? "no slack" : `${formatCount(slack)} ${slack === 1 ? "day" : "days"} of slack`;

interface PhoneListProps {
  readonly board: Board;
  readonly tasks: readonly ScheduledTask[];
  readonly onTask: (task: string) => void;
}

const PhoneList = ({ board, tasks, onTask }: PhoneListProps) => (
  <ol className="flex flex-col divide-y divide-line px-4 md:hidden">
    {tasks.map(({ key, start, finish, slack }) => (
      <li key={key}>
        <button
          type="button"
          onClick={() => onTask(key)}
          className="flex w-full flex-col gap-1 py-2.5 text-left"
        >
          <span className="font-medium">{titleOf(board, key)}</span>
          <span className="num text-sm text-ink-2">
            {formatDay(start, "short")} – {formatDay(finish)}
          </span>
          <span className="flex flex-wrap items-center gap-2 text-xs text-ink-3">
            <TaskStatusBadge status={statusOf(board, key)} />
            {board.schedule.criticalPath.includes(key) ? "critical path" : slackText(slack)}
          </span>
        </button>
      </li>
    ))}
  </ol>
);
