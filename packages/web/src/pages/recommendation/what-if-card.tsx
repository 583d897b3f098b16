import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { call } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { useSettled } from "../../components/use-settled.ts";
import { formatMoney, formatRatio } from "../../format/numbers.ts";
import { LimitControl } from "./limit-control.tsx";
import type { RecommendationBody, Setting, WhatIf } from "./recommendation-options.ts";
import type { TriedLimits } from "./recommendation-search.ts";
import { type ComparedRow, comparedRows } from "./what-if.ts";

interface WhatIfProps {
  readonly id: string;
  readonly recommendation: RecommendationBody;
  readonly settings: readonly Setting[];
}

/** Its advisor asked again with other limits; nothing is kept. */
export const WhatIfCard = ({ id, recommendation, settings }: WhatIfProps) => {
  const { limits: limitsTried = {} } = useSearch({ from: "/signed-in/recommendations/$id" });
  const navigate = useNavigate({ from: "/recommendations/$id" });
  const [values, setValues] = useState<TriedLimits>(limitsTried);
  const settled = useSettled(values, 400);
  useEffect(() => {
    const search = Object.keys(settled).length === 0 ? {} : { limits: settled };
    void navigate({ search, replace: true, resetScroll: false });
  }, [settled, navigate]);
  const hasChanged = Object.keys(settled).length > 0;
  const { data, error, isFetching } = useQuery({
    queryKey: ["what-if", id, settled],
    queryFn: ({ signal }) =>
      call("POST /api/v1/recommendations/:id/what-if", {
        params: { id },
        body: { settings: settled },
        signal,
      }),
    enabled: hasChanged,
    placeholderData: keepPreviousData,
  });
  const movable = settings.filter(({ kind }) => kind !== "text");
  if (movable.length === 0) return null;
  const limits = movable.filter(({ isEvidence }) => !isEvidence);
  const evidence = movable.filter(({ isEvidence }) => isEvidence);
  const control = (setting: Setting) => (
    <LimitControl
      key={setting.name}
      setting={setting}
      tried={values[setting.name]}
      onTry={(value) => setValues({ ...values, [setting.name]: value })}
    />
  );
  return (
    <Card
      title="What if the limits were others?"
      about="The advisor is asked again, of the same evidence; nothing is kept"
      actions={
        Object.keys(values).length > 0 && (
          <Button size="sm" onClick={() => setValues({})}>
            As it was
          </Button>
        )
      }
    >
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">{limits.map(control)}</div>
      {evidence.length > 0 && (
        <details className="mt-4" open={evidence.some(({ name }) => name in limitsTried)}>
          <summary className="min-h-6 cursor-pointer rounded-sm text-sm text-ink-2 hover:text-ink">
            How the evidence is read
          </summary>
          <div className="mt-3 grid gap-x-6 gap-y-4 sm:grid-cols-2">{evidence.map(control)}</div>
        </details>
      )}
      <div aria-live="polite" aria-busy={isFetching} className={isFetching ? "opacity-60" : ""}>
        {hasChanged && error !== null && <ProblemPanel error={error} />}
        {hasChanged && error === null && data !== undefined && (
          <Outcome before={recommendation} outcome={data} />
        )}
        {hasChanged && data === undefined && error === null && (
          <p className="mt-4 text-sm text-ink-3">Asking the advisor…</p>
        )}
      </div>
    </Card>
  );
};

const Outcome = ({ before, outcome }: { readonly before: RecommendationBody; readonly outcome: WhatIf }) => {
  if (outcome.status !== "recommended") {
    return (
      <p className="mt-4 rounded-lg bg-sunken p-3">
        {outcome.status === "fine" ? "Nothing would be recommended: " : "The advisor would abstain: "}
        {outcome.reason}
      </p>
    );
  }
  const same = outcome.recommendations.find(({ key }) => key.fingerprint === before.key.fingerprint);
  const after = same ?? outcome.recommendations[0];
  if (after === undefined) return <p className="mt-4">Nothing would be recommended.</p>;
  const saving = ({ saving: { net } }: RecommendationBody, part: "low" | "mid" | "high") =>
    formatMoney(net[part], net.currency);
  const rows: readonly ComparedRow[] = [
    { name: "Saves a month", before: saving(before, "mid"), after: saving(after, "mid") },
    { name: "… at least", before: saving(before, "low"), after: saving(after, "low") },
    { name: "… at most", before: saving(before, "high"), after: saving(after, "high") },
    { name: "Risk", before: before.risk.level, after: after.risk.level },
    {
      name: "Confidence",
      before: formatRatio(before.confidence.value),
      after: formatRatio(after.confidence.value),
    },
    ...comparedRows(before, after),
  ];
  return (
    <div className="mt-4 overflow-x-auto">
      <table className="w-full">
        <caption className="pb-1 text-left text-sm text-ink-2">{after.title}</caption>
        <thead>
          <tr className="text-xs text-ink-3">
            <th scope="col" className="py-1 text-left font-medium">
              <span className="sr-only">What</span>
            </th>
            <th scope="col" className="py-1 text-right font-medium">
              As recommended
            </th>
            <th scope="col" className="py-1 pl-4 text-right font-medium">
              With these limits
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name} className="border-t border-line">
              <th scope="row" className="py-1 text-left font-normal">
                {row.name}
              </th>
              <td className="num py-1 text-right">{row.before}</td>
              <td className={`num py-1 pl-4 text-right ${row.before === row.after ? "" : "font-semibold"}`}>
                {row.after}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
