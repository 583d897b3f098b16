import { defineCommand } from "../command.ts";
import { FILE_OPTION, LAKE_OPTIONS, PROGRAMME_ARGUMENT } from "../programme/programme-options.ts";

export const programmeCommand = defineCommand({
  name: "programme",
  summary: "show a programme of work: its tasks over time, the critical path, week by week, risks",
  group: "advise",
  details: [
    "A programme is the tasks that bring today's spend to a target. It comes from a file (`trimtab programme import`) or from accepted recommendations (`trimtab programme create`), and is kept in the state database.",
    "The critical path is the longest chain of tasks that wait for each other; slack is counted on the days that tasks were set to.",
  ],
  args: [PROGRAMME_ARGUMENT],
  options: [FILE_OPTION, ...LAKE_OPTIONS],
  examples: [
    { run: "trimtab programme", does: "the one programme there is" },
    {
      run: "trimtab programme --file examples/estates/aiprod/programme.yaml",
      does: "a file, without keeping it",
    },
  ],
  async run(context, input) {
    const { loadProgramme, baselineOrReason } = await import("../../loop/programme/load-board.ts");
    const { scheduleOf } = await import("../../ledger/programme/board.ts");
    const { remarksOn, weeksOf } = await import("../../ledger/programme/outlook.ts");
    const { programmeDocument } = await import("../views/programme.ts");
    const { namedProgramme, workOf } = await import("../work.ts");
    const work = await workOf(context, input);
    const { board, source } = await loadProgramme(work, await namedProgramme(context, input));
    const costs = await baselineOrReason(board.programme, source);
    const plan = scheduleOf(board);
    const weeks = weeksOf(board, plan, "reason" in costs ? undefined : costs);
    const remarks = remarksOn(board, plan);
    return {
      document: programmeDocument({ board, plan, weeks, costs, remarks }),
      json: {
        programme: board.programme,
        facts: Object.fromEntries(board.facts),
        plan,
        weeks,
        costs,
        remarks,
      },
    };
  },
});
