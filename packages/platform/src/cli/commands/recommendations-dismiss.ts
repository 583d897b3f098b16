import { defineCommand } from "../command.ts";
import { cliErrors } from "../errors.ts";

export const recommendationsDismissCommand = defineCommand({
  name: "recommendations dismiss",
  summary: "decide against what was recommended, with the reason",
  group: "advise",
  details: [
    "A dismissed one stays dismissed when its advisor finds it again; `reopen` takes the decision back.",
  ],
  args: [{ name: "ids", description: "ids, or their first letters", required: true, variadic: true }],
  options: [{ name: "reason", value: "TEXT", description: "why; required" }],
  examples: [
    {
      run: 'trimtab recommendations dismiss rec-1a2b3c4d --reason "standby for disasters"',
      does: "one of them",
    },
  ],
  async run(context, input) {
    const { decide } = await import("../decide.ts");
    const { reason } = input.options;
    if (typeof reason !== "string" || reason.trim() === "")
      throw cliErrors.create("CLI_ARGUMENT_MISSING", {
        command: "recommendations dismiss",
        argument: "--reason TEXT",
        usage: 'trimtab recommendations dismiss ID --reason "…"',
      });
    return decide(context, input, { status: "dismissed", reason });
  },
});
