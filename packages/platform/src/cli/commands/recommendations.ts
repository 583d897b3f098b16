import { RANKINGS, type Ranking } from "../../advisors/rank.ts";
import { defineCommand } from "../command.ts";
import { wholeNumber } from "../option-values.ts";

const STATUSES = ["open", "accepted", "dismissed", "snoozed", "all"] as const;

export const recommendationsCommand = defineCommand({
  name: "recommendations",
  summary: "list what was recommended and what was decided about it",
  group: "advise",
  details: ["What the newest `trimtab advise` no longer finds is left out; --withdrawn lists it as well."],
  options: [
    { name: "status", value: "STATUS", description: "only these", choices: STATUSES, default: "open" },
    { name: "advisor", value: "ID", description: "only those of one advisor" },
    { name: "by", value: "ORDER", description: "what comes first", choices: RANKINGS, default: "roi" },
    { name: "top", value: "N", description: "lines of the table", default: "50" },
    { name: "withdrawn", description: "with those that are no longer found" },
    {
      name: "hourly-cost",
      value: "AMOUNT",
      env: "TRIMTAB_HOURLY_COST",
      description: "what an hour of your people's work costs, for the return on investment",
      default: "100",
    },
  ],
  examples: [
    { run: "trimtab recommendations", does: "what waits for a decision, the best first" },
    {
      run: "trimtab recommendations --status accepted --by money",
      does: "what was accepted, the largest saving first",
    },
  ],
  async run({ services }, { options }) {
    const { listRecommendations } = await import("../../state/recommendations.ts");
    const { readStored } = await import("../../loop/stored-recommendations.ts");
    const { storedDocument } = await import("../views/stored-recommendations.ts");
    const { amountOption } = await import("../option-values.ts");
    const state = await services.openState();
    const { status, advisor } = options;
    const listed = await listRecommendations(state, {
      ...(typeof advisor === "string" ? { advisor } : {}),
      ...(typeof status === "string" && status !== "all" ? { status: status as "open" } : {}),
      withWithdrawn: options.withdrawn === true,
    });
    const stored = await readStored(state, listed);
    const view = {
      by: options.by as Ranking,
      top: wholeNumber("--top", options.top, 50),
      hourlyCost: amountOption("--hourly-cost", options["hourly-cost"]),
      status: String(status),
    };
    return {
      document: storedDocument(stored, view),
      json: stored.map(({ stored: entry, recommendation }) => ({
        ...entry,
        recommendation: recommendation ?? null,
      })),
    };
  },
});
