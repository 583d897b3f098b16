import { defineCommand } from "../command.ts";

export const recommendationsReopenCommand = defineCommand({
  name: "recommendations reopen",
  summary: "take a decision back",
  group: "advise",
  args: [{ name: "ids", description: "ids, or their first letters", required: true, variadic: true }],
  options: [{ name: "reason", value: "TEXT", description: "why" }],
  examples: [{ run: "trimtab recommendations reopen rec-1a2b3c4d", does: "one of them" }],
  async run(context, input) {
    const { decide } = await import("../decide.ts");
    const { reason } = input.options;
    return decide(context, input, { status: "open", ...(typeof reason === "string" ? { reason } : {}) });
  },
});
