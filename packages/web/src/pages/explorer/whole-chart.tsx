import { useMemo } from "react";
import {
  type ChartLook,
  donutOption,
  rankingOption,
  type Share,
  sankeyOption,
  sumTexts,
  type Tile,
  treemapOption,
  type WaterfallStep,
  waterfallOption,
} from "trimtab/charts";
import { Chart, type ChartPick } from "../../charts/chart.tsx";
import { useChartLook } from "../../charts/chart-look.ts";
import type { ChartOption, EngineKind } from "../../charts/engine.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { formatPeriod } from "../../format/dates.ts";
import { formatRatio } from "../../format/numbers.ts";
import { chartTitle } from "./chart-picker.tsx";
import { drillInto } from "./drill.ts";
import { columnOf, filtersOfLine, groupsOf, type Line, linesOf, REST } from "./explorer-data.ts";
import type { QueryResult } from "./explorer-question.ts";
import type { SearchChange } from "./explorer-search.ts";
import type { ExplorerState } from "./explorer-state.ts";
import { type ValueTitles, valueTitles } from "./value-titles.ts";

interface WholeChartProps {
  readonly state: ExplorerState;
  readonly result: QueryResult;
  readonly title: string;
  readonly onChange: (next: SearchChange) => void;
}

const number = (cell: string | null): number => Number(cell ?? 0);

/** Exact; what is unknown counts for nothing in a picture, the table says it. */
const sum = (cells: readonly (string | null)[]): string => sumTexts(cells.map((cell) => cell ?? "0")) ?? "0";

const nameOf = ({ names }: Line): string => names.filter((name) => name !== "").join(" · ");

/** The dearest lines, and all others as one; the table's rest is in it. */
const topLines = (lines: readonly Line[], count: number, of: (line: Line) => string | null) => {
  const size = (line: Line) => number(of(line));
  const sorted = lines.filter(({ isRest }) => !isRest).toSorted((left, right) => size(right) - size(left));
  const shown = sorted.slice(0, count);
  const rest = sum(lines.filter((line) => !shown.includes(line)).map(of));
  return { shown, rest, hasRest: shown.length < lines.length };
};

const sharesOf = (lines: readonly Line[], count: number): readonly Share[] => {
  const { shown, rest, hasRest } = topLines(lines, count, ({ amount }) => amount);
  return [
    ...shown.map((line) => ({ name: nameOf(line), text: line.amount ?? "0", row: lines.indexOf(line) })),
    ...(hasRest ? [{ name: REST, text: rest, isRest: true, row: -1 }] : []),
  ];
};

/** Two groups and more nest: the first holds the others. */
const nestedTiles = (lines: readonly Line[], count: number): readonly Tile[] =>
  groupsOf(lines)
    .slice(0, count)
    .map(({ name, text, lines: members }) => ({
      name,
      text,
      row: -1,
      children: members.map((line) => ({
        name: line.names.slice(1).join(" · "),
        text: line.amount ?? "0",
        row: lines.indexOf(line),
      })),
    }));

interface Drawing {
  readonly kind: EngineKind;
  readonly option: ChartOption;
}

const draw = (
  state: ExplorerState,
  result: QueryResult,
  lines: readonly Line[],
  titles: ValueTitles,
  look: ChartLook,
): Drawing => {
  const written = {
    valueTitle: (text: string) => titles.value(text),
    shortTitle: (text: string) => titles.value(text),
    axisTitle: (value: number) => titles.value(value, "compact"),
    shareTitle: (share: number) => formatRatio(share),
  };
  switch (state.chart) {
    case "donut":
      return {
        kind: "shares",
        option: donutOption({ shares: sharesOf(lines, state.top), ...written }, look),
      };
    case "treemap": {
      const tiles = state.by.length > 1 ? nestedTiles(lines, state.top) : sharesOf(lines, 30);
      return { kind: "shares", option: treemapOption({ tiles, ...written }, look) };
    }
    case "sankey": {
      const flows = lines
        .map(({ names, amount, isRest }) => ({
          path: isRest ? names.map(() => REST) : names,
          text: amount ?? "0",
        }))
        .toSorted((left, right) => Number(right.text) - Number(left.text))
        .slice(0, 40);
      return { kind: "flows", option: sankeyOption({ flows, restName: REST, ...written }, look) };
    }
    case "waterfall":
      return { kind: "axes", option: changeOption(state, result, lines, titles, look) };
    default: {
      const { shown, rest, hasRest } = topLines(lines, 12, ({ amount }) => amount);
      const bars = shown.map((line) => ({ name: nameOf(line), text: line.amount, isRest: false }));
      const all = hasRest && titles.isAdditive ? [...bars, { name: REST, text: rest, isRest: true }] : bars;
      return { kind: "axes", option: rankingOption({ bars: all, ...written }, look) };
    }
  }
};

