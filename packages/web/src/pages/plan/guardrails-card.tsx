import { useEffect, useRef, useState } from "react";
import { Card } from "../../components/card.tsx";
import { GuardrailGauge, guardrailText } from "../../components/guardrail-gauge.tsx";
import { Sparkline } from "../../components/sparkline.tsx";
import type { PlanPage, PlanRun } from "./plan-search.ts";

type Reading = PlanRun["readings"][number];

const MOST_LOOKS = 60;

const keyOf = ({ step, metric, statistic }: Reading): string => `${step} ${metric} ${statistic}`;

/** What each guardrail said as long as this page was open: the server keeps the newest. */
const useTrails = (readings: readonly Reading[]): ReadonlyMap<string, readonly (string | null)[]> => {
  const seen = useRef(new Map<string, string>());
  const [trails, setTrails] = useState<ReadonlyMap<string, readonly (string | null)[]>>(new Map());
  useEffect(() => {
    const fresh = readings.filter((reading) => seen.current.get(keyOf(reading)) !== reading.at);
    if (fresh.length === 0) return;
    for (const reading of fresh) seen.current.set(keyOf(reading), reading.at);
    setTrails((before) => {
      const next = new Map(before);
      for (const reading of fresh) {
        const key = keyOf(reading);
        const value = reading.value === null ? null : `${reading.value}`;
        next.set(key, [...(next.get(key) ?? []), value].slice(-MOST_LOOKS));
      }
      return next;
    });
  }, [readings]);
  return trails;
};

/** Gauges of the step that is watched, or was last. */
export const GuardrailsCard = ({ page, run }: { readonly page: PlanPage; readonly run: PlanRun }) => {
  const trails = useTrails(run.readings);
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
                  values={trails.get(keyOf(reading)) ?? []}
                  label={`${guardrailText(reading)}: the last looks`}
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
