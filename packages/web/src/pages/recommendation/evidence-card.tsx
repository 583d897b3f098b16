import { useMemo } from "react";
import { evidenceOption } from "trimtab/charts";
import { Chart } from "../../charts/chart.tsx";
import { useChartLook } from "../../charts/chart-look.ts";
import { Card } from "../../components/card.tsx";
import { formatMoment } from "../../format/dates.ts";
import { formatQuantity } from "../../format/numbers.ts";
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

/** UCUM's 1 is no unit that anybody says, and its braces hold words. */
const spokenUnit = (unit: string): string => (unit === "1" ? "" : unit.replaceAll(/[{}]/g, ""));

/** Of words, not of signs like GiB: they have a plural. */
const isWord = /^[a-z]{3,}$/;

const valueText = (value: number, unit: string): string => {
  const spoken = spokenUnit(unit);
  const ending = isWord.test(spoken) && !spoken.endsWith("s") && value !== 1 ? "s" : "";
  return `${formatQuantity(String(value))} ${spoken}${ending}`.trim();
};

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
          valueTitle: (value) => valueText(value, unit),
          timeTitle: formatMoment,
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
            .map(({ label, value }) => `${label} ${valueText(value, unit)}`)
            .join(", ")}`}
        />
      )}
      <p className="num text-xs text-ink-3">
        {marks.map(({ label, value }) => `${label}: ${valueText(value, unit)}`).join(" · ")}
        {marks.length > 0 && " · "}
        {samples} of {expected} points measured
        {thinnedBy !== undefined && `; drawn thinner, by ${thinnedBy}`}
      </p>
    </figure>
  );
};
