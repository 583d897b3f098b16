import { addDays, day } from "@trimtab/domain";
import { defineCommand } from "../command.ts";
import { FILE_OPTION, LAKE_OPTIONS, PROGRAMME_ARGUMENT } from "../programme/programme-options.ts";

export const programmeWaterfallCommand = defineCommand({
  name: "programme waterfall",
  summary: "what each task saves in its turn, from today's spend to the target, exactly",
  group: "advise",
  details: [
    "Tasks are taken in the order in which they will be done. Each saves what is left to save: percentages compound, a second change of one resource saves of what the first left, nothing saves more than a line or resource costs. The steps sum to the total exactly, for the low, the likely and the high estimates.",
    "What a commitment already pays for is saved from the day on which it ends; `--at` looks at another day. Costs that would be prevented are told and never counted.",
  ],
  args: [PROGRAMME_ARGUMENT],
  options: [
    FILE_OPTION,
    {
      name: "at",
      value: "DAY",
      description: "the day to look at (default: the day after the last task ends)",
    },
    ...LAKE_OPTIONS,
  ],
  examples: [
    { run: "trimtab programme waterfall", does: "the one programme there is" },
    { run: "trimtab programme waterfall --at 2027-01-01 --json", does: "on a later day, for a program" },
  ],
  async run(context, input) {
    const { loadProgramme } = await import("../../loop/programme/load-board.ts");
    const { namedProgramme, workOf } = await import("../work.ts");
    const { readBaseline } = await import("../../ledger/programme/baseline.ts");
    const { scheduleOf, waterfallOf } = await import("../../ledger/programme/board.ts");
    const { laterCosts, remarksOn } = await import("../../ledger/programme/outlook.ts");
    const { waterfallDocument } = await import("../views/programme-waterfall.ts");
    const work = await workOf(context, input);
    const { board, source } = await loadProgramme(work, await namedProgramme(context, input));
    const costs = await readBaseline(board.programme, source);
    const plan = scheduleOf(board);
    const at = typeof input.options.at === "string" ? day(input.options.at) : addDays(plan.finish, 1);
    const answer = waterfallOf(board, costs, at);
    const later = laterCosts(board, costs, at);
    const remarks = remarksOn(board, plan);
    return {
      document: waterfallDocument({ board, costs, answer, later, remarks }),
      json: { programme: board.programme.name, baseline: costs, ...answer, later, remarks },
    };
  },
});
