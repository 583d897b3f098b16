import type { TaskJudgement } from "../../ledger/programme/criteria/judge-tasks.ts";
import { defineCommand } from "../command.ts";
import { EXIT_CODES } from "../exit-codes.ts";
import type { Document } from "../output/document.ts";
import { FILE_OPTION, LAKE_OPTIONS, PROGRAMME_ARGUMENT } from "../programme/programme-options.ts";

export const programmeCheckCommand = defineCommand({
  name: "programme check",
  summary:
    "measure every success criterion: tick the tasks that it shows done, and untick what no longer holds",
  group: "advise",
  details: [
    "A task in work is done once all its criteria hold and what it waits for is done; what was measured is kept with it as evidence. A done task of which a criterion fails is in work again. What can't be measured ticks nothing and unticks nothing.",
    "Exits with 1 unless every criterion holds. With `--file` or `--dry-run` nothing is kept.",
  ],
  args: [PROGRAMME_ARGUMENT],
  options: [FILE_OPTION, { name: "dry-run", description: "only say what holds" }, ...LAKE_OPTIONS],
  examples: [
    { run: "trimtab programme check", does: "the one programme there is" },
    { run: "trimtab programme check --dry-run --json", does: "what holds, with the evidence" },
  ],
  async run(context, input) {
    const { loadProgramme } = await import("../../loop/programme/load-board.ts");
    const { judgeProgramme, tickTasks } = await import("../../loop/programme/tick-tasks.ts");
    const { namedProgramme, workOf } = await import("../work.ts");
    const work = await workOf(context, input);
    const loaded = await loadProgramme(work, await namedProgramme(context, input));
    const judged = await judgeProgramme(work, loaded);
    if (input.options["dry-run"] !== true) await tickTasks(work, loaded, judged);
    const results = judged.flatMap((task) => task.results);
    const isAll = results.every(({ outcome }) => outcome === "holds");
    return {
      document: checkDocument(loaded.board.programme.name, judged),
      json: { programme: loaded.board.programme.name, tasks: judged },
      exitCode: isAll ? EXIT_CODES.ok.code : EXIT_CODES.no.code,
    };
  },
});

const BOXES = { holds: "☑", fails: "☐", unknown: "?" } as const;

function checkDocument(name: string, judged: readonly TaskJudgement[]): Document {
  const results = judged.flatMap((task) => task.results);
  const holding = results.filter(({ outcome }) => outcome === "holds").length;
  return {
    title: `${name}: ${holding} of ${results.length} criteria hold`,
    blocks: judged.flatMap(({ task, results: own, verdict, remark }): Document["blocks"] => [
      { kind: "heading", text: verdict === "unchanged" ? task : `${task}: ${verdict}` },
      ...(own.length === 0
        ? []
        : [
            {
              kind: "list",
              items: own.map(({ criterion, outcome, found }) => `${BOXES[outcome]} ${criterion}: ${found}`),
            } as const,
          ]),
      { kind: "text", text: `${remark[0]?.toUpperCase()}${remark.slice(1)}.`, tone: "muted" },
    ]),
  };
}
