import type { Json, Recommendation } from "@trimtab/domain";
import type { Advised } from "./ask-advisors.ts";
import type { Work } from "./work.ts";

/** Keeps what advisors found, so that people can decide about it; what they no longer find is withdrawn. @throws STATE_* */
export async function recordAdvice(
  { services, actor }: Pick<Work, "services" | "actor">,
  { report, lakeVersion }: Pick<Advised, "report" | "lakeVersion">,
): Promise<void> {
  const { recordRecommendations } = await import("../state/record-recommendations.ts");
  const state = await services.openState();
  for (const { advisor, settings, abstained } of report.advisors)
    await recordRecommendations(state, actor, {
      advisor,
      settings,
      abstained: abstained.map(({ resource }) => resource.id),
      found: report.recommendations.filter(({ key }) => key.advisor === advisor).map(foundOf),
      lakeVersion,
      programVersion: services.version,
    });
}

const foundOf = (recommendation: Recommendation) => ({
  key: recommendation.key,
  title: recommendation.title,
  saving: recommendation.saving.net,
  body: JSON.parse(JSON.stringify(recommendation)) as { readonly [key: string]: Json },
});
