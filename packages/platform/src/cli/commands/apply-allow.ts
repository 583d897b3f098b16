import { actorOf } from "../actor.ts";
import { defineCommand } from "../command.ts";

export const applyAllowCommand = defineCommand({
  name: "apply allow",
  summary: "let plans be applied again",
  group: "change",
  examples: [{ run: "trimtab apply allow", does: "end what `trimtab apply stop` began" }],
  async run({ services, env }) {
    const { setKillSwitch } = await import("../../apply/run/kill-switch.ts");
    await setKillSwitch(await services.openState(), actorOf(env), { isOn: false, reason: "" });
    return { document: { title: "Plans may be applied again", blocks: [] }, json: { isOn: false } };
  },
});
