import { z } from "zod";
import { defineCommand } from "../command.ts";
import type { Block } from "../output/document.ts";

export const schedulesJobsCommand = defineCommand({
  name: "schedules jobs",
  summary: "list what can be scheduled and the settings that each job asks for",
  group: "deliver",
  examples: [{ run: "trimtab schedules jobs", does: "what can run" }],
  async run(context) {
    const { deliveryParts } = await import("../delivery/delivery-parts.ts");
    const jobs = Object.values((await deliveryParts(context)).jobs);
    const blocks = jobs.flatMap(({ kind, title, description, settings }): readonly Block[] => [
      { kind: "heading", text: `${title} (${kind})` },
      { kind: "text", text: description },
      {
        kind: "table",
        id: kind,
        columns: [
          { name: "Setting", kind: "text" },
          { name: "Default", kind: "text" },
          { name: "What it is", kind: "text", wrap: true },
        ],
        rows: Object.entries(settings.shape).map(([name, schema]) => {
          const { data } = (schema as z.ZodType).safeParse(undefined);
          const preset = data === undefined ? "must be given" : JSON.stringify(data);
          return [name, preset, (schema as z.ZodType).description ?? ""];
        }),
      },
    ]);
    return {
      document: { title: "What can be scheduled", blocks },
      json: jobs.map(({ kind, title, description, delivers, settings }) => ({
        ...{ kind, title, description, delivers },
        settings: z.toJSONSchema(settings, { io: "input" }),
      })),
    };
  },
});
