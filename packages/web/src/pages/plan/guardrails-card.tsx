import { Card } from "../../components/card.tsx";
import { GuardrailGauge, guardrailText } from "../../components/guardrail-gauge.tsx";
import { Sparkline } from "../../components/sparkline.tsx";
import type { PlanPage, PlanRun } from "./plan-search.ts";

type Reading = PlanRun["readings"][number];

const keyOf = ({ step, metric, statistic }: Reading): string => `${step} ${metric} ${statistic}`;

/** Gauges of the step that is watched, or was last. */
export const GuardrailsCard = ({ page }: { readonly page: PlanPage }) =>
  page.run === null ? <NotSeen /> : <Gauges page={page} run={page.run} />;

/** A journal keeps what was done, not what was measured on the way. */
const NotSeen = () => (
  <Card title="Guardrails">
    <p className="text-ink-2">
      Another process ran this plan, or this server was started again since: what its guardrails measured is
      not kept. Where one broke, the journal says which.
    </p>
  </Card>
);

const Gauges = ({ page, run }: { readonly page: PlanPage; readonly run: PlanRun }) => {
  const watched = run.watching?.step ?? run.readings.at(-1)?.step;
  const shown = run.readings.filter(({ step }) => step === watched);
  const title = page.body.steps.find(({ id }) => id === watched)?.title;
  return (
    <Card
      title="Guardrails"
      about={title === undefined ? "Measured while a step is watched" : `After: ${title}`}
    >
      {shown.length === 0 ? (
        <NothingMeasured page={page} />
      ) : (
        <ul className="flex flex-col gap-4">
          {shown.map((reading) => (
            <li key={keyOf(reading)}>
              <GuardrailGauge reading={reading}>
                <Sparkline
                  values={reading.course.map(({ value }) => (value === null ? null : `${value}`))}
                  label={`${guardrailText(reading)}: every look since the watch began`}
                />
              </GuardrailGauge>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
};

const NothingMeasured = ({ page: { body } }: { readonly page: PlanPage }) => {
  const isMeasured = body.steps.some(({ guardrails }) => guardrails.some(({ query }) => query !== undefined));
  return (
    <p className="text-ink-2">
      {isMeasured
        ? "The first step that is watched shows its gauges here."
        : "This plan has no guardrail that anything measures: name queries in the policy, then make it anew."}
    </p>
  );
};
