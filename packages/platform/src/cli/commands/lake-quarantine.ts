import { defineCommand } from "../command.ts";
import { wholeNumber } from "../option-values.ts";
import { quarantineDocument, quarantineTable } from "../views/quarantine.ts";

export const lakeQuarantineCommand = defineCommand({
  name: "lake quarantine",
  summary: "list the rows of the bills that could not be read, and why",
  group: "lake",
  details: [
    "A row that holds a value nobody can read is in no total; it is kept with its file, line, column, reason and text. Lists those of the files that the lake's loads were made of: a row goes with the load it came with, once a mended bill replaces it.",
  ],
  options: [{ name: "limit", value: "N", description: "how many rows to show", default: "40" }],
  examples: [
    { run: "trimtab lake quarantine", does: "what could not be read" },
    { run: "trimtab lake quarantine --csv", does: "every such row, for whoever made the bill" },
  ],
  async run({ services, signal }, { options }) {
    const limit = wholeNumber("--limit", options.limit, 40);
    const lake = await services.openLake();
    const { manifest, version } = await lake.snapshot();
    const { readQuarantine } = await import("../../lake/quarantined-rows.ts");
    const rows = await readQuarantine(lake, manifest, { signal });
    return {
      document: quarantineDocument(rows, { version, limit }),
      csv: [quarantineTable(rows)],
      json: { lakeVersion: version, quarantined: rows.length, rows },
    };
  },
});
