import type { Json, SettingChange } from "@trimtab/domain";
import { canonicalJson } from "@trimtab/domain";
import type { z } from "zod";
import type { PlannedSteps, StepDraft } from "../action.ts";

type Settings = { readonly [setting: string]: Json };

export const refused = (reason: string): PlannedSteps => ({ status: "refused", reason });

/** The settings that are asked for, by name, or why they can't be: not this action's, or not what the live system says. */
export function wantedChanges<S extends z.ZodObject>(
  { changes, state }: { readonly changes: readonly SettingChange[]; readonly state: Settings },
  schema: S,
): { readonly wanted: z.output<S> } | { readonly refusal: string } {
  if (changes.length === 0) return { refusal: "nothing is to be changed" };
  if (state.exists !== true) return { refusal: "the resource is not there" };
  const stale = changes.find(({ setting, from }) => !isEqual(state[setting] ?? null, from));
  if (stale !== undefined)
    return {
      refusal: `${stale.setting} is ${text(state[stale.setting] ?? null)} now and not ${text(stale.from)}: make the recommendation again`,
    };
  const parsed = schema.safeParse(Object.fromEntries(changes.map(({ setting, to }) => [setting, to])));
  if (parsed.success) return { wanted: parsed.data };
  const [issue] = parsed.error.issues;
  return { refusal: `${issue?.path.join(".") || "the change"}: ${issue?.message ?? "not understood"}` };
}

/** The part of a state that matters to a step. */
export const pick = (
  state: { readonly [setting: string]: Json | undefined },
  settings: readonly string[],
): Settings => Object.fromEntries(settings.map((setting) => [setting, state[setting] ?? null]));

export const isEqual = (one: Json, other: Json): boolean => canonicalJson(one) === canonicalJson(other);

const text = (value: Json): string => (typeof value === "string" ? value : JSON.stringify(value));

/** A step that can't be taken back: `restored` is what was, so that nobody takes it for undone. */
export const irreversibleStep = (
  step: Pick<StepDraft, "title" | "before" | "apply" | "after" | "settleSeconds" | "watchSeconds">,
): StepDraft => ({ ...step, rollback: [], restored: step.before, reversibility: "irreversible" });
