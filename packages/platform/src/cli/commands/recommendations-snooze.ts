import { day, instant } from "@trimtab/domain";
import { defineCommand } from "../command.ts";
import { cliErrors } from "../errors.ts";

export const recommendationsSnoozeCommand = defineCommand({
  name: "recommendations snooze",
  summary: "decide later: not listed as open until a day",
  group: "advise",
  args: [{ name: "ids", description: "ids, or their first letters", required: true, variadic: true }],
  options: [
    { name: "until", value: "DAY", description: "the day from which it is open again; required" },
    { name: "reason", value: "TEXT", description: "why" },
  ],
  examples: [{ run: "trimtab recommendations snooze rec-1a2b3c4d --until 2027-01-15", does: "one of them" }],
  async run(context, input) {
    const { decide } = await import("../decide.ts");
    const { until, reason } = input.options;
    if (typeof until !== "string")
      throw cliErrors.create("CLI_ARGUMENT_MISSING", {
        command: "recommendations snooze",
        argument: "--until DAY",
        usage: "trimtab recommendations snooze ID --until 2027-01-15",
      });
    return decide(context, input, {
      status: "snoozed",
      until: instant(`${day(until)}T00:00:00Z`),
      ...(typeof reason === "string" ? { reason } : {}),
    });
  },
});
