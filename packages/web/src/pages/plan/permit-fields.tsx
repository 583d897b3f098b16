import { CheckField } from "../../components/check-field.tsx";
import type { PlanPage } from "./plan-search.ts";
import type { Permits } from "./use-plan-changes.ts";

export const NO_PERMITS: Permits = { mayBeIrreversible: false, mayBeUnwatched: false };

/** Steps of a plan that run only where somebody expressly lets them. */
export const riskySteps = ({ body }: Pick<PlanPage, "body">) => ({
  irreversible: body.steps.filter(({ reversibility }) => reversibility === "irreversible"),
  unwatched: body.steps.filter(({ guardrails }) => guardrails.some(({ query }) => query === undefined)),
});

interface PermitFieldsProps {
  readonly page: PlanPage;
  readonly permits: Permits;
  readonly onChange: (permits: Permits) => void;
}

/** Shown where the plan has such steps; otherwise there is nothing to permit. */
export const PermitFields = ({ page, permits, onChange }: PermitFieldsProps) => {
  const { irreversible, unwatched } = riskySteps(page);
  const names = (steps: typeof irreversible) => steps.map(({ id }) => id).join(", ");
  return (
    <>
      {irreversible.length > 0 && (
        <CheckField
          label="Steps that can't be undone may run"
          hint={`${names(irreversible)}; --allow-irreversible on the command line`}
          checked={permits.mayBeIrreversible}
          onChange={({ target }) => onChange({ ...permits, mayBeIrreversible: target.checked })}
        />
      )}
      {unwatched.length > 0 && (
        <CheckField
          label="Guardrails that nothing measures may be left unwatched"
          hint={`The policy has no query for some of ${names(unwatched)}; --allow-unwatched on the command line`}
          checked={permits.mayBeUnwatched}
          onChange={({ target }) => onChange({ ...permits, mayBeUnwatched: target.checked })}
        />
      )}
    </>
  );
};
