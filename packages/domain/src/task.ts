import { mayMove, type Transitions } from "./transitions.ts";

export type TaskStatus = "todo" | "in-progress" | "blocked" | "done" | "cancelled";

export const TASK_MOVES: Transitions<TaskStatus> = {
  todo: ["in-progress", "blocked", "cancelled"],
  "in-progress": ["todo", "blocked", "done", "cancelled"],
  blocked: ["todo", "in-progress", "cancelled"],
  done: ["in-progress"],
  cancelled: ["todo"],
};

export interface TaskMove {
  readonly status: TaskStatus;
  readonly reason?: string;
  /** Whether what shows that it was done comes with it. */
  readonly hasEvidence: boolean;
}

/** Why a task can't move; undefined: it can. A box is ticked by evidence, never by hand. */
export function taskMoveProblem(
  from: TaskStatus,
  { status, reason, hasEvidence }: TaskMove,
): string | undefined {
  if (!mayMove(TASK_MOVES, from, status)) return `a task that is ${from} can't become ${status}`;
  if (status === "done" && !hasEvidence) return "a task is done by evidence, and none was given";
  const needsReason = status === "blocked" || status === "cancelled" || from === "done";
  if (needsReason && !reason?.trim()) return `to become ${status} from ${from}, a task needs a reason`;
  return undefined;
}

export interface TaskDependency {
  readonly task: string;
  /** Must be done before it. */
  readonly dependsOn: string;
}

/** The tasks of a circle of dependencies, first and last the same; undefined where there is none. */
export function findDependencyCycle(edges: readonly TaskDependency[]): readonly string[] | undefined {
  const next = new Map<string, string[]>();
  for (const { task, dependsOn } of edges) next.set(task, [...(next.get(task) ?? []), dependsOn]);
  const finished = new Set<string>();
  for (const start of next.keys()) {
    // A walk of its own stack: chains of tasks may be longer than the engine's.
    const path: { readonly task: string; readonly rest: string[] }[] = [];
    const onPath = new Set<string>();
    const enter = (task: string): void => {
      path.push({ task, rest: [...(next.get(task) ?? [])] });
      onPath.add(task);
    };
    if (!finished.has(start)) enter(start);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const following = top.rest.pop();
      if (following === undefined) {
        path.pop();
        onPath.delete(top.task);
        finished.add(top.task);
      } else if (onPath.has(following)) {
        const tasks = path.map(({ task }) => task);
        return [...tasks.slice(tasks.indexOf(following)), following];
      } else if (!finished.has(following)) enter(following);
    }
  }
  return undefined;
}
