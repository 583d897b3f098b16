import { defineCommand } from "../command.ts";
import { PROGRAMME_ARGUMENT } from "../programme/programme-options.ts";

export const programmeExportCommand = defineCommand({
  name: "programme export",
  summary: "print a programme as a file",
  group: "advise",
  details: [
    "YAML, as `trimtab programme import` reads it: edit it and import it again. Cancelled tasks are left out, and so is what has happened to the others, which only evidence changes.",
  ],
  args: [PROGRAMME_ARGUMENT],
  examples: [{ run: "trimtab programme export > programme.yaml", does: "the one programme there is" }],
  async run({ services }, { args }) {
    const { openStored } = await import("../../loop/programme/load-board.ts");
    const { formatProgramme, withoutTasks } = await import("../../ledger/programme/file/parse-programme.ts");
    const { stored } = await openStored(services, typeof args.name === "string" ? args.name : undefined);
    const isLeft = (id: string) => stored.facts.get(id)?.status !== "cancelled";
    const programme = withoutTasks(stored.programme, isLeft);
    const raw = formatProgramme(programme);
    return {
      document: { title: programme.name, blocks: [{ kind: "code", text: raw }] },
      json: programme,
      raw,
    };
  },
});
