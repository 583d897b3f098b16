import { defineCommand } from "../command.ts";

export const stateMigrateCommand = defineCommand({
  name: "state migrate",
  summary: "set the state database up, or bring an older one to this version",
  group: "state",
  details: [
    "Every command that keeps something does this by itself; run it where an update should have happened before anybody uses the program. All of it is one transaction: if it fails, the database is as it was. Of several processes at once one does it and the others wait. A database of a newer Trimtab is refused.",
  ],
  examples: [
    { run: "trimtab state migrate", does: "bring the database to this version" },
    { run: "trimtab state migrate --state decisions.db", does: "make a new one in this file" },
  ],
  async run({ services }) {
    const { applied, engine } = await services.openState();
    const document =
      applied.length === 0
        ? {
            title: "Nothing to do",
            blocks: [{ kind: "text", text: `${engine.place} is of this version.` }] as const,
          }
        : {
            title: `${engine.place} is of this version now`,
            blocks: [{ kind: "list", items: applied.map((name) => `Ran ${name}`) }] as const,
          };
    return { document, json: { place: engine.place, applied } };
  },
});
