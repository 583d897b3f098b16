import { resolve } from "node:path";
import type { ImportChange } from "../../loop/programme/import-programme.ts";
import { actorOf } from "../actor.ts";
import { defineCommand } from "../command.ts";
import type { Document } from "../output/document.ts";
import { readOptionFile } from "../query-context.ts";

export const programmeImportCommand = defineCommand({
  name: "programme import",
  summary: "bring a programme to what its file says",
  group: "advise",
  details: [
    "Says what it adds, changes and cancels; importing the same file again changes nothing. What has happened to tasks stays as it is. Tasks that the file no longer has are cancelled; risks, blockers and other records that it does not hold stay.",
    "Mistakes in the file are named with line and column before anything is kept. docs/guides/programme.md describes the file.",
  ],
  args: [{ name: "file", description: "the programme, YAML", required: true }],
  options: [{ name: "dry-run", description: "only say what would be changed" }],
  examples: [
    { run: "trimtab programme import programme.yaml --dry-run", does: "what would change" },
    { run: "trimtab programme import programme.yaml", does: "keep it" },
  ],
  async run(context, { args, options }) {
    const { parseProgramme } = await import("../../ledger/programme/file/parse-programme.ts");
    const { importProgramme } = await import("../../loop/programme/import-programme.ts");
    const file = typeof args.file === "string" ? args.file : "";
    const programme = parseProgramme(await readOptionFile("FILE", resolve(context.cwd, file)), file);
    const isDryRun = options["dry-run"] === true;
    const state = await context.services.openState();
    const changes = await importProgramme(state, actorOf(context.env), programme, { isDryRun });
    return {
      document: importDocument(programme.name, changes, isDryRun),
      json: { programme: programme.name, isDryRun, changes },
    };
  },
});

/** What an import did, or would do. */
export function importDocument(name: string, changes: readonly ImportChange[], isDryRun: boolean): Document {
  if (changes.length === 0)
    return { title: `${name}: nothing to do`, blocks: [{ kind: "text", text: "It is as the file says." }] };
  return {
    title: isDryRun ? `What would change in ${name}` : `Changed in ${name}`,
    blocks: [
      {
        kind: "table",
        id: "changes",
        columns: [
          { name: "What", kind: "text", wrap: true },
          { name: "Change", kind: "text" },
          { name: "Details", kind: "text", wrap: true },
        ],
        rows: changes.map(({ what, change, details }) => [what, change, details]),
      },
    ],
  };
}
