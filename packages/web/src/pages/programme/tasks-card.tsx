import { useMay } from "../../api/use-me.ts";
import { Card } from "../../components/card.tsx";
import { type DataColumn, DataTable } from "../../components/data-table.tsx";
import { formatDay } from "../../format/dates.ts";
import { EditableCell } from "./editable-cell.tsx";
import { type Board, statusOf, type Task } from "./programme-search.ts";
import { TaskMoves } from "./task-moves.tsx";
import { TaskStatusBadge } from "./task-status.tsx";
import { useChangeTask } from "./use-task-changes.ts";

interface TasksCardProps {
  readonly id: string;
  readonly board: Board;
  readonly onTask: (task: string) => void;
}

/** Who does what, until when; owner and days are changed where they stand. */
export const TasksCard = ({ id, board, onTask }: TasksCardProps) => {
  const mayDecide = useMay("decide");
  return (
    <Card
      title="Tasks"
      about={mayDecide ? "Owner and days can be changed where they stand" : "Who does what, until when"}
      isFlush
    >
      <DataTable
        caption="Owners and days of tasks"
        columns={columnsOf(id, board, mayDecide, onTask)}
        rows={board.programme.tasks}
        rowKey={(task) => task.id}
        isFirstSticky
      />
    </Card>
  );
};

const columnsOf = (
  id: string,
  board: Board,
  mayDecide: boolean,
  onTask: (task: string) => void,
): readonly DataColumn<Task>[] => [
  {
    id: "task",
    title: "Task",
    sortBy: ({ title }) => title,
    className: "min-w-44 max-w-96",
    cell: (task) => (
      <button
        type="button"
        onClick={() => onTask(task.id)}
        className="rounded-sm text-left text-accent hover:underline"
      >
        {task.title}
      </button>
    ),
  },
  {
    id: "status",
    title: "State",
    sortBy: (task) => statusOf(board, task.id),
    cell: (task) => <TaskStatusBadge status={statusOf(board, task.id)} />,
  },
  {
    id: "owner",
    title: "Owner",
    sortBy: ({ owner }) => owner ?? "",
    className: "min-w-40",
    cell: (task) => <TaskCell id={id} task={task} field="owner" mayDecide={mayDecide} />,
  },
  {
    id: "starts",
    title: "Starts",
    sortBy: ({ starts }) => starts ?? "",
    className: "min-w-36",
    cell: (task) => <TaskCell id={id} task={task} field="starts" mayDecide={mayDecide} />,
  },
  {
    id: "due",
    title: "Due",
    sortBy: ({ due }) => due ?? "",
    className: "min-w-36",
    cell: (task) => <TaskCell id={id} task={task} field="due" mayDecide={mayDecide} />,
  },
  {
    id: "ends",
    title: "Ends, as things stand",
    isNumber: true,
    cell: (task) => <Ends board={board} task={task} />,
  },
  ...(mayDecide
    ? [
        {
          id: "moves",
          title: "Moves",
          isTitleHidden: true,
          className: "w-px text-right",
          cell: (task: Task) => (
            <TaskMoves id={id} task={task.id} title={task.title} status={statusOf(board, task.id)} />
          ),
        },
      ]
    : []),
];

const Ends = ({ board, task }: { readonly board: Board; readonly task: Task }) => {
  const finish = board.schedule.tasks.find(({ key }) => key === task.id)?.finish;
  if (finish === undefined) return null;
  const isLate = task.due !== undefined && finish > task.due && statusOf(board, task.id) !== "done";
  return (
    <span className={isLate ? "font-medium text-danger" : ""}>
      {formatDay(finish)}
      {isLate && <span className="block text-xs">after it is due</span>}
    </span>
  );
};

interface TaskCellProps {
  readonly id: string;
  readonly task: Task;
  readonly field: "owner" | "starts" | "due";
  readonly mayDecide: boolean;
}

const fields = {
  owner: { title: "Owner", body: "owner", kind: "text" },
  starts: { title: "Start", body: "startsOn", kind: "date" },
  due: { title: "Due day", body: "dueOn", kind: "date" },
} as const;

const TaskCell = ({ id, task, field, mayDecide }: TaskCellProps) => {
  const change = useChangeTask(id, task.id);
  const { title, body, kind } = fields[field];
  const value = task[field] ?? "";
  const shown = value === "" ? "" : kind === "date" ? formatDay(value) : value;
  if (!mayDecide) return <span className="num">{shown || <span className="text-ink-3">not set</span>}</span>;
  return (
    <EditableCell
      label={`${title} of ${task.title}`}
      kind={kind}
      value={value}
      shown={shown}
      isSaving={change.isPending}
      onSave={(next) => change.mutate({ [body]: next === "" ? null : next })}
    />
  );
};
