import { actorOf } from "../actor.ts";
import { defineCommand } from "../command.ts";

export const schedulesRunCommand = defineCommand({
  name: "schedules run",
  summary: "ask for a run now, whatever the time",
  group: "deliver",
  details: ["`trimtab serve` takes it up within seconds; without a server, `trimtab tick` does."],
  args: [{ name: "id", description: "id of the schedule", required: true }],
  examples: [{ run: "trimtab schedules run schedule-7k2m9x4qd1wp", does: "once, now" }],
  async run({ services, env }, { args }) {
    const { requestRun } = await import("../../state/schedule-runs.ts");
    const run = await requestRun(await services.openState(), actorOf(env), String(args.id));
    return { document: { title: `Run ${run.id} is asked for`, blocks: [] }, json: run };
  },
});
