import { programmeErrors } from "../../ledger/programme/programme-errors.ts";
import { defineCommand } from "../command.ts";
import { LAKE_OPTIONS, PROGRAMME_ARGUMENT } from "../programme/programme-options.ts";
import { REPORT_FORMAT_OPTION, reportAs } from "../programme/report-format.ts";

export const programmeCloseCommand = defineCommand({
  name: "programme close",
  summary: "end a programme with a report: claimed against realised, and what was learned",
  group: "advise",
  details: [
    "Every task must be done by evidence or cancelled; with --unfinished and a reason the others are cancelled by it. The same command prints the report of a closed programme again, then without what was cancelled.",
  ],
  args: [PROGRAMME_ARGUMENT],
  options: [
    {
      name: "unfinished",
      value: "REASON",
      description: "why it ends with tasks that are not done; they are cancelled",
    },
    REPORT_FORMAT_OPTION,
    ...LAKE_OPTIONS,
  ],
  examples: [{ run: "trimtab programme close --format md > closing.md", does: "the one programme there is" }],
  async run(context, input) {
    const { loadProgramme } = await import("../../loop/programme/load-board.ts");
    const { namedProgramme, workOf } = await import("../work.ts");
    const { loadStatus } = await import("../../loop/programme/load-status.ts");
    const { closingDocument } = await import("../views/programme-close.ts");
    const { moveProgramme } = await import("../../state/programmes.ts");
    const { moveTask } = await import("../../state/tasks.ts");
    const work = await workOf(context, input);
    const loaded = await loadProgramme(work, await namedProgramme(context, input));
    const report = await loadStatus(work, loaded, "weekly");
    const { state, stored } = loaded;
    if (state !== undefined && stored !== undefined && stored.row.status !== "closed") {
      const open = [...stored.tasks].filter(([, { status }]) => status !== "done" && status !== "cancelled");
      const { unfinished: reason } = input.options;
      if (open.length > 0 && typeof reason !== "string") {
        const tasks = open.map(([key]) => key).join(", ");
        throw programmeErrors.create("PROGRAMME_UNFINISHED", { name: stored.row.name, tasks });
      }
      const { actor } = work;
      for (const [, { id, version }] of open)
        await moveTask(state, actor, { id, version, status: "cancelled", reason: String(reason) });
      const { id, version } = stored.row;
      await moveProgramme(state, actor, { id, version, status: "closed" });
    }
    return reportAs(input, closingDocument(report), report);
  },
});
