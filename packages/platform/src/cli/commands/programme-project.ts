import { dayOf, instantOf } from "@trimtab/domain";
import type { CostSource } from "../../ledger/programme/baseline.ts";
import type { ProgrammeFile } from "../../ledger/programme/file/programme-schema.ts";
import { programmeErrors } from "../../ledger/programme/programme-errors.ts";
import { type CommandContext, type CommandInput, defineCommand } from "../command.ts";
import { cliErrors } from "../errors.ts";
import { FILE_OPTION, LAKE_OPTIONS, PROGRAMME_ARGUMENT } from "../programme/programme-options.ts";

export const programmeProjectCommand = defineCommand({
  name: "programme project",
  summary: "what services would cost at 2, 5 and 10 times the load, from how cost followed it so far",
  group: "advise",
  details: [
    "Fits each line's cost of a day against a business metric (`trimtab metrics`): a fixed part, a part that grows with the load, and a jump that stayed, where there was one. Single days count little. It abstains, and says why, where the load hardly changed, where the fit does not foretell days that it has not seen, and where answers lie too far apart.",
    "Lines are those of the programme that is named or read; without one, the bill's services.",
  ],
  args: [PROGRAMME_ARGUMENT],
  options: [
    {
      name: "metric",
      value: "ID",
      description: "the business metric that stands for the load",
      default: "requests",
    },
    { name: "times", value: "LIST", description: "multiples of today's load", default: "1,2,5,10" },
    FILE_OPTION,
    ...LAKE_OPTIONS,
  ],
  examples: [
    { run: "trimtab programme project --metric requests", does: "at 1, 2, 5 and 10 times the requests" },
  ],
  async run(context, input) {
    const { projectLines } = await import("../../ledger/programme/projection/project-lines.ts");
    const { projectionDocument } = await import("../views/programme-projection.ts");
    const { programme, source } = await whatToProject(context, input);
    const factors = timesOf(String(input.options.times));
    const answer = await projectLines(programme, source, String(input.options.metric), factors);
    return { document: projectionDocument(answer, factors), json: answer };
  },
});

async function whatToProject(
  context: CommandContext,
  input: CommandInput,
): Promise<{ readonly programme: ProgrammeFile; readonly source: CostSource }> {
  const { loadProgramme, openSource } = await import("../../loop/programme/load-board.ts");
  const { namedProgramme, workOf } = await import("../work.ts");
  const work = await workOf(context, input);
  if (typeof input.args.name === "string" || typeof input.options.file === "string") {
    const { board, source } = await loadProgramme(work, await namedProgramme(context, input));
    return { programme: board.programme, source };
  }
  const { runQuery } = await import("../../query/run-query.ts");
  const source = await openSource(work);
  const { currency } = await runQuery(source.engine, { measures: ["effective"] }, source.context);
  const [only, second] = currency;
  if (only === undefined || second !== undefined) {
    const reason =
      only === undefined
        ? "the lake has no charges"
        : `the bills are in ${currency.join(", ")}: choose by --currency`;
    throw programmeErrors.create("PROGRAMME_NO_BASELINE", { reason });
  }
  const starts = dayOf(instantOf(context.services.clock()));
  return { programme: { version: 1, name: "all services", currency: only, starts, tasks: [] }, source };
}

function timesOf(text: string): readonly number[] {
  const times = text.split(",").map((part) => Number(part.trim()));
  if (times.every((one) => one > 0 && one <= 1000) && times.length <= 6) return times;
  throw cliErrors.create("CLI_NUMBER_INVALID", { option: "--times", value: text });
}
