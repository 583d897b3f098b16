import { decimal, type Instant } from "@trimtab/domain";
import { readSettings } from "../../advisors/advisor-settings.ts";
import { askAdvisors } from "../../loop/ask-advisors.ts";
import { recordAdvice } from "../../loop/record-advice.ts";
import type { Work } from "../../loop/work.ts";
import type { Questions } from "../queries/questions.ts";
import type { WorkParts } from "./work-parts.ts";

/** Told to everybody: what they see of it, they ask for. */
export const ADVICE_KEPT = { type: "run", kind: "advice", id: "advice", status: "succeeded" } as const;

interface AdviseAtGiven extends Pick<WorkParts, "advisors" | "hourlyCost" | "publish"> {
  readonly questions: Questions;
  readonly services: Work["services"];
}

const TIME_ZONE = "UTC";
const ACTOR = "the demo";

/** Keeps what the advisors say of all charges as of a moment: what a demo's resources did was read long ago. */
export const adviseAt =
  ({ questions, services, advisors, hourlyCost, publish }: AdviseAtGiven) =>
  async (moment: Instant, signal: AbortSignal): Promise<void> => {
    const asking = { owner: ACTOR, scope: "unrestricted", timeZone: TIME_ZONE, signal } as const;
    const { engine, context } = await questions.open(asking);
    const work: Work = {
      services: { ...services, clock: () => new Date(moment) },
      openEngine: async () => engine,
      query: context,
      actor: ACTOR,
      signal,
    };
    const advised = await askAdvisors(work, {
      advisors,
      settings: readSettings(advisors, { timeZone: TIME_ZONE }),
      hourlyCost: decimal(hourlyCost),
    });
    // Kept as of now, whatever moment was looked at.
    await recordAdvice({ ...work, services }, advised);
    publish(ADVICE_KEPT);
  };
