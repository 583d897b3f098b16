import { resolve } from "node:path";
import { defineCommand } from "../command.ts";
import { bytesText } from "../doctor/finding.ts";

export const stateBackupCommand = defineCommand({
  name: "state backup",
  summary: "write all that people decided into one file",
  group: "state",
  details: [
    "Everything as of one moment, while others go on working. The file is compressed text with a digest at its end, can be read by its owner only, and is restored into SQLite and PostgreSQL alike. Secrets are in it as they are kept, encrypted; the key is not. A file that is there is never overwritten.",
  ],
  args: [{ name: "file", description: "where the backup goes", required: true }],
  examples: [{ run: "trimtab state backup state-2026-07-01.backup", does: "make a backup" }],
  async run({ services, cwd }, { args }) {
    const { backUpState } = await import("../../state/backup/back-up-state.ts");
    const { openState } = await import("../../state/open-state.ts");
    const { engine, keys } = await services.findState();
    if (!(await engine.exists())) {
      const { stateErrors } = await import("../../state/errors.ts");
      throw stateErrors.create("STATE_NOT_FOUND", { kind: "state database", id: engine.place });
    }
    const state = await openState({ engine, keys, clock: services.clock, migrate: false });
    try {
      const report = await backUpState(state, resolve(cwd, String(args.file)), services.version);
      return {
        document: {
          title: "Backed up",
          blocks: [
            {
              kind: "facts",
              facts: [
                ["From", engine.place],
                ["File", report.file],
                ["Rows", String(report.rows)],
                ["Size", bytesText(report.bytes)],
                ["SHA-256 of its content", report.sha256],
              ],
            },
          ],
        },
        json: { place: engine.place, ...report },
      };
    } finally {
      await state.close();
    }
  },
});
