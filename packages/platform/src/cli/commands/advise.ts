import type { Recommendation } from "@trimtab/domain";
import { RANKINGS, type Ranking } from "../../advisors/rank.ts";
import { advisors } from "../../advisors/registry.ts";
import { ADVISOR_OPTIONS } from "../advisor-options.ts";
import { AT_OPTION, contextAt } from "../at-option.ts";
import { defineCommand } from "../command.ts";
import { wholeNumber } from "../option-values.ts";
import { QUERY_OPTIONS } from "../query-context.ts";

export const adviseCommand = defineCommand({
  name: "advise",
  summary: "ask every advisor what to change, what it saves and what it risks",
  group: "advise",
  details: [
    "Advice rests on the inventory (`trimtab inventory`), the metrics of resources (`trimtab metrics ingest`) and the prices that you pay (`trimtab prices`). Where one of them is missing, an advisor says so instead of guessing.",
    "Savings are a month's, at your own prices, less what commitments already pay for. What is found is kept in the state database, so that it can be accepted, dismissed or snoozed; --dry-run keeps nothing.",
  ],
  args: [
    {
      name: "advisors",
      description: "only these (default: all)",
      variadic: true,
      choices: Object.keys(advisors),
    },
  ],
  options: [
    { name: "by", value: "ORDER", description: "what comes first", choices: RANKINGS, default: "roi" },
    { name: "top", value: "N", description: "lines of each table", default: "20" },
    {
      name: "hourly-cost",
      value: "AMOUNT",
      env: "TRIMTAB_HOURLY_COST",
      description: "what an hour of your people's work costs, for the return on investment",
      default: "100",
    },
    AT_OPTION,
    { name: "dry-run", description: "keep nothing in the state database" },
    ...ADVISOR_OPTIONS,
    ...QUERY_OPTIONS,
  ],
  examples: [
    { run: "trimtab advise", does: "everything, the best first" },
    {
      run: "trimtab advise idle-resources --by money --dry-run",
      does: "one advisor, the largest saving first",
    },
    {
      run: "trimtab advise off-hours --time-zone Europe/Berlin",
      does: "nights and weekends of people in Berlin",
    },
  ],
  async run(context, input) {
    const { options } = input;
    const { askAdvisors } = await import("../../loop/ask-advisors.ts");
    const { recordAdvice } = await import("../../loop/record-advice.ts");
    const { askedAdvice } = await import("../asked-advice.ts");
    const { workOf } = await import("../work.ts");
    const { recommendationId } = await import("../../state/recommendations.ts");
    const { adviceDocument } = await import("../views/advice.ts");
    const work = await workOf(contextAt(context, input), input);
    const advised = await askAdvisors(work, await askedAdvice(context, input));
    const { report, lakeVersion, hourlyCost } = advised;
    // Kept as of now, whatever moment was looked at.
    if (options["dry-run"] !== true) await recordAdvice({ ...work, services: context.services }, advised);
    const idOf = ({ key }: Recommendation) => recommendationId(key);
    const view = {
      report,
      idOf,
      by: options.by as Ranking,
      top: wholeNumber("--top", options.top, 20),
      hourlyCost,
      lakeVersion,
    };
    return {
      document: adviceDocument(view),
      json: {
        lakeVersion,
        advisors: report.advisors,
        recommendations: report.recommendations.map((each) => ({ id: idOf(each), ...each })),
      },
    };
  },
});
