import { ChevronDown } from "lucide-react";
import { type FormEvent, useState } from "react";
import { toProblem } from "../../api/problem.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Field } from "../../components/field.tsx";
import { Menu, MenuItem } from "../../components/menu.tsx";
import { toast } from "../../components/toaster.tsx";
import type { TaskStatus } from "./programme-search.ts";
import { type TaskCall, useMoveTask } from "./use-task-changes.ts";

interface Move {
  readonly call: TaskCall;
  readonly title: string;
  /** What is asked for; absent: no reason is needed. */
  readonly why?: string;
}

const block: Move = { call: "block", title: "Block", why: "What is in its way?" };
const cancel: Move = { call: "cancel", title: "Cancel", why: "Why is it not to be done?" };

/** What a person can say of a task; that it is done is shown by its criteria. */
const moves: Readonly<Record<TaskStatus, readonly Move[]>> = {
  todo: [{ call: "start", title: "Start" }, block, cancel],
  "in-progress": [block, { call: "reopen", title: "Back to do" }, cancel],
  blocked: [{ call: "resume", title: "Resume" }, { call: "reopen", title: "Back to do" }, cancel],
  done: [{ call: "resume", title: "Work on it again", why: "What is not done after all?" }],
  cancelled: [{ call: "reopen", title: "Reopen" }],
};

interface TaskMovesProps {
  readonly id: string;
  readonly task: string;
  readonly title: string;
  readonly status: TaskStatus;
}

/** A menu of the moves that a task's state allows. */
export const TaskMoves = ({ id, task, title, status }: TaskMovesProps) => {
  const move = useMoveTask(id, task);
  const [asked, setAsked] = useState<Move>();
  const [first] = moves[status];
  const choose = (chosen: Move) => {
    move.reset();
    if (chosen.why !== undefined) setAsked(chosen);
    else
      move.mutate(
        { call: chosen.call },
        { onError: (error) => toast(`${toProblem(error).message} ${toProblem(error).hint}`, "failed") },
      );
  };
  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button size="sm" disabled={move.isPending} aria-label={`${first?.title ?? "Move"}…: ${title}`}>
            {first?.title ?? "Move"}… <ChevronDown size={13} aria-hidden />
          </Button>
        }
      >
        {moves[status].map((one) => (
          <MenuItem key={one.call} onSelect={() => choose(one)}>
            {one.title}
            {one.why !== undefined && "…"}
          </MenuItem>
        ))}
      </Menu>
      {asked !== undefined && (
        <ReasonDialog
          move={asked}
          title={title}
          problem={move.error}
          isPending={move.isPending}
          onClose={() => setAsked(undefined)}
          onReason={(reason) =>
            move.mutate({ call: asked.call, reason }, { onSuccess: () => setAsked(undefined) })
          }
        />
      )}
    </>
  );
};

interface ReasonDialogProps {
  readonly move: Move;
  readonly title: string;
  readonly problem: unknown;
  readonly isPending: boolean;
  readonly onClose: () => void;
  readonly onReason: (reason: string) => void;
}

const ReasonDialog = ({ move, title, problem, isPending, onClose, onReason }: ReasonDialogProps) => {
  const [reason, setReason] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onReason(reason.trim());
  };
  return (
    <Dialog isOpen onClose={onClose} title={`${move.title}: ${title}`}>
      <form onSubmit={submit} className="flex flex-col gap-4 p-4">
        <Field
          label={move.why ?? "Reason"}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          maxLength={1000}
          required
          hint="It stands in the status report and in the task's history"
          error={problem === null ? undefined : toProblem(problem).message}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Leave it</Button>
          <Button kind="primary" type="submit" disabled={isPending || reason.trim() === ""}>
            {move.title}
          </Button>
        </div>
      </form>
    </Dialog>
  );
};
