import type { ResourceKind, ResourceRef, SettingChange } from "@trimtab/domain";
import type { ActionDefinition, Command, StepDraft } from "../actions/action.ts";

/** A plan on what a tool printed, as JSON or as a text. */
export function planOn<K extends ResourceKind>(
  action: ActionDefinition<K>,
  resource: ResourceRef<K>,
  printed: unknown,
  ...changes: readonly (readonly [setting: string, from: SettingChange["from"], to: SettingChange["to"]])[]
) {
  const state = action.parseState(JSON.stringify(printed), resource);
  const wanted = changes.map(([setting, from, to]) => ({ setting, from, to }));
  return action.plan({ resource, changes: wanted, state, guardrails: [], key: "p1a2n3k4e5" });
}

/** The steps of a plan that must not be refused. */
export function stepsOf(plan: ReturnType<typeof planOn>): readonly StepDraft[] {
  if (plan.status === "refused") throw new Error(plan.reason);
  return plan.steps;
}

/** Why a plan that must be refused is. */
export const refusalOf = (plan: ReturnType<typeof planOn>): string =>
  plan.status === "refused" ? plan.reason : "it was not refused";

/** Commands as one reads them, without what every command of the tool has. */
export const lines = (commands: readonly Command[]): readonly string[] =>
  commands.map(({ tool, args }) =>
    [tool, ...args]
      .filter((arg) => !/^(--format=json|--quiet|--project=.*|--output|json)$/.test(arg))
      .join(" ")
      .replace(/ --region [a-z0-9-]+$/, ""),
  );

export const gcp = <K extends ResourceKind>(kind: K, name: string, id: string = name): ResourceRef<K> => ({
  kind,
  id,
  name,
  scope: { provider: "gcp", account: "shop-prod", region: "europe-west1" },
});

export const amazon = <K extends ResourceKind>(kind: K, name: string, id: string = name): ResourceRef<K> => ({
  kind,
  id,
  name,
  scope: { provider: "aws", account: "123456789012", region: "eu-central-1" },
});
