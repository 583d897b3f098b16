import type { Json } from "@trimtab/domain";
import { z } from "zod";
import type { ChangeRequest, Command, PlannedSteps } from "../action.ts";
import { irreversibleStep, refused, wantedChanges } from "./changes.ts";

const wantedSchema = z.strictObject({ exists: z.literal(false, "only deleting is done here") });

/** Why the request is no plain deletion of something that is there; undefined: it is. */
export function deletionProblem(request: ChangeRequest): string | undefined {
  const checked = wantedChanges(request, wantedSchema);
  return "refusal" in checked ? checked.refusal : undefined;
}

/** A deletion that nothing brings back. */
export function deleteForGood(
  request: ChangeRequest,
  {
    title,
    before,
    apply,
    notes,
  }: {
    readonly title: string;
    readonly before: { readonly [setting: string]: Json };
    readonly apply: readonly Command[];
    readonly notes: readonly string[];
  },
): PlannedSteps {
  const problem = deletionProblem(request);
  if (problem !== undefined) return refused(problem);
  const step = { title, before, apply, after: { exists: false }, settleSeconds: 600, watchSeconds: 600 };
  return { status: "planned", steps: [irreversibleStep(step)], notes };
}
