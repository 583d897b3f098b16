import { defineCommand } from "../command.ts";
import { engineOf } from "../engine-option.ts";
import { cliErrors } from "../errors.ts";
import { wholeNumber } from "../option-values.ts";
import { periodOf } from "../period-options.ts";
import { QUERY_OPTIONS, queryContext } from "../query-context.ts";

export const explainCommand = defineCommand({
  name: "explain",
  summary: "why the bill changed between two periods, split exactly",
  group: "ask",
  details: [
    "Splits the change into use, mix, list prices, discounts and commitments, credits, month length, new and gone resources, tax and corrections. The parts sum to the change to the last digit; what rounding the divisions leaves over is a part of its own.",
  ],
  options: [
    {
      name: "from",
      value: "PERIOD",
      description: "the period before: 2026-05, a day, or a range 2026-04..2026-06",
    },
    { name: "to", value: "PERIOD", description: "the period after" },
    { name: "by", value: "DIMENSIONS", description: "split by these as well, e.g. SubAccountName,tag:team" },
    { name: "where", value: "FILTER", description: "only these charges, as in `trimtab query`" },
    { name: "lines", value: "N", description: "lines shown behind each part", default: "3" },
    { name: "billed", description: "explain billed instead of effective cost" },
    ...QUERY_OPTIONS,
  ],
  examples: [
    { run: "trimtab explain --from 2026-05 --to 2026-06", does: "why June is not May" },
    { run: "trimtab explain --from 2026-05 --to 2026-06 --by ServiceName", does: "service by service" },
    {
      run: "trimtab explain --from 2026-06-02 --to 2026-06-09 --where \"ServiceName = 'Cloud Run'\"",
      does: "one day against another, one service",
    },
  ],
  async run(context, input) {
    const { options } = input;
    if (typeof options.from !== "string" || typeof options.to !== "string")
      throw cliErrors.create("CLI_ARGUMENT_MISSING", {
        command: "explain",
        argument: "--from and --to",
        usage: "trimtab explain --from 2026-05 --to 2026-06",
      });
    const from = periodOf("--from", options.from);
    const to = periodOf("--to", options.to);
    if (from.start < to.end && to.start < from.end)
      throw cliErrors.create("CLI_OPTIONS_CONFLICT", {
        first: "--from",
        second: "--to of an overlapping period",
      });
    const { explain } = await import("../../insight/explain/explain.ts");
    const { parseQueryText } = await import("../../query/parse-query.ts");
    const { explainDocument } = await import("../views/explain.ts");
    const asked = await queryContext(context, input);
    const by =
      typeof options.by === "string" ? parseQueryText(`effective by ${options.by}`, asked.model).by : [];
    const where =
      typeof options.where === "string"
        ? parseQueryText(`effective where ${options.where}`, asked.model).where
        : undefined;
    const engine = await context.services.openEngine(engineOf(input));
    const explanations = await explain(
      engine,
      {
        from,
        to,
        by,
        measure: options.billed === true ? "billed" : "effective",
        lines: wholeNumber("--lines", options.lines, 3),
        ...(where === undefined ? {} : { where }),
      },
      asked,
    );
    return { document: explainDocument(explanations), json: explanations };
  },
});
