import { defineCommand } from "../command.ts";

export const recommendationsShowCommand = defineCommand({
  name: "recommendations show",
  summary: "show one recommendation in full: evidence, prices, risk, history",
  group: "advise",
  args: [{ name: "id", description: "id, or its first letters", required: true }],
  examples: [{ run: "trimtab recommendations show rec-1a2b3c4d", does: "all that it rests on" }],
  async run({ services }, { args }) {
    const { findRecommendations } = await import("../recommendation-ids.ts");
    const { readStored } = await import("../../loop/stored-recommendations.ts");
    const { readDecisions, readRevision } = await import("../../state/recommendations.ts");
    const { recommendationDocument } = await import("../views/recommendation.ts");
    const state = await services.openState();
    const [found] = await readStored(state, await findRecommendations(state, [String(args.id)]));
    if (found === undefined) throw new Error("no recommendation for one id");
    const decisions = await readDecisions(state, found.stored.id);
    const revision = await readRevision(state, found.stored.id, found.stored.revision);
    return {
      document: recommendationDocument(found, { decisions, revision }),
      json: { ...found.stored, body: revision.body, settings: revision.settings, decisions },
    };
  },
});
