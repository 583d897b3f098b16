import { defineCommand } from "../command.ts";

const DELIVERIES = {
  period: "whole billing periods",
  window: "some days",
  append: "rows by export time",
} as const;

export const sourcesCommand = defineCommand({
  name: "sources",
  summary: "list the billing formats that can be read",
  group: "observe",
  examples: [
    { run: "trimtab sources", does: "every format with its variants" },
    { run: "trimtab sources --json", does: "also where each is specified" },
  ],
  async run({ services }) {
    const sources = Object.values(await services.sources());
    return {
      document: {
        title: `${sources.length} sources`,
        blocks: [
          {
            kind: "table",
            id: "sources",
            columns: [
              { name: "Id", kind: "text" },
              { name: "Format", kind: "text", wrap: true },
              { name: "Files", kind: "text" },
              { name: "Variants", kind: "text", wrap: true },
              { name: "A delivery holds", kind: "text" },
            ],
            rows: sources.map(({ id, title, formats, variants, delivery }) => [
              id,
              title,
              formats.join(", "),
              variants?.join(", ") ?? "",
              DELIVERIES[delivery],
            ]),
            note: "A file is recognised by its content; `trimtab ingest --source ID` or `--source ID:VARIANT` overrides. Compression (.gz, .zst) is recognised too.",
          },
        ],
      },
      json: sources.map(({ id, title, formats, variants, delivery, specification }) => ({
        id,
        title,
        formats,
        variants: variants ?? [],
        delivery,
        specification,
      })),
    };
  },
});
