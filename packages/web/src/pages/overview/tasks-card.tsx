import { CircleCheckBig } from "lucide-react";
import { Card } from "../../components/card.tsx";
import { classNames } from "../../components/class-names.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { formatDay } from "../../format/dates.ts";
import type { Overview } from "./overview-search.ts";

interface TasksCardProps {
  readonly overview: Overview;
  readonly className: string;
}

/** The programme's open tasks, those due first. */
export const TasksCard = ({ overview: { tasks, hidden }, className }: TasksCardProps) => (
  <Card className={className} title="What to do now" about="Open tasks of the programme">
    {tasks.length === 0 ? (
      <EmptyState
        icon={<CircleCheckBig size={20} aria-hidden />}
        title={hidden.includes("tasks") ? "Not shown for a part of the bill" : "Nothing is due"}
      >
        {hidden.includes("tasks")
          ? "The programme speaks of the whole bill; yours is limited to some charges."
          : "Accepted recommendations become tasks here, with owners and dates."}
      </EmptyState>
    ) : (
      <ol className="flex flex-col divide-y divide-line">
        {tasks.slice(0, 6).map((task) => (
          <li key={task.id} className="flex items-baseline gap-3 py-2">
            <span className="min-w-0 grow">
              <span className="line-clamp-2">{task.title}</span>
              <span className="block truncate text-xs text-ink-3">
                {task.programme.name}
                {task.owner !== null && ` · ${task.owner}`}
              </span>
            </span>
            {task.dueOn !== null && (
              <span
                className={classNames(
                  "num shrink-0 text-sm",
                  task.isOverdue ? "font-medium text-danger" : "text-ink-2",
                )}
              >
                {task.isOverdue ? "overdue " : ""}
                {formatDay(task.dueOn, "short")}
              </span>
            )}
          </li>
        ))}
      </ol>
    )}
  </Card>
);
