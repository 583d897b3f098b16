import type { TaskStatus } from "@trimtab/domain";
import { programmeErrors } from "../../ledger/programme/programme-errors.ts";
import { didYouMean } from "../../query/text/nearest-name.ts";
import { actorOf } from "../actor.ts";
import { defineCommand } from "../command.ts";

/** What a person can say of a task. That it is done is not among it: `trimtab programme check` finds that. */
const MOVES = {
  start: "in-progress",
  block: "blocked",
  resume: "in-progress",
  cancel: "cancelled",
  reopen: "todo",
} as const satisfies Readonly<Record<string, TaskStatus>>;
type Move = keyof typeof MOVES;

export const programmeTaskCommand = defineCommand({
  name: "programme task",
  summary: "start, block, resume, cancel or reopen a task",
  group: "advise",
  details: [
    "A task starts once all that it waits for is done. That a task is done can't be said: its success criteria show it (`trimtab programme check`).",
  ],
  args: [
    { name: "task", description: "id of the task", required: true },
    { name: "move", description: "what becomes of it", required: true, choices: Object.keys(MOVES) },
    { name: "name", description: "name of the programme; may be left out where there is only one" },
  ],
  options: [{ name: "reason", value: "TEXT", description: "why; needed to block and to cancel" }],
  examples: [
    { run: "trimtab programme task auto-scaling start", does: "work on it begins" },
    { run: 'trimtab programme task auto-scaling block --reason "no quota"', does: "it waits for something" },
  ],
  async run(context, input) {
    const { openStored } = await import("../programme/load-board.ts");
    const { moveTask } = await import("../../state/tasks.ts");
    const { state, stored } = await openStored(context, input);
    const key = typeof input.args.task === "string" ? input.args.task : "";
    const task = stored.tasks.get(key);
    if (task === undefined) {
      const tasks = [...stored.tasks.keys()];
      const suggestion = didYouMean(key, tasks);
      throw programmeErrors.create("PROGRAMME_TASK_UNKNOWN", {
        task: key,
        suggestion,
        tasks: tasks.join(", "),
      });
    }
    const status = MOVES[input.args.move as Move];
    const { reason } = input.options;
    await moveTask(state, actorOf(context.env), {
      id: task.id,
      version: task.version,
      status,
      ...(typeof reason === "string" ? { reason } : {}),
    });
    if (status === "in-progress" && stored.row.status === "draft") {
      const { moveProgramme } = await import("../../state/programmes.ts");
      const { id, version } = stored.row;
      await moveProgramme(state, actorOf(context.env), { id, version, status: "active" });
    }
    return {
      document: { title: `${key} is ${status}`, blocks: [{ kind: "text", text: `It was ${task.status}.` }] },
      json: { task: key, from: task.status, to: status },
    };
  },
});
