import type { Json, Recommendation } from "@trimtab/domain";
import { RANKINGS, type Ranking } from "../../advisors/rank.ts";
import { advisors } from "../../advisors/registry.ts";
import { actorOf } from "../actor.ts";
import { ADVISOR_OPTIONS } from "../advisor-options.ts";
import { askAdvisors } from "../ask-advisors.ts";
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
    const { services, env } = context;
    const { options } = input;
    const { report, lakeVersion, hourlyCost } = await askAdvisors(contextAt(context, input), input);
    const { recommendationId } = await import("../../state/recommendations.ts");
    const { adviceDocument } = await import("../views/advice.ts");
    if (options["dry-run"] !== true) {
      const { recordRecommendations } = await import("../../state/record-recommendations.ts");
      const state = await services.openState();
      for (const { advisor, settings, abstained } of report.advisors)
        await recordRecommendations(state, actorOf(env), {
          advisor,
          settings,
          abstained: abstained.map(({ resource }) => resource.id),
          found: report.recommendations.filter(({ key }) => key.advisor === advisor).map(foundOf),
          lakeVersion,
          programVersion: services.version,
        });
    }
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

const foundOf = (recommendation: Recommendation) => ({
  key: recommendation.key,
  title: recommendation.title,
  saving: recommendation.saving.net,
  body: JSON.parse(JSON.stringify(recommendation)) as { readonly [key: string]: Json },
});
