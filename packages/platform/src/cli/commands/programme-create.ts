import { addDays, dayOf, instantOf } from "@trimtab/domain";
import { actorOf } from "../actor.ts";
import { defineCommand } from "../command.ts";
import { ENGINE_OPTION } from "../engine-option.ts";
import { importDocument } from "./programme-import.ts";

export const programmeCreateCommand = defineCommand({
  name: "programme create",
  summary: "make a programme of the recommendations that were accepted",
  group: "advise",
  details: [
    "Each accepted recommendation becomes a task with its hours, what it will save, what has to be true before, and its limits as notes. Recommendations that exclude each other are refused, and it says which. Run again, it adds what was accepted since.",
    "Give tasks their owners, dates and dependencies by `trimtab programme export`, an editor and `trimtab programme import`.",
  ],
  args: [{ name: "name", description: "name of the programme", required: true }],
  options: [
    {
      name: "from",
      value: "WHAT",
      choices: ["accepted"],
      default: "accepted",
      description: "what it is made of",
    },
    { name: "dry-run", description: "only say what would be made" },
    ENGINE_OPTION,
  ],
  examples: [
    { run: 'trimtab programme create "Autumn savings" --from accepted', does: "of all that is accepted" },
  ],
  async run(context, { args, options }) {
    const { acceptedProgramme } = await import("../../loop/programme/accepted-programme.ts");
    const { importProgramme } = await import("../../loop/programme/import-programme.ts");
    const name = typeof args.name === "string" ? args.name : "";
    const isDryRun = options["dry-run"] === true;
    const state = await context.services.openState();
    const starts = addDays(dayOf(instantOf(context.services.clock())), 1);
    const programme = await acceptedProgramme(state, name, starts);
    const changes = await importProgramme(state, actorOf(context.env), programme, { isDryRun });
    return {
      document: importDocument(name, changes, isDryRun),
      json: { programme: name, isDryRun, changes },
    };
  },
});
