import type { TaskStatus } from "@trimtab/domain";
import { programmeErrors } from "../../ledger/programme/programme-errors.ts";
import { didYouMean } from "../../query/text/nearest-name.ts";
import type { Work } from "../work.ts";
import { openStored } from "./load-board.ts";

/** What a person can say of a task. That it is done is not among it: its criteria show that. */
export const TASK_CALLS = {
  start: "in-progress",
  block: "blocked",
  resume: "in-progress",
  cancel: "cancelled",
  reopen: "todo",
} as const satisfies Readonly<Record<string, TaskStatus>>;
export type TaskCall = keyof typeof TASK_CALLS;

/**
 * Moves a task; the first that starts makes its programme active.
 * @throws PROGRAMME_NOT_CHOSEN, PROGRAMME_TASK_UNKNOWN, STATE_MOVE_REFUSED, STATE_CONFLICT
 */
export async function moveTaskBy(
  { services, actor }: Pick<Work, "services" | "actor">,
  asked: {
    readonly programme?: string | undefined;
    readonly task: string;
    readonly call: TaskCall;
    readonly reason?: string;
  },
): Promise<{ readonly from: TaskStatus; readonly to: TaskStatus }> {
  const { moveTask } = await import("../../state/tasks.ts");
  const { state, stored } = await openStored(services, asked.programme);
  const task = stored.tasks.get(asked.task);
  if (task === undefined) {
    const tasks = [...stored.tasks.keys()];
    throw programmeErrors.create("PROGRAMME_TASK_UNKNOWN", {
      task: asked.task,
      suggestion: didYouMean(asked.task, tasks),
      tasks: tasks.join(", "),
    });
  }
  const to = TASK_CALLS[asked.call];
  await moveTask(state, actor, {
    id: task.id,
    version: task.version,
    status: to,
    ...(asked.reason === undefined ? {} : { reason: asked.reason }),
  });
  if (to === "in-progress" && stored.row.status === "draft") {
    const { moveProgramme } = await import("../../state/programmes.ts");
    const { id, version } = stored.row;
    await moveProgramme(state, actor, { id, version, status: "active" });
  }
  return { from: task.status, to };
}
