import { defineCommand } from "../command.ts";

export const reportShowCommand = defineCommand({
  name: "report show",
  summary: "show a saved report's blocks; with --json its whole definition",
  group: "ask",
  args: [{ name: "id", description: "id of the report (`trimtab report list`)", required: true }],
  examples: [
    {
      run: "trimtab report show report-7k2m9x4qd1wp --json > mine.json",
      does: "its definition, to change and run",
    },
  ],
  async run({ services }, { args }) {
    const { definitionOf } = await import("../../server/reports/saved-report.ts");
    const { MACHINE_READER } = await import("../machine-reader.ts");
    const state = await services.openState();
    const { item, definition } = await definitionOf(state, String(args.id), MACHINE_READER);
    return {
      document: {
        title: definition.title,
        blocks: [
          {
            kind: "facts",
            facts: [
              ["Owner", item.owner],
              ["Version", String(item.version)],
              ["Saved", `${item.updatedAt} by ${item.updatedBy}`],
              ["Results are kept", `${item.expiresAfterMinutes} minutes`],
            ],
          },
          {
            kind: "table",
            id: "blocks",
            columns: [
              { name: "Block", kind: "text" },
              { name: "Kind", kind: "text" },
              { name: "Title", kind: "text", wrap: true },
            ],
            rows: definition.blocks.map((block) => [
              block.id,
              block.type,
              "title" in block ? block.title : "text" in block ? block.text : "",
            ]),
          },
        ],
      },
      json: definition,
    };
  },
});
