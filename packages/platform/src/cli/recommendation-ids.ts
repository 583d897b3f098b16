import type { StoredRecommendation } from "../state/recommendations.ts";
import type { State } from "../state/state.ts";
import { cliErrors } from "./errors.ts";

/** Few letters of an id are enough where only one begins with them; `rec-` may be left out. */
const MIN_LETTERS = 4;

/** The recommendations that ids, or their beginnings, name. @throws CLI_RECOMMENDATION_UNKNOWN */
export async function findRecommendations(
  state: State,
  ids: readonly string[],
): Promise<readonly StoredRecommendation[]> {
  const { listRecommendations } = await import("../state/recommendations.ts");
  const all = await listRecommendations(state, { withWithdrawn: true });
  return ids.map((id) => {
    const start = id.startsWith("rec-") ? id : `rec-${id}`;
    const found = all.filter((each) => each.id.startsWith(start));
    const [only] = found;
    if (only !== undefined && found.length === 1 && start.length >= 4 + MIN_LETTERS) return only;
    const reason =
      found.length > 1
        ? `${found.length} begin with it`
        : only === undefined
          ? "none begins with it"
          : `give at least ${MIN_LETTERS} letters of it`;
    throw cliErrors.create("CLI_RECOMMENDATION_UNKNOWN", { id, reason });
  });
}
