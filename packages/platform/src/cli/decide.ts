import type { RecommendationDecision } from "@trimtab/domain";
import { actorOf } from "./actor.ts";
import type { CommandContext, CommandInput, CommandResult } from "./command.ts";

const DONE = {
  accepted: "Accepted",
  dismissed: "Dismissed",
  snoozed: "Snoozed",
  open: "Open again",
} as const;

/**
 * Decides on the recommendations that were named: on all or, where one can't be, on those before it, as the answer says.
 * @throws CLI_RECOMMENDATION_UNKNOWN, STATE_MOVE_REFUSED, STATE_CONFLICT
 */
export async function decide(
  { services, env }: CommandContext,
  { args }: CommandInput,
  decision: RecommendationDecision,
): Promise<CommandResult> {
  const { decideRecommendation } = await import("../state/recommendations.ts");
  const { findRecommendations } = await import("./recommendation-ids.ts");
  const state = await services.openState();
  const found = await findRecommendations(state, Array.isArray(args.ids) ? args.ids : []);
  for (const { id, version } of found)
    await decideRecommendation(state, actorOf(env), { id, version, decision });
  return {
    document: {
      title: `${DONE[decision.status]}: ${found.length === 1 ? "one recommendation" : `${found.length} recommendations`}`,
      blocks: [{ kind: "list", items: found.map(({ id, title }) => `${id}  ${title}`), tone: "good" }],
    },
    json: { status: decision.status, recommendations: found.map(({ id }) => id) },
  };
}
