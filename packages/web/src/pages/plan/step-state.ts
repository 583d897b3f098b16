import type { BadgeTone } from "../../components/badge.tsx";
import type { PlanPage } from "./plan-search.ts";

export interface StepView {
  readonly word: string;
  readonly tone: BadgeTone;
  /** It goes on now. */
  readonly isBusy: boolean;
}

const still = (word: string, tone: BadgeTone): StepView => ({ word, tone, isBusy: false });
const busy = (word: string): StepView => ({ word, tone: "accent", isBusy: true });

/** Where a step stands, by the journal and by the run that goes on. */
export const stepView = ({ states, run }: Pick<PlanPage, "states" | "run">, step: string): StepView => {
  const isLive = run?.status === "running";
  switch (states[step]) {
    case "apply-in-doubt":
      return isLive ? busy("under way") : still("in doubt", "warn");
    case "applied":
      return isLive && run.watching?.step === step ? busy("watched") : still("done", "good");
    case "apply-failed":
      return still("failed", "bad");
    case "roll-back-in-doubt":
      return isLive ? busy("being taken back") : still("in doubt", "warn");
    case "rolled-back":
      return still("taken back", "warn");
    case "roll-back-failed":
      return still("way back failed", "bad");
    default:
      return still("to do", "plain");
  }
};
