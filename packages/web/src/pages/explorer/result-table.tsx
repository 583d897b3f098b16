import { decimal, divide, formatDecimal } from "@trimtab/domain";
import { MoreHorizontal } from "lucide-react";
import { useMemo } from "react";
import { PALETTES } from "trimtab/charts";
import { IconButton } from "../../components/button.tsx";
import { type DataColumn, DataTable } from "../../components/data-table.tsx";
import { Delta } from "../../components/delta.tsx";
import { Menu, MenuItem } from "../../components/menu.tsx";
import { ShareBar } from "../../components/share-bar.tsx";
import { dimensionTitle } from "../../format/dimension-names.ts";
import { formatRatio } from "../../format/numbers.ts";
import { drillInto } from "./drill.ts";
import { colorPlaces, columnOf, filtersOfLine, type Line, linesOf } from "./explorer-data.ts";
import type { QueryResult } from "./explorer-question.ts";
import type { SearchChange } from "./explorer-search.ts";
import type { ExplorerState } from "./explorer-state.ts";
import { type ValueTitles, valueTitles } from "./value-titles.ts";

interface ResultTableProps {
  readonly state: ExplorerState;
  readonly result: QueryResult;
  readonly onChange: (next: SearchChange) => void;
}

/** The numbers behind the chart, exact, with totals over all charges. */
export const ResultTable = ({ state, result, onChange }: ResultTableProps) => {
  const lines = useMemo(() => linesOf(result), [result]);
  const titles = valueTitles(result);
  const columns: readonly DataColumn<Line>[] = [
    ...dimensionColumns(state, onChange, colorPlaces(lines, state.top)),
    ...amountColumns(result, titles, lines),
    {
      id: "actions",
      title: "Actions",
      isTitleHidden: true,
      className: "w-10",
      cell: (line) => (line.isRest ? null : <LineMenu state={state} line={line} onChange={onChange} />),
    },
  ];
  return (
    <DataTable
      caption={`Cost by ${state.by.map(dimensionTitle).join(", ") || "nothing"}`}
      columns={columns}
      rows={lines}
      rowKey={({ key }) => key}
      className="max-h-[36rem]"
      isFirstSticky
      isStackedOnPhone={false}
    />
  );
};

const dimensionColumns = (
  state: ExplorerState,
  onChange: (next: SearchChange) => void,
  places: ReadonlyMap<string, number>,
): readonly DataColumn<Line>[] =>
  state.by.map((name, index) => ({
    id: name,
    title: dimensionTitle(name),
    sortBy: ({ names }) => names[index] ?? "",
    className: "max-w-96 min-w-40",
    footer: index === 0 ? "Total" : undefined,
    cell: (line) =>
      index > 0 ? (
        <span className="block truncate text-ink-2" title={line.names[index]}>
          {line.names[index]}
        </span>
      ) : (
        <LineName state={state} line={line} place={places.get(line.key)} onChange={onChange} />
      ),
  }));

/** Charts whose colours are those of the table's first lines. */
const coloured = new Set(["bar", "area", "line", "donut", "treemap"]);

const SERIES_COUNT = PALETTES.light.length;

interface LineNameProps {
  readonly state: ExplorerState;
  readonly line: Line;
  readonly place: number | undefined;
  readonly onChange: (next: SearchChange) => void;
}

/** The table is the chart's legend, too. */
const LineName = ({ state, line, place, onChange }: LineNameProps) => (
  <span className="flex min-w-0 items-center gap-2.5">
    {coloured.has(state.chart) && (
      <span
        aria-hidden
        className="size-2.5 shrink-0 rounded-[3px]"
        style={{
          background:
            place === undefined ? "var(--series-rest)" : `var(--series-${(place % SERIES_COUNT) + 1})`,
        }}
      />
    )}
    {line.isRest ? (
      <span className="truncate text-ink-2">{line.names[0]}</span>
    ) : (
      <button
        type="button"
        title={line.names[0]}
        onClick={() => onChange(drillInto(state, filtersOfLine(state.by, line)))}
        className="min-w-0 truncate rounded-sm text-left font-medium hover:underline hover:decoration-accent hover:underline-offset-4"
      >
        {line.names[0]}
      </button>
    )}
  </span>
);

