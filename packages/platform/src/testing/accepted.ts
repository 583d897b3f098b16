import { join } from "node:path";
import type { Recommendation } from "@trimtab/domain";
import { engineOf } from "../state/engine-of.ts";
import { openState } from "../state/open-state.ts";
import { decideRecommendation, listRecommendations, recommendationId } from "../state/recommendations.ts";
import { recordRecommendations } from "../state/record-recommendations.ts";
import { stateKeys } from "../state/secret-key.ts";
import type { State } from "../state/state.ts";
import { findStatePlace } from "../state/state-place.ts";

/** The state database beside the lake `lake` in a folder. */
export async function stateOf(
  cwd: string,
  clock: () => Date = () => new Date("2026-07-01T09:00:00Z"),
): Promise<State> {
  const env = {};
  const lakeRoot = join(cwd, "lake");
  const place = findStatePlace({ env, cwd, platform: "linux", lakeRoot, isLakeInBucket: false });
  return openState({ engine: engineOf(place), keys: stateKeys(place, env), clock });
}

/** Keeps recommendations as an analysis would, and accepts them. @returns their ids, in order */
export async function acceptRecommendations(
  cwd: string,
  made: readonly Recommendation[],
): Promise<readonly string[]> {
  const state = await stateOf(cwd);
  await recordRecommendations(state, "ana", {
    advisor: "cloud-run-scaling",
    found: made.map(({ key, title, saving, ...body }) => ({
      key,
      title,
      saving: saving.net,
      body: JSON.parse(JSON.stringify({ key, title, saving, ...body })),
    })),
    abstained: [],
    settings: {},
    programVersion: "0",
  });
  for (const { id, version } of await listRecommendations(state, { status: "open" }))
    await decideRecommendation(state, "ana", { id, version, decision: { status: "accepted" } });
  await state.close();
  return made.map(({ key }) => recommendationId(key));
}
