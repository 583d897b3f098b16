import { decimal, divide, formatDecimal } from "@trimtab/domain";
import { memo, useMemo } from "react";
import { PALETTES } from "trimtab/charts";
import { classNames } from "../../components/class-names.ts";
import { type DataColumn, DataTable } from "../../components/data-table.tsx";
import { Delta } from "../../components/delta.tsx";
import { MenuItem } from "../../components/menu.tsx";
import { RowMenu } from "../../components/row-menu.tsx";
import { ShareBar } from "../../components/share-bar.tsx";
import { dimensionTitle } from "../../format/dimension-names.ts";
import { formatRatio } from "../../format/numbers.ts";
import { shortPath } from "../../format/short-path.ts";
import { drillInto } from "./drill.ts";
import { colorPlaces, columnOf, filtersOfLine, groupPlaces, type Line, linesOf } from "./explorer-data.ts";
import type { QueryResult } from "./explorer-question.ts";
import type { Filter, SearchChange } from "./explorer-search.ts";
import { type ValueTitles, valueTitles } from "./value-titles.ts";

/** What a line leads on from. */
interface LineContext {
  readonly by: readonly string[];
  readonly where: readonly Filter[];
  readonly onChange: (next: SearchChange) => void;
}

interface ResultTableProps extends LineContext {
  readonly result: QueryResult;
  /** How many lines the chart shows one by one. */
  readonly top: number;
  /** Whose colours the chart has: those of the lines, or of their first names. */
  readonly legend: "lines" | "groups" | undefined;
}

/** The numbers behind the chart, exact, with totals over all charges. Drawn again only when it would look different. */
export const ResultTable = memo(({ by, where, top, legend, result, onChange }: ResultTableProps) => {
  const lines = useMemo(() => linesOf(result), [result]);
  const titles = valueTitles(result);
  const context = { by, where, onChange };
  const columns: readonly DataColumn<Line>[] = [
    ...dimensionColumns(
      context,
      legend && (legend === "groups" ? groupPlaces : colorPlaces)(lines, top),
      columnOf(result, "previous") !== -1,
    ),
    ...amountColumns(result, titles, lines),
    {
      id: "actions",
      title: "Actions",
      isTitleHidden: true,
      className: "w-10",
      cell: (line) => (line.isRest ? null : <LineMenu line={line} {...context} />),
    },
  ];
  return (
    <DataTable
      caption={`Cost by ${by.map(dimensionTitle).join(", ") || "nothing"}`}
      columns={columns}
      rows={lines}
      rowKey={({ key }) => key}
      className="max-h-[36rem]"
      isFirstSticky
      isStackedOnPhone={false}
    />
  );
});

/** @param places by line, where the chart has colours; lines without one are among its rest */
const dimensionColumns = (
  context: LineContext,
  places: ReadonlyMap<string, number> | undefined,
  isCompared: boolean,
): readonly DataColumn<Line>[] =>
  context.by.map((name, index) => ({
    id: name,
    title: dimensionTitle(name),
    sortBy: ({ names }) => names[index] ?? "",
    className:
      index > 0
        ? "max-w-96 min-w-40 max-md:hidden"
        : classNames("max-w-96 md:min-w-40", isCompared ? "max-sm:max-w-32" : "max-sm:max-w-48"),
    footer: index === 0 ? "Total" : undefined,
    cell: (line) =>
      index > 0 ? (
        <span className="block truncate text-ink-2" title={line.names[index]}>
          {shortPath(line.names[index] ?? "")}
        </span>
      ) : (
        <LineName line={line} colour={places && colourAt(places.get(line.key))} {...context} />
      ),
  }));

const SERIES_COUNT = PALETTES.light.length;

const colourAt = (place: number | undefined): string =>
  place === undefined ? "var(--series-rest)" : `var(--series-${(place % SERIES_COUNT) + 1})`;

interface LineNameProps extends LineContext {
  readonly line: Line;
  /** Undefined: the chart has none. */
  readonly colour: string | undefined;
}

/** The table is the chart's legend, too. */
const LineName = ({ line, colour, by, where, onChange }: LineNameProps) => (
  <span className="flex min-w-0 items-center gap-2.5">
    {colour !== undefined && (
      <span aria-hidden className="size-2.5 shrink-0 rounded-[3px]" style={{ background: colour }} />
    )}
    {line.isRest ? (
      <span className="truncate text-ink-2">{line.names[0]}</span>
    ) : (
      <button
        type="button"
        title={line.names[0]}
        onClick={() => onChange(drillInto({ by, where }, filtersOfLine(by, line)))}
        className="min-w-0 truncate rounded-sm text-left font-medium hover:underline hover:decoration-accent hover:underline-offset-4"
      >
        {shortPath(line.names[0] ?? "")}
        <MoreNames line={line} />
      </button>
    )}
  </span>
);

/** Phones have room for one column of names: the others stand below the first. */
const MoreNames = ({ line }: { readonly line: Line }) =>
  line.names.length < 2 ? null : (
    <span className="block truncate text-sm font-normal text-ink-3 md:hidden">
      {line.names.slice(1).map(shortPath).join(" · ")}
    </span>
  );

const number = (cell: string | null): number => (cell === null ? Number.NEGATIVE_INFINITY : Number(cell));

const amountColumns = (
  result: QueryResult,
  titles: ValueTitles,
  lines: readonly Line[],
): readonly DataColumn<Line>[] => {
  const totalOf = (aspect: "current" | "previous" | "change" | "change-rate") =>
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
      className: "max-sm:hidden",
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
      footer: <Change change={totalOf("change")} rate={totalOf("change-rate")} titles={titles} />,
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
      {rate !== null && (
        <span className="w-14 font-normal text-ink-3 max-sm:hidden">
          {formatRatio(rate, { signed: true })}
        </span>
      )}
    </span>
  );

interface LineMenuProps extends LineContext {
  readonly line: Line;
}

const LineMenu = ({ line, by, where, onChange }: LineMenuProps) => (
  <RowMenu label={`More about ${line.names[0]}`}>
    {() => {
      const filters = filtersOfLine(by, line);
      const isNot = filters.slice(0, 1).map((filter) => ({ not: filter }));
      return (
        <>
          <MenuItem onSelect={() => onChange(drillInto({ by, where }, filters))}>Go into it</MenuItem>
          <MenuItem onSelect={() => onChange({ where: [...where, ...filters] })}>Only this</MenuItem>
          <MenuItem onSelect={() => onChange({ where: [...where, ...isNot] })}>Leave it out</MenuItem>
          <MenuItem onSelect={() => onChange({ where: [...where, ...filters], why: true })}>
            Why did it change
          </MenuItem>
          <MenuItem onSelect={() => onChange({ lines: true, linesWhere: filters })}>
            Show its bill lines
          </MenuItem>
        </>
      );
    }}
  </RowMenu>
);
