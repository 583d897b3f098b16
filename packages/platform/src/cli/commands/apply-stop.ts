import { actorOf } from "../actor.ts";
import { defineCommand } from "../command.ts";

export const applyStopCommand = defineCommand({
  name: "apply stop",
  summary: "the kill switch: no run changes anything from now on",
  group: "change",
  details: [
    "Runs on every machine that shares the state database look at it before each step and while they watch. A command that is under way is finished; nothing is taken back. TRIMTAB_KILL_SWITCH in the environment and the policy's `killSwitchFile` do the same without the database.",
  ],
  options: [
    { name: "reason", value: "TEXT", description: "shown to whoever is stopped", default: "stopped by hand" },
  ],
  examples: [{ run: 'trimtab apply stop --reason "incident 4711"', does: "hands off everything" }],
  async run({ services, env }, { options }) {
    const { setKillSwitch } = await import("../../apply/run/kill-switch.ts");
    const value = { isOn: true, reason: String(options.reason) };
    await setKillSwitch(await services.openState(), actorOf(env), value);
    return {
      document: {
        title: "Stopped: no plan changes anything",
        blocks: [{ kind: "text", text: "`trimtab apply allow` lets them again." }],
      },
      json: value,
    };
  },
});
