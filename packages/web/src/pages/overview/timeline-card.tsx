import { Link } from "@tanstack/react-router";
import { Ban, Circle, CircleCheck, LoaderCircle } from "lucide-react";
import { Card } from "../../components/card.tsx";
import { classNames } from "../../components/class-names.ts";
import { formatDay, formatMonth } from "../../format/dates.ts";
import { formatCount } from "../../format/numbers.ts";
import { type GanttScale, ganttScale } from "../programme/gantt-scale.ts";
import type { ProgrammeFigures, TimelineTask } from "./programme-search.ts";

const SHOWN = 8;

const looks = {
  done: { title: "done", icon: CircleCheck, ink: "text-down", bar: "border-down bg-down" },
  "in-progress": {
    title: "under way",
    icon: LoaderCircle,
    ink: "text-accent",
    bar: "border-accent bg-accent",
  },
  blocked: { title: "blocked", icon: Ban, ink: "text-danger", bar: "border-danger bg-danger-soft" },
  todo: { title: "next", icon: Circle, ink: "text-ink-3", bar: "border-accent bg-accent-soft" },
} as const;

/** The oldest that are done make room: what is under way and next says more. */
const shownOf = (tasks: readonly TimelineTask[]): readonly TimelineTask[] => {
  const surplus = Math.max(0, tasks.length - SHOWN);
  const left = new Set(
    tasks
      .filter(({ status }) => status === "done")
      .toSorted((a, b) => a.finish.localeCompare(b.finish))
      .slice(0, surplus),
  );
  return tasks.filter((task) => !left.has(task)).slice(0, SHOWN);
};

interface TimelineCardProps {
  readonly figures: ProgrammeFigures;
  readonly className: string;
}

/** What of the programme is done, under way and next, over its days. */
export const TimelineCard = ({ figures, className }: TimelineCardProps) => {
  const { tasks, done, finish, programme, today } = figures;
  const shown = shownOf(tasks);
  const last = shown.reduce((day, task) => (task.finish > day ? task.finish : day), today);
  const first = shown.reduce((day, task) => (task.start < day ? task.start : day), today);
  const scale = ganttScale(first, last);
  return (
    <Card
      className={className}
      title="Programme timeline"
      about={`${formatCount(done)} of ${formatCount(tasks.length)} tasks done; as things stand, the last ends on ${formatDay(finish)}`}
    >
      <div className="grid grid-cols-1 md:grid-cols-[minmax(0,14rem)_minmax(0,1fr)] md:gap-x-4">
        <span className="max-md:hidden" />
        <Ticks scale={scale} />
        <ol aria-label="Tasks over time" className="contents">
          {shown.map((task) => (
            <Row key={task.id} programme={programme.id} task={task} scale={scale} today={today} />
          ))}
        </ol>
      </div>
      <Legend tasks={shown} />
      {tasks.length > shown.length && (
        <p className="pt-2 text-sm">
          <Link
            to="/programme/$id"
            params={{ id: programme.id }}
            search={{}}
            className="rounded-sm text-accent hover:underline"
          >
            All {formatCount(tasks.length)} tasks of the programme
          </Link>
        </p>
      )}
    </Card>
  );
};

const Ticks = ({ scale }: { readonly scale: GanttScale }) => (
  <div aria-hidden className="relative h-5 overflow-hidden text-xs text-ink-3 max-md:hidden">
    {scale.ticks
      .filter(({ day }) => scale.at(day) < 92)
      .map(({ day, title }) => (
        <span key={day} className="num absolute whitespace-nowrap" style={{ left: `${scale.at(day)}%` }}>
          {title === "month" ? formatMonth(day.slice(0, 7), "bar") : formatDay(day, "short")}
        </span>
      ))}
  </div>
);

interface RowProps {
  readonly programme: string;
  readonly task: TimelineTask;
  readonly scale: GanttScale;
  readonly today: string;
}

const Row = ({ programme, task, scale, today }: RowProps) => {
  const { icon: Icon, ink, bar, title } = looks[task.status];
  const days =
    task.start === task.finish
      ? formatDay(task.finish, "short")
      : `${formatDay(task.start, "short")} – ${formatDay(task.finish, "short")}`;
  return (
    <li className="contents">
      <span className="flex min-w-0 items-center gap-2 max-md:pt-2.5 md:h-8">
        <Icon size={14} aria-hidden className={classNames("shrink-0", ink)} />
        <Link
          to="/programme/$id"
          params={{ id: programme }}
          search={{ task: task.id }}
          title={task.title}
          className="min-w-0 truncate rounded-sm hover:text-accent hover:underline"
        >
          {task.title}
        </Link>
        <span className="sr-only">
          {title}, {days}
        </span>
      </span>
      <span className="relative max-md:flex max-md:flex-wrap max-md:gap-x-2 max-md:border-b max-md:border-line max-md:pb-2.5 max-md:pl-5.5 md:h-8">
        <span aria-hidden className="num text-sm text-ink-3 md:hidden">
          {title} · {days}
        </span>
        {task.isLate && <span className="text-sm font-medium text-danger md:hidden">after it is due</span>}
        <Lines scale={scale} today={today} />
        <span
          title={`${task.title}: ${title}, ${days}${task.isLate ? ", after it is due" : ""}`}
          className={classNames(
            "absolute top-2 h-4 min-w-1.5 rounded-sm border max-md:hidden",
            bar,
            task.isLate && "border-r-4 border-r-danger",
          )}
          style={{ left: `${scale.at(task.start)}%`, width: `${scale.width(task.start, task.finish)}%` }}
        />
      </span>
    </li>
  );
};

const Lines = ({ scale, today }: { readonly scale: GanttScale; readonly today: string }) => (
  <span aria-hidden className="absolute inset-0 max-md:hidden">
    {scale.ticks.map(({ day }) => (
      <span
        key={day}
        className="absolute inset-y-0 border-l border-line"
        style={{ left: `${scale.at(day)}%` }}
      />
    ))}
    <span className="absolute inset-y-0 border-l-2 border-danger" style={{ left: `${scale.at(today)}%` }} />
  </span>
);

const Legend = ({ tasks }: { readonly tasks: readonly TimelineTask[] }) => {
  const states = (["done", "in-progress", "blocked", "todo"] as const).filter((status) =>
    tasks.some((task) => task.status === status),
  );
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 pt-3 text-xs text-ink-3 max-md:hidden">
      {states.map((status) => (
        <li key={status} className="flex items-center gap-1.5">
          <span aria-hidden className={classNames("h-2.5 w-5 rounded-sm border", looks[status].bar)} />
          {looks[status].title}
        </li>
      ))}
      {tasks.some(({ isLate }) => isLate) && (
        <li className="flex items-center gap-1.5">
          <span aria-hidden className="h-2.5 border-r-4 border-danger" /> ends after it is due
        </li>
      )}
      <li className="flex items-center gap-1.5">
        <span aria-hidden className="h-3 border-l-2 border-danger" /> today
      </li>
    </ul>
  );
};
