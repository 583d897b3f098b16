import { CircleCheck, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { toProblem } from "../../api/problem.ts";
import { useMay } from "../../api/use-me.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { FormProblem } from "../../components/entry-frame.tsx";
import { GuardrailGauge, type GuardrailView } from "../../components/guardrail-gauge.tsx";
import { formatMoment } from "../../format/dates.ts";
import { NO_PERMITS, PermitFields } from "./permit-fields.tsx";
import type { PlanPage, Preflight } from "./plan-search.ts";
import { RunButton } from "./run-button.tsx";
import { useDryRun } from "./use-plan-changes.ts";

/** Asks the live systems what is in the way, before anything is changed. */
export const DryRunCard = ({ page }: { readonly page: PlanPage }) => {
  const mayOperate = useMay("operate");
  const [permits, setPermits] = useState(NO_PERMITS);
  const check = useDryRun(page.line.id);
  const isReady = page.line.status === "approved" && check.data?.problems.length === 0;
  return (
    <Card
      title="Dry run"
      about="Asks approvals, limits, maintenance window, kill switch, every live setting and guardrail; changes nothing"
      actions={
        mayOperate && (
          <span className="flex flex-wrap gap-2">
            <Button
              kind={isReady ? "plain" : "primary"}
              disabled={check.isPending}
              onClick={() => check.mutate(permits)}
            >
              {check.isPending
                ? "Asking live systems…"
                : check.data === undefined
                  ? "Start dry run"
                  : "Again"}
            </Button>
            {isReady && <RunButton page={page} mode="execute" />}
          </span>
        )
      }
    >
      {!mayOperate && <p className="text-ink-2">Operators and admins try plans and carry them out.</p>}
      {mayOperate && (
        <div className="mb-2 flex flex-col gap-2 empty:hidden">
          <PermitFields page={page} permits={permits} onChange={setPermits} />
        </div>
      )}
      <div role="status">
        {check.data !== undefined && <Found preflight={check.data} at={new Date(check.submittedAt)} />}
      </div>
      {check.isError && (
        <FormProblem>
          {toProblem(check.error).message} {toProblem(check.error).hint}
        </FormProblem>
      )}
    </Card>
  );
};

const Found = ({ preflight, at }: { readonly preflight: Preflight; readonly at: Date }) => {
  const { problems, baseline } = preflight;
  return (
    <>
      {problems.length === 0 ? (
        <p className="flex items-center gap-2 rounded-lg bg-down-soft px-3 py-2 font-medium text-down">
          <CircleCheck size={16} aria-hidden className="shrink-0" /> Nothing is in the way.
        </p>
      ) : (
        <div className="rounded-lg bg-warn-soft px-3 py-2 text-warn">
          <p className="flex items-center gap-2 font-medium">
            <TriangleAlert size={16} aria-hidden className="shrink-0" />
            {problems.length === 1 ? "One thing is in the way" : `${problems.length} things are in the way`}
          </p>
          <ul className="mt-1 flex list-disc flex-col gap-0.5 pl-8 break-words">
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </div>
      )}
      {baseline.length > 0 && (
        <>
          <h3 className="mt-4 mb-2 text-sm font-medium">
            What the guardrails say before anything is changed
          </h3>
          <ul className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
            {baseline.map((reading) => {
              const view = viewOf(reading);
              return (
                <li key={`${view.metric} ${view.statistic}`}>
                  <GuardrailGauge reading={view} />
                </li>
              );
            })}
          </ul>
        </>
      )}
      <p className="mt-2 text-xs text-ink-3">Asked {formatMoment(at.toISOString())}</p>
    </>
  );
};

const viewOf = (reading: Preflight["baseline"][number]): GuardrailView => {
  const { metric, statistic, comparison, limit } = reading.guardrail;
  const isKnown = reading.status !== "missing";
  return {
    ...{ metric, statistic, comparison, limit },
    value: isKnown ? reading.value : null,
    isHeld: isKnown ? reading.status === "holds" : null,
  };
};