const changeOption = (
  state: ExplorerState,
  result: QueryResult,
  lines: readonly Line[],
  titles: ValueTitles,
  look: ChartLook,
): ChartOption => {
  const total = (aspect: "current" | "previous") => result.total[columnOf(result, aspect)] ?? "0";
  const sized = lines
    .filter(({ change, isRest }) => number(change) !== 0 && !isRest)
    .toSorted((left, right) => Math.abs(number(right.change)) - Math.abs(number(left.change)))
    .slice(0, state.top);
  const steps = sized.map(
    (line): WaterfallStep => ({ name: nameOf(line), text: line.change ?? "0", kind: "change" }),
  );
  const shown = sum(steps.map(({ text }) => text));
  const rest = sum([total("current"), negated(total("previous")), negated(shown)]);
  const { comparison } = result;
  const nameOfPeriod = (
    days: { readonly start: string; readonly end: string } | undefined,
    otherwise: string,
  ) => (days === undefined ? otherwise : formatPeriod(days.start, days.end));
  return waterfallOption(
    {
      steps: [
        { name: nameOfPeriod(comparison?.previous, "Before"), text: total("previous"), kind: "total" },
        ...steps,
        ...(Math.abs(Number(rest)) > 0.005 ? [{ name: REST, text: rest, kind: "change" } as const] : []),
        { name: nameOfPeriod(comparison?.current, "Now"), text: total("current"), kind: "total" },
      ],
      valueTitle: (text) => titles.value(text),
      changeTitle: titles.change,
      shortTitle: ({ kind, text }) => (kind === "total" ? titles.value(text) : titles.change(text)),
      axisTitle: (value) => titles.value(value, "compact"),
    },
    look,
  );
};

const negated = (text: string): string => (text.startsWith("-") ? text.slice(1) : `-${text}`);

/** Charts of the whole period: they draw what the table lists. */
export const WholeChart = ({ state, result, title, onChange }: WholeChartProps) => {
  const look = useChartLook();
  const lines = useMemo(() => linesOf(result), [result]);
  const { kind, option } = useMemo(
    () => draw(state, result, lines, valueTitles(result), look),
    [state, result, lines, look],
  );
  const problem = problemOf(state, result, lines);
  if (problem !== undefined) {
    return (
      <EmptyState className="h-80" title={problem.title}>
        {problem.hint}
      </EmptyState>
    );
  }
  const onPick = (pick: ChartPick) => {
    const row = Number((pick.data as { readonly row?: number } | null)?.row ?? -1);
    const line = lines[row] ?? lines.find((candidate) => nameOf(candidate) === pick.name);
    if (line !== undefined && !line.isRest) onChange(drillInto(state, filtersOfLine(state.by, line)));
  };
  return (
    <Chart
      key={state.chart}
      kind={kind}
      option={option}
      className={state.chart === "ranking" ? "h-96" : "h-84"}
      label={`${chartTitle(state.chart)}: ${title}; ${lines.length} lines. The table below has the numbers.`}
      onPick={onPick}
    />
  );
};

const problemOf = (state: ExplorerState, result: QueryResult, lines: readonly Line[]) => {
  if (lines.length === 0) {
    return { title: "No charges match", hint: "Take a longer period, or remove a filter." };
  }
  if (state.chart === "sankey" && state.by.length < 2) {
    return {
      title: "Flows need two groups",
      hint: "Add a second one beside “by”: account and service, say.",
    };
  }
  if (state.by.length === 0) {
    return { title: "Nothing to split", hint: "Choose what to group by, or a chart over time." };
  }
  if (state.chart === "waterfall" && columnOf(result, "previous") === -1) {
    return { title: "Nothing to compare with", hint: "Choose a period that has one before it in the bills." };
  }
  return undefined;
};
