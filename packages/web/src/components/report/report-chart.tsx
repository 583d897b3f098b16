import { useEffect, useMemo, useRef, useState } from "react";
import { type ChartSpec, chartHeight, chartOption, type Formatter, specsOfCurrencies } from "trimtab/charts";
import { Chart } from "../../charts/chart.tsx";
import { useChartLook } from "../../charts/chart-look.ts";
import { engineOf } from "../../charts/engine.ts";
import { ReportTable } from "./report-table.tsx";
import type { PartOf } from "./report-types.ts";

interface ReportChartProps {
  readonly block: PartOf<"chart">;
  readonly format: Formatter;
}

/** As paper draws it, with tooltips; one chart a currency. Its numbers are one press away. */
export const ReportChart = ({ block, format }: ReportChartProps) => {
  const { title, data, chart } = block;
  const specs = useMemo(() => specsOfCurrencies(data, chart), [data, chart]);
  return (
    <>
      {specs.map((spec) => (
        <Drawn key={spec.measure} block={block} spec={spec} />
      ))}
      <details className="mt-1 text-sm print:hidden">
        <summary className="inline-flex min-h-6 cursor-pointer items-center text-xs text-ink-3 hover:text-ink">
          The numbers
        </summary>
        <ReportTable title={`Numbers of ${title}`} data={data} format={format} />
      </details>
    </>
  );
};

const Drawn = ({ block, spec }: { readonly block: PartOf<"chart">; readonly spec: ChartSpec }) => {
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const { data, title } = block;
  const height = chartHeight(spec, data, width);
  const look = useChartLook({ width, height });
  const option = useMemo(
    () => chartOption(data, spec, { look, locale: navigator.language }),
    [data, spec, look],
  );
  const currency = data.columns.find(({ name }) => name === spec.measure)?.currency;
  return (
    <div ref={place} className="min-w-0" style={{ height }}>
      {option === undefined ? (
        <p className="text-sm text-ink-3">Nothing to draw.</p>
      ) : (
        <Chart
          kind={engineOf(spec.type)}
          option={option}
          hasLegend
          className="h-full"
          label={`${title}${currency === undefined ? "" : `, ${currency}`}: a ${spec.type} chart; its numbers are below.`}
        />
      )}
    </div>
  );
};

/** Of a box, as it is resized; in steps, so that a chart is not drawn anew for each pixel. */
const useWidth = (place: React.RefObject<HTMLDivElement | null>): number => {
  const [width, setWidth] = useState(600);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => {
      const measured = entry?.contentRect.width ?? 0;
      if (measured > 0) setWidth(Math.round(measured / 20) * 20);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [place]);
  return width;
};
