import { defineCommand } from "../command.ts";
import type { Block } from "../output/document.ts";

export const channelsKindsCommand = defineCommand({
  name: "channels kinds",
  summary: "list the kinds of channel and the fields that each asks for",
  group: "deliver",
  examples: [{ run: "trimtab channels kinds", does: "what can be set" }],
  async run({ services }) {
    const kinds = Object.values(await services.channelKinds());
    const blocks = kinds.flatMap(({ kind, title, description, fields }): readonly Block[] => [
      { kind: "heading", text: `${title} (${kind})` },
      { kind: "text", text: description },
      {
        kind: "table",
        id: kind,
        columns: [
          { name: "Field", kind: "text" },
          { name: "Secret", kind: "text" },
          { name: "Default", kind: "text" },
          { name: "What it is", kind: "text", wrap: true },
        ],
        rows: fields.map((field) => [
          field.name,
          field.secret ? "yes" : "",
          field.default === undefined ? (field.required ? "must be given" : "") : String(field.default),
          `${field.title}: ${field.help}`,
        ]),
      },
    ]);
    return {
      document: { title: "Kinds of channel", blocks },
      json: kinds.map(({ kind, title, description, takesAddresses, fields }) => ({
        ...{ kind, title, description, takesAddresses, fields },
      })),
    };
  },
});
