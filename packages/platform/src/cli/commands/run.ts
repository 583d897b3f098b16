import { ADVISOR_OPTIONS } from "../advisor-options.ts";
import { AT_OPTION, contextAt } from "../at-option.ts";
import { defineCommand } from "../command.ts";
import { PROGRAMME_ARGUMENT } from "../programme/programme-options.ts";
import { REPORT_FORMAT_OPTION, reportAs } from "../programme/report-format.ts";
import { QUERY_OPTIONS } from "../query-context.ts";

export const runCommand = defineCommand({
  name: "run",
  summary: "the whole loop in one report, read-only: analyse, advise, programme, status",
  group: "advise",
  details: [
    "Reads the bill, asks every advisor, lays out the programme of the state database (or, where there is none, the one that the recommendations would make), tells where it stands, and what to check before, while and after it is changed. Nothing is changed and nothing is kept.",
    "A part whose evidence is missing says so; the others are told all the same.",
  ],
  args: [PROGRAMME_ARGUMENT],
  options: [
    REPORT_FORMAT_OPTION,
    AT_OPTION,
    {
      name: "hourly-cost",
      value: "AMOUNT",
      env: "TRIMTAB_HOURLY_COST",
      description: "what an hour of your people's work costs, for the return on investment",
      default: "100",
    },
    ...ADVISOR_OPTIONS,
    ...QUERY_OPTIONS,
  ],
  examples: [
    { run: "trimtab run", does: "in the terminal" },
    { run: "trimtab run --format md", does: "as Markdown, to post or to mail" },
  ],
  async run(asked, input) {
    const { runLoop } = await import("../../loop/run-loop.ts");
    const { loopDocument } = await import("../views/loop.ts");
    const { askedAdvice } = await import("../asked-advice.ts");
    const { workOf } = await import("../work.ts");
    const context = contextAt(asked, input);
    const report = await runLoop(await workOf(context, input), {
      advice: await askedAdvice(context, input),
      programme: typeof input.args.name === "string" ? input.args.name : undefined,
    });
    const on = context.services.clock().toISOString().slice(0, 10);
    const { programme } = report;
    const json = {
      ...report,
      programme:
        programme.status === "done"
          ? {
              status: "done",
              isKept: programme.value.isKept,
              tasks: programme.value.loaded.board.programme.tasks,
              baseline: programme.value.costs,
              waterfall: programme.value.waterfall,
              report: programme.value.status,
            }
          : programme,
    };
    return reportAs(input, loopDocument(report, on), json);
  },
});
