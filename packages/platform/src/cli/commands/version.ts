import { defineCommand } from "../command.ts";

export const versionCommand = defineCommand({
  name: "version",
  summary: "print the version and where things are",
  group: "help",
  examples: [
    { run: "trimtab version", does: "the version, the Node that runs it and the lake's folder" },
    { run: "trimtab --version", does: "only the number, at once" },
  ],
  async run({ services }) {
    const facts = {
      trimtab: services.version,
      node: process.versions.node,
      platform: `${process.platform} ${process.arch}`,
      lake: services.lakeRoot,
    };
    return {
      document: {
        title: `Trimtab ${facts.trimtab}`,
        blocks: [
          {
            kind: "facts",
            facts: [
              ["Node", facts.node],
              ["Platform", facts.platform],
              ["Lake", facts.lake],
            ],
          },
        ],
      },
      json: facts,
    };
  },
});
