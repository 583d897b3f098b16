import { resolve } from "node:path";
import type { RestoreReport } from "../../state/backup/restore-state.ts";
import { actorOf } from "../actor.ts";
import { defineCommand } from "../command.ts";
import { EXIT_CODES } from "../exit-codes.ts";
import type { Block, Document } from "../output/document.ts";

export const stateRestoreCommand = defineCommand({
  name: "state restore",
  summary: "put a backup in the place of the state database, all of it or nothing",
  group: "state",
  details: [
    "Checks the file from its first line to its digest before anything is touched, then replaces everything in one transaction and brings it to this version. A database that holds anything is refused unless you say --replace: what was decided since the backup is then gone. Secrets need the key that they were encrypted with (TRIMTAB_SECRET_KEY or the key file), which is no part of a backup.",
    "Exits with 1 if the audit log in the backup does not hold together; it is restored as it is.",
  ],
  args: [{ name: "file", description: "a backup", required: true }],
  options: [{ name: "replace", description: "let what is there go" }],
  examples: [
    { run: "trimtab state restore state-2026-07-01.backup", does: "restore into a new place" },
    {
      run: "trimtab state restore state.backup --replace --state postgres://db.example/trimtab",
      does: "move to PostgreSQL; the password is better given in DATABASE_URL",
    },
  ],
  async run({ services, cwd, env }, { args, options }) {
    const { restoreState } = await import("../../state/backup/restore-state.ts");
    const { engine } = await services.findState();
    const report = await restoreState({
      engine,
      clock: services.clock,
      actor: actorOf(env),
      file: resolve(cwd, String(args.file)),
      replace: options.replace === true,
    });
    return {
      document: describe(engine.place, report),
      json: { place: engine.place, ...report },
      exitCode: report.chain.status === "whole" ? EXIT_CODES.ok.code : EXIT_CODES.no.code,
    };
  },
});

function describe(place: string, { rows, createdAt, chain, migrated }: RestoreReport): Document {
  const blocks: Block[] = [
    {
      kind: "facts",
      facts: [
        ["Into", place],
        ["Backup of", createdAt],
        ["Rows", String(rows)],
        ["Migrations run", migrated.join(", ") || "none"],
        ["Audit log", chain.status === "whole" ? `${chain.entries} entries, whole` : "broken"],
      ],
    },
  ];
  if (chain.status === "broken")
    blocks.push({ kind: "text", tone: "bad", text: `Audit log, entry ${chain.seq}: ${chain.reason}` });
  return { title: "Restored", blocks };
}
