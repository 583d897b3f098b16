import { TASK_CALLS, type TaskCall } from "../../loop/programme/move-task.ts";
import { actorOf } from "../actor.ts";
import { defineCommand } from "../command.ts";

export const programmeTaskCommand = defineCommand({
  name: "programme task",
  summary: "start, block, resume, cancel or reopen a task",
  group: "advise",
  details: [
    "A task starts once all that it waits for is done. That a task is done can't be said: its success criteria show it (`trimtab programme check`).",
  ],
  args: [
    { name: "task", description: "id of the task", required: true },
    { name: "move", description: "what becomes of it", required: true, choices: Object.keys(TASK_CALLS) },
    { name: "name", description: "name of the programme; may be left out where there is only one" },
  ],
  options: [{ name: "reason", value: "TEXT", description: "why; needed to block and to cancel" }],
  examples: [
    { run: "trimtab programme task auto-scaling start", does: "work on it begins" },
    { run: 'trimtab programme task auto-scaling block --reason "no quota"', does: "it waits for something" },
  ],
  async run({ services, env }, { args, options }) {
    const { moveTaskBy } = await import("../../loop/programme/move-task.ts");
    const task = String(args.task);
    const { from, to } = await moveTaskBy(
      { services, actor: actorOf(env) },
      {
        programme: typeof args.name === "string" ? args.name : undefined,
        task,
        call: args.move as TaskCall,
        ...(typeof options.reason === "string" ? { reason: options.reason } : {}),
      },
    );
    return {
      document: { title: `${task} is ${to}`, blocks: [{ kind: "text", text: `It was ${from}.` }] },
      json: { task, from, to },
    };
  },
});
