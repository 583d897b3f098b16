import { defineCommand } from "../command.ts";

export const reportTemplatesCommand = defineCommand({
  name: "report templates",
  summary: "list the reports to start from",
  group: "ask",
  examples: [
    { run: "trimtab report templates", does: "names, and what each is for" },
    { run: "trimtab report templates --json", does: "whole definitions, to change and run" },
  ],
  async run() {
    const { REPORT_TEMPLATES } = await import("../../reports/definition/templates.ts");
    return {
      document: {
        title: "Report templates",
        blocks: [
          {
            kind: "table",
            id: "templates",
            columns: [
              { name: "Template", kind: "text" },
              { name: "What it is for", kind: "text", wrap: true },
            ],
            rows: REPORT_TEMPLATES.map(({ id, description }) => [id, description]),
          },
        ],
      },
      json: REPORT_TEMPLATES,
    };
  },
});
