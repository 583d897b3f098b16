import type { Recommendation } from "@trimtab/domain";
import { readRecommendation } from "../../advisors/recommendation-schema.ts";
import { readRevision, type StoredRecommendation } from "../../state/recommendations.ts";
import type { State } from "../../state/state.ts";

/** A recommendation without what is only plotted. */
export type Body = Omit<Recommendation, "evidence">;

/** Revisions never change, so what was parsed once is kept; each is about 4 KiB. */
const MOST = 20_000;

/** Bodies of stored recommendations; those that an older version wrote in a way that is not read are left out. */
export const createBodies = () => {
  const known = new Map<string, Body | null>();
  const bodyOf = async (state: State, { id, revision }: StoredRecommendation): Promise<Body | null> => {
    const key = `${id}/${revision}`;
    const kept = known.get(key);
    if (kept !== undefined) return kept;
    const read = readRecommendation((await readRevision(state, id, revision)).body);
    const body = read.status === "read" ? withoutEvidence(read.recommendation) : null;
    if (known.size >= MOST) known.clear();
    known.set(key, body);
    return body;
  };
  return async (
    state: State,
    list: readonly StoredRecommendation[],
  ): Promise<readonly { readonly stored: StoredRecommendation; readonly body: Body }[]> => {
    const found: { readonly stored: StoredRecommendation; readonly body: Body }[] = [];
    for (const stored of list) {
      const body = await bodyOf(state, stored);
      if (body !== null) found.push({ stored, body });
    }
    return found;
  };
};

const withoutEvidence = ({ evidence: _, ...body }: Recommendation): Body => body;
