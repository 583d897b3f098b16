import { actorOf } from "../actor.ts";
import { defineCommand } from "../command.ts";

export const schedulesRemoveCommand = defineCommand({
  name: "schedules remove",
  summary: "remove a schedule and the history of its runs",
  group: "deliver",
  args: [{ name: "id", description: "id of the schedule", required: true }],
  examples: [{ run: "trimtab schedules remove schedule-7k2m9x4qd1wp", does: "let go of it" }],
  async run({ services, env }, { args }) {
    const { readSchedule, removeSchedule } = await import("../../state/schedules.ts");
    const state = await services.openState();
    const { id, name } = await readSchedule(state, String(args.id));
    await removeSchedule(state, actorOf(env), id);
    return { document: { title: `${name} is removed`, blocks: [] }, json: { id, name } };
  },
});
