import { useMemo } from "react";
import { axesOption, type ChartLook, heatmapOption } from "trimtab/charts";
import { Chart, type ChartPick } from "../../charts/chart.tsx";
import { useChartLook } from "../../charts/chart-look.ts";
import type { ChartOption, EngineKind } from "../../charts/engine.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { formatBucket } from "../../format/dates.ts";
import { chartTitle } from "./chart-picker.tsx";
import { bucketPeriod, drillInto } from "./drill.ts";
import { filtersOfLine, type TimeSeries, timeSeriesOf } from "./explorer-data.ts";
import type { QueryResult } from "./explorer-question.ts";
import type { SearchChange } from "./explorer-search.ts";
import type { ExplorerState } from "./explorer-state.ts";
import { type ValueTitles, valueTitles } from "./value-titles.ts";

interface TimeChartProps {
  readonly state: ExplorerState;
  readonly result: QueryResult;
  readonly title: string;
  readonly onChange: (next: SearchChange) => void;
}

interface Drawing {
  readonly kind: EngineKind;
  readonly option: ChartOption;
}

const draw = (
  { chart, grain }: ExplorerState,
  data: { readonly buckets: readonly string[]; readonly series: readonly TimeSeries[] },
  titles: ValueTitles,
  openFrom: number | undefined,
  look: ChartLook,
): Drawing => {
  const bucketTitle = (bucket: string, isNarrow: boolean) =>
    grain === "week" && !isNarrow ? `Week of ${formatBucket(bucket)}` : formatBucket(bucket, isNarrow);
  if (chart === "heatmap") {
    const { buckets, series } = data;
    const cells = series.flatMap(({ cells: texts }, row) =>
      texts.map((text, column) => ({ column, row, text })),
    );
    return {
      kind: "heatmap",
      option: heatmapOption(
        {
          columns: buckets,
          rows: series.map(({ name }) => name),
          cells,
          columnTitle: bucketTitle,
          valueTitle: titles.value,
          shortTitle: (text) => titles.value(text, "compact"),
          hasScale: true,
        },
        look,
      ),
    };
  }
  const type = chart === "line" || chart === "area" ? chart : "bar";
  return {
    kind: "axes",
    option: axesOption(
      {
        // what can't be added up is not stacked
        type: titles.isAdditive ? type : type === "area" ? "line" : type,
        isStacked: titles.isAdditive,
        ...data,
        bucketTitle,
        valueTitle: titles.value,
        axisTitle: (value) => titles.value(value, "compact"),
        openFrom,
      },
      look,
    ),
  };
};

/** First bucket that reaches beyond what the bills are complete to. */
const firstOpen = (buckets: readonly string[], state: ExplorerState, completeTo: string | null) => {
  if (completeTo === null) return undefined;
  const day = completeTo.slice(0, 10);
  const index = buckets.findIndex((bucket) => bucketPeriod(bucket, state.grain).end > day);
  return index === -1 ? undefined : index;
};

/** Charts over time: drag to zoom, press a series to go into it. */
export const TimeChart = ({ state, result, title, onChange }: TimeChartProps) => {
  const look = useChartLook();
  const data = useMemo(() => timeSeriesOf(result, title), [result, title]);
  const { kind, option } = useMemo(
    () => draw(state, data, valueTitles(result), firstOpen(data.buckets, state, result.completeTo), look),
    [state, data, result, look],
  );
  if (data.buckets.length === 0) {
    return (
      <EmptyState className="h-80" title="No charges match">
        Take a longer period, or remove a filter.
      </EmptyState>
    );
  }
  const onPick = ({ seriesName, dataIndex, data: cell }: ChartPick) => {
    const isHeat = state.chart === "heatmap";
    const row = isHeat && Array.isArray(cell) ? data.series[Number(cell[1])] : undefined;
    const picked = isHeat ? row : data.series.find(({ name }) => name === seriesName);
    if (picked === undefined || picked.line.isRest) return;
    if (state.by.length > 0) return onChange(drillInto(state, filtersOfLine(state.by, picked.line)));
    zoom(dataIndex, dataIndex);
  };
  const zoom = (first: number, last: number) => {
    const from = data.buckets[first];
    const to = data.buckets[Math.min(last, data.buckets.length - 1)];
    if (from === undefined || to === undefined) return;
    const period = { start: bucketPeriod(from, state.grain).start, end: bucketPeriod(to, state.grain).end };
    onChange({ from: period.start, until: period.end, range: undefined, grain: undefined });
  };
  return (
    <Chart
      kind={kind}
      option={option}
      className="h-84"
      label={`${chartTitle(state.chart)}: ${title}, per ${state.grain}; ${data.series.length} series. The table below has the numbers.`}
      onPick={onPick}
      {...(kind === "axes" ? { onBrush: ({ first, last }) => zoom(first, last) } : {})}
    />
  );
};
