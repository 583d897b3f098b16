import { defineCommand } from "../command.ts";

export const recommendationsAcceptCommand = defineCommand({
  name: "recommendations accept",
  summary: "decide to do what was recommended",
  group: "advise",
  details: [
    "Accepted ones can be put into a programme (`trimtab programme`) and into a plan (`trimtab plan`). Nothing is changed in the cloud by it.",
  ],
  args: [{ name: "ids", description: "ids, or their first letters", required: true, variadic: true }],
  options: [{ name: "reason", value: "TEXT", description: "why" }],
  examples: [{ run: "trimtab recommendations accept rec-1a2b3c4d", does: "one of them" }],
  async run(context, input) {
    const { decide } = await import("../decide.ts");
    const { reason } = input.options;
    return decide(context, input, { status: "accepted", ...(typeof reason === "string" ? { reason } : {}) });
  },
});
