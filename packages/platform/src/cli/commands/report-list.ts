import { defineCommand } from "../command.ts";

export const reportListCommand = defineCommand({
  name: "report list",
  summary: "list the reports that people saved",
  group: "ask",
  examples: [{ run: "trimtab report list", does: "titles, owners and ids, the newest first" }],
  async run({ services }) {
    const { listSaved } = await import("../../state/saved-items.ts");
    const { MACHINE_READER } = await import("../machine-reader.ts");
    const reports = await listSaved(await services.openState(), "report", MACHINE_READER);
    return {
      document: {
        title:
          reports.length === 0
            ? "No reports are saved"
            : `${reports.length} ${reports.length === 1 ? "report" : "reports"}`,
        blocks:
          reports.length === 0
            ? [
                {
                  kind: "text",
                  text: "`trimtab serve` saves them; `trimtab report templates` lists a start.",
                },
              ]
            : [
                {
                  kind: "table",
                  id: "reports",
                  columns: [
                    { name: "Title", kind: "text" },
                    { name: "Owner", kind: "text" },
                    { name: "Version", kind: "text" },
                    { name: "Saved", kind: "text" },
                    { name: "Id", kind: "text" },
                  ],
                  rows: reports.map(({ title, owner, version, updatedAt, id }) => [
                    ...[title, owner, String(version), updatedAt.slice(0, 10), id],
                  ]),
                },
              ],
      },
      json: reports.map(({ level: _, ...report }) => report),
    };
  },
});
