import type { GuardrailLimit, PlanGuardrail, ResourceRef } from "@trimtab/domain";
import type { CanaryStage } from "../../actions/action.ts";
import type { Policy } from "../policy/policy.ts";

/** The window that a query looks at, where it leaves that to us. */
const WINDOW = "2m";

/**
 * The PromQL that each limit stands for. A query of the policy may hold $service, $resource, $account, $region, $window,
 * and $revision, which is one version in a comparison and any elsewhere; it stands in a matcher with `=~`.
 */
export const guardrailQueries = (
  limits: readonly GuardrailLimit[],
  resource: ResourceRef,
  { guardrails }: Policy,
  canary: CanaryStage | undefined,
): readonly PlanGuardrail[] =>
  limits.map((limit) => {
    const template = guardrails?.queries[`${limit.metric}/${limit.statistic}`];
    if (template === undefined) return limit;
    const of = (revision: string) => fill(template, resource, revision);
    const isCompared = canary !== undefined && template.includes("$revision");
    return {
      ...limit,
      query: of(".*"),
      ...(isCompared
        ? { controlQuery: of(literal(canary.control)), canaryQuery: of(literal(canary.canary)) }
        : {}),
    };
  });

const fill = (template: string, { name, id, scope }: ResourceRef, revision: string): string => {
  const values: Readonly<Record<string, string>> = {
    service: quoted(name),
    resource: quoted(id),
    account: quoted(scope.account),
    region: quoted(scope.region),
    window: WINDOW,
    revision: quoted(revision),
  };
  return template.replace(
    /\$(service|resource|account|region|window|revision)\b/g,
    (_, key: string) => values[key] ?? "",
  );
};

/** Inside double quotes of PromQL. */
const quoted = (text: string): string =>
  text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