const number = (cell: string | null): number => (cell === null ? Number.NEGATIVE_INFINITY : Number(cell));

const amountColumns = (
  result: QueryResult,
  titles: ValueTitles,
  lines: readonly Line[],
): readonly DataColumn<Line>[] => {
  const totalOf = (aspect: "current" | "previous" | "change") =>
    result.total[columnOf(result, aspect)] ?? null;
  const total = totalOf("current");
  const written = (cell: string | null, unit?: string | null) =>
    cell === null ? <Unknown /> : valueTitles(result, unit).value(cell);
  const largest = Math.max(...lines.map(({ amount }) => number(amount)), 0);
  const amount: DataColumn<Line> = {
    id: "amount",
    title: result.columns[columnOf(result, "current")]?.kind === "money" ? "Cost" : "Value",
    isNumber: true,
    sortBy: (line) => number(line.amount),
    cell: (line) => <span className="font-medium">{written(line.amount, line.unit)}</span>,
    footer: written(total),
  };
  const share: DataColumn<Line> = {
    id: "share",
    title: "Share",
    isNumber: true,
    className: "w-40 max-md:hidden",
    cell: (line) =>
      line.amount === null || total === null || Number(total) === 0 ? null : (
        <span className="flex items-center justify-end gap-2.5">
          <span className="w-20">
            <ShareBar share={largest === 0 ? 0 : Number(line.amount) / largest} />
          </span>
          <span className="w-12 text-ink-3">{formatRatio(shareOf(line.amount, total))}</span>
        </span>
      ),
  };
  const comparison: readonly DataColumn<Line>[] = [
    {
      id: "previous",
      title: "Before",
      isNumber: true,
      sortBy: (line) => number(line.previous),
      cell: (line) => <span className="text-ink-2">{written(line.previous, line.unit)}</span>,
      footer: written(totalOf("previous")),
    },
    {
      id: "change",
      title: "Change",
      isNumber: true,
      sortBy: (line) => number(line.change),
      cell: (line) => <Change change={line.change} rate={line.changeRate} titles={titles} />,
      footer: <Change change={totalOf("change")} rate={null} titles={titles} />,
    },
  ];
  return [
    amount,
    ...(columnOf(result, "previous") === -1 ? [] : comparison),
    ...(titles.isAdditive ? [share] : []),
  ];
};

const shareOf = (part: string, whole: string): string =>
  formatDecimal(divide(decimal(part), decimal(whole), 6));

const Unknown = () => <span className="text-ink-3">unknown</span>;

interface ChangeProps {
  readonly change: string | null;
  readonly rate: string | null;
  readonly titles: ValueTitles;
}

const Change = ({ change, rate, titles }: ChangeProps) =>
  change === null ? (
    <Unknown />
  ) : (
    <span className="inline-flex items-center gap-2">
      <Delta change={change} text={titles.change(change)} />
      {rate !== null && <span className="w-14 text-ink-3">{formatRatio(rate, { signed: true })}</span>}
    </span>
  );

interface LineMenuProps {
  readonly state: ExplorerState;
  readonly line: Line;
  readonly onChange: (next: SearchChange) => void;
}

const LineMenu = ({ state, line, onChange }: LineMenuProps) => {
  const filters = filtersOfLine(state.by, line);
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={`More about ${line.names[0]}`} className="size-7">
          <MoreHorizontal size={16} aria-hidden />
        </IconButton>
      }
    >
      <MenuItem onSelect={() => onChange(drillInto(state, filters))}>Go into it</MenuItem>
      <MenuItem onSelect={() => onChange({ where: [...state.where, ...filters] })}>Only this</MenuItem>
      <MenuItem
        onSelect={() =>
          onChange({
            where: [...state.where, ...filters.slice(0, 1).map((filter) => ({ not: filter }))],
          })
        }
      >
        Leave it out
      </MenuItem>
      <MenuItem onSelect={() => onChange({ where: [...state.where, ...filters], why: true })}>
        Why did it change
      </MenuItem>
      <MenuItem onSelect={() => onChange({ lines: true, linesWhere: filters })}>Show its bill lines</MenuItem>
    </Menu>
  );
};
