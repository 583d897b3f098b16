import { defineCommand } from "../command.ts";
import { engineOf } from "../engine-option.ts";
import { wholeNumber } from "../option-values.ts";
import { optionalPeriod, PERIOD_OPTIONS } from "../period-options.ts";
import { QUERY_OPTIONS, queryContext } from "../query-context.ts";

export const analyzeCommand = defineCommand({
  name: "analyze",
  summary: "what the bill says at a glance: trend, services, movers, commitments, savings, tags",
  group: "ask",
  details: [
    "Covers the newest six months with charges unless --from and --to say otherwise. Costs are effective costs; where a bill can't tell them, billed ones.",
  ],
  options: [
    ...PERIOD_OPTIONS,
    { name: "top", value: "N", description: "lines of each breakdown", default: "10" },
    { name: "where", value: "FILTER", description: "only these charges, as in `trimtab query`" },
    ...QUERY_OPTIONS,
  ],
  examples: [
    { run: "trimtab analyze", does: "the newest six months" },
    { run: "trimtab analyze --from 2026-01 --to 2026-06", does: "these six months" },
    { run: "trimtab analyze --where \"tag:team = 'search'\"", does: "one team's share of the bill" },
  ],
  async run(context, input) {
    const { options } = input;
    const { analyze } = await import("../../insight/analyze/analyze.ts");
    const { parseQueryText } = await import("../../query/parse-query.ts");
    const { analyzeDocument } = await import("../views/analyze.ts");
    const period = optionalPeriod(options.from, options.to);
    const asked = await queryContext(context, input);
    const where =
      typeof options.where === "string"
        ? parseQueryText(`effective where ${options.where}`, asked.model).where
        : undefined;
    const engine = await context.services.openEngine(engineOf(input));
    const analyses = await analyze(
      engine,
      {
        top: wholeNumber("--top", options.top, 10),
        ...(period === undefined ? {} : { period }),
        ...(where === undefined ? {} : { where }),
      },
      asked,
    );
    return { document: analyzeDocument(analyses), json: analyses };
  },
});
