import { useMemo } from "react";
import { evidenceOption } from "trimtab/charts";
import { Chart } from "../../charts/chart.tsx";
import { useChartLook } from "../../charts/chart-look.ts";
import { Card } from "../../components/card.tsx";
import { formatMoment, formatTick } from "../../format/dates.ts";
import { quantityText } from "../../format/numbers.ts";
import type { RecommendationBody } from "./recommendation-options.ts";

type Evidence = RecommendationBody["evidence"][number];

export const EvidenceCard = ({ evidence }: { readonly evidence: readonly Evidence[] }) => (
  <Card title="Why" about="What was measured, with what is proposed drawn across">
    {evidence.length === 0 ? (
      <p className="text-ink-2">
        It follows from the resource's settings and its lines on the bill; no series was needed.
      </p>
    ) : (
      <div className="flex flex-col gap-6">
        {evidence.map((one) => (
          <Plot key={`${one.metric} ${one.statistic} ${one.about}`} evidence={one} />
        ))}
      </div>
    )}
  </Card>
);

const Plot = ({ evidence }: { readonly evidence: Evidence }) => {
  const look = useChartLook();
  const { about, metric, statistic, unit, points, marks, samples, expected, thinnedBy } = evidence;
  const option = useMemo(
    () =>
      evidenceOption(
        {
          name: `${metric} ${statistic}`,
          points: points.map(([time, value]) => [String(time), Number(value)] as const),
          marks,
          valueTitle: (value) => quantityText(value, unit),
          timeTitle: formatMoment,
          tickTitle: formatTick,
        },
        look,
      ),
    [metric, statistic, points, marks, unit, look],
  );
  return (
    <figure>
      <figcaption className="mb-1">{about}</figcaption>
      {points.length > 0 && (
        <Chart
          kind="axes"
          className="h-56"
          option={option}
          label={`${metric}, ${statistic}: ${points.length} points; ${marks
            .map(({ label, value }) => `${label} ${quantityText(value, unit)}`)
            .join(", ")}`}
        />
      )}
      <p className="num text-xs text-ink-3">
        {marks.map(({ label, value }) => `${label}: ${quantityText(value, unit)}`).join(" · ")}
        {marks.length > 0 && " · "}
        {samples} of {expected} points measured
        {thinnedBy !== undefined && `; drawn thinner, by ${thinnedBy}`}
      </p>
    </figure>
  );
};
