import { add, decimal, formatDecimal } from "@trimtab/domain";
import { useMemo } from "react";
import { type DataColumn, DataTable } from "../../components/data-table.tsx";
import { formatBucket } from "../../format/dates.ts";
import { dimensionTitle } from "../../format/dimension-names.ts";
import { drillInto } from "./drill.ts";
import { filtersOfLine, type TimeSeries, timeSeriesOf } from "./explorer-data.ts";
import type { QueryResult } from "./explorer-question.ts";
import type { SearchChange } from "./explorer-search.ts";
import type { ExplorerState } from "./explorer-state.ts";
import { type ValueTitles, valueTitles } from "./value-titles.ts";

interface PivotTableProps {
  readonly state: ExplorerState;
  readonly result: QueryResult;
  readonly title: string;
  readonly onChange: (next: SearchChange) => void;
}

/** Exact: a total of doubles would not be the bill's. Null as soon as a part is unknown. */
const sumOf = (cells: readonly (string | null)[]): string | null => {
  let total = decimal("0");
  for (const cell of cells) {
    if (cell === null) return null;
    total = add(total, decimal(cell));
  }
  return formatDecimal(total);
};

/** Groups down, time across, totals at both ends. */
export const PivotTable = ({ state, result, title, onChange }: PivotTableProps) => {
  const { buckets, series } = useMemo(() => timeSeriesOf(result, title), [result, title]);
  const titles = valueTitles(result);
  const strongest = Math.max(...series.flatMap(({ values }) => values.map((value) => value ?? 0)), 0);
  const columns: readonly DataColumn<TimeSeries>[] = [
    {
      id: "name",
      title: state.by.map(dimensionTitle).join(" · ") || "Measure",
      sortBy: ({ name }) => name,
      className: "min-w-44 max-w-80",
      footer: "Total",
      cell: (line) => <PivotName state={state} line={line} onChange={onChange} />,
    },
    ...buckets.map(
      (bucket, index): DataColumn<TimeSeries> => ({
        id: bucket,
        title: formatBucket(bucket, true),
        isNumber: true,
        sortBy: ({ values }) => values[index] ?? 0,
        cell: ({ cells, values }) => (
          <Heat share={strongest === 0 ? 0 : (values[index] ?? 0) / strongest}>
            {written(cells[index], titles)}
          </Heat>
        ),
        footer: titles.isAdditive
          ? written(sumOf(series.map(({ cells }) => cells[index] ?? null)), titles)
          : undefined,
      }),
    ),
    ...(titles.isAdditive ? [totalColumn(series, titles)] : []),
  ];
  return (
    <DataTable
      caption={`Pivot of ${title}, per ${state.grain}`}
      columns={columns}
      rows={series}
      rowKey={({ key }) => key}
      className="max-h-[40rem]"
      isFirstSticky
      isStackedOnPhone={false}
    />
  );
};

const totalColumn = (series: readonly TimeSeries[], titles: ValueTitles): DataColumn<TimeSeries> => ({
  id: "total",
  title: "Total",
  isNumber: true,
  sortBy: ({ values }) => values.reduce<number>((sum, value) => sum + (value ?? 0), 0),
  cell: ({ cells }) => <span className="font-semibold">{written(sumOf(cells), titles)}</span>,
  footer: written(sumOf(series.flatMap(({ cells }) => cells)), titles),
});

const written = (cell: string | null | undefined, titles: ValueTitles): string =>
  cell === null || cell === undefined ? "unknown" : Number(cell) === 0 ? "–" : titles.value(cell);

/** The stronger the shade, the more: eyes find the outlier. */
const Heat = ({ share, children }: { readonly share: number; readonly children: string }) => (
  <span className="relative -mx-2 inline-block rounded-sm px-2 py-0.5">
    <span
      aria-hidden
      className="absolute inset-0 rounded-sm bg-accent"
      style={{ opacity: Math.max(0, share) * 0.16 }}
    />
    <span className="relative">{children}</span>
  </span>
);

interface PivotNameProps {
  readonly state: ExplorerState;
  readonly line: TimeSeries;
  readonly onChange: (next: SearchChange) => void;
}

const PivotName = ({ state, line, onChange }: PivotNameProps) =>
  line.line.isRest || state.by.length === 0 ? (
    <span className="block truncate text-ink-2">{line.name}</span>
  ) : (
    <button
      type="button"
      title={line.name}
      onClick={() => onChange(drillInto(state, filtersOfLine(state.by, line.line)))}
      className="block max-w-full truncate rounded-sm text-left font-medium underline decoration-line-strong underline-offset-4 hover:decoration-accent"
    >
      {line.name}
    </button>
  );
