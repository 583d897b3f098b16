import type { Recommendation } from "@trimtab/domain";
import type { StoredRecommendation } from "../state/recommendations.ts";
import type { State } from "../state/state.ts";

/** A recommendation of the state database with its body; absent: an older version wrote it in a way that is not read. */
export interface ReadStored {
  readonly stored: StoredRecommendation;
  readonly recommendation?: Recommendation;
}

export async function readStored(
  state: State,
  list: readonly StoredRecommendation[],
): Promise<readonly ReadStored[]> {
  const { readRevision } = await import("../state/recommendations.ts");
  const { readRecommendation } = await import("../advisors/recommendation-schema.ts");
  const read: ReadStored[] = [];
  for (const stored of list) {
    const { body } = await readRevision(state, stored.id, stored.revision);
    const found = readRecommendation(body);
    read.push(found.status === "read" ? { stored, recommendation: found.recommendation } : { stored });
  }
  return read;
}
