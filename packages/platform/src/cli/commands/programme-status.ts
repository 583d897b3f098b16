import { defineCommand } from "../command.ts";
import { cliErrors } from "../errors.ts";
import { FILE_OPTION, LAKE_OPTIONS, PROGRAMME_ARGUMENT } from "../programme/programme-options.ts";
import { REPORT_FORMAT_OPTION, reportAs } from "../programme/report-format.ts";

export const programmeStatusCommand = defineCommand({
  name: "programme status",
  summary: "where a programme stands: costs, targets as measured, risks, blockers, budget, return",
  group: "advise",
  details: [
    "For each line of cost: before, now (the last whole month of the bills), planned by now, target, and what verification has proven to be saved. What is not verified is told as such and has no figure.",
    "Return and payback include what the work costs: the programme's budget, else its hours of work at its rate.",
  ],
  args: [PROGRAMME_ARGUMENT],
  options: [
    {
      name: "weekly",
      description: "what happened in seven days, and what comes in the next seven (the default)",
    },
    { name: "daily", description: "the same of one day" },
    REPORT_FORMAT_OPTION,
    FILE_OPTION,
    ...LAKE_OPTIONS,
  ],
  examples: [
    { run: "trimtab programme status", does: "in the terminal" },
    { run: "trimtab programme status --daily --format md", does: "as Markdown, to post somewhere" },
  ],
  async run(context, input) {
    const { loadProgramme } = await import("../../loop/programme/load-board.ts");
    const { namedProgramme, workOf } = await import("../work.ts");
    const { loadStatus } = await import("../../loop/programme/load-status.ts");
    const { statusDocument } = await import("../views/programme-status.ts");
    const { daily, weekly } = input.options;
    if (daily === true && weekly === true)
      throw cliErrors.create("CLI_OPTIONS_CONFLICT", { first: "--daily", second: "--weekly" });
    const work = await workOf(context, input);
    const loaded = await loadProgramme(work, await namedProgramme(context, input));
    const report = await loadStatus(work, loaded, daily === true ? "daily" : "weekly");
    return reportAs(input, statusDocument(report), report);
  },
});
