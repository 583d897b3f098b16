import { useMemo } from "react";
import { Chart, type ChartPick } from "../../charts/chart.tsx";
import type { ChartOption, EngineKind } from "../../charts/engine.ts";
import { type Palette, usePalette } from "../../charts/palette.ts";
import { rankingOption } from "../../charts/ranking-option.ts";
import { sankeyOption } from "../../charts/sankey-option.ts";
import { type ShareNode, sharesOption } from "../../charts/shares-option.ts";
import { waterfallOption } from "../../charts/waterfall-option.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { formatPeriod } from "../../format/dates.ts";
import { formatRatio } from "../../format/numbers.ts";
import { chartTitle } from "./chart-picker.tsx";
import { drillInto } from "./drill.ts";
import { columnOf, filtersOfLine, type Line, linesOf, REST } from "./explorer-data.ts";
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

const nameOf = ({ names }: Line): string => names.filter((name) => name !== "").join(" · ");

/** The dearest lines, and all others as one; the table's rest is in it. */
const topLines = (lines: readonly Line[], count: number, of: (line: Line) => number) => {
  const sorted = lines.filter(({ isRest }) => !isRest).toSorted((left, right) => of(right) - of(left));
  const shown = sorted.slice(0, count);
  const rest = lines.filter((line) => !shown.includes(line)).reduce((sum, line) => sum + of(line), 0);
  return { shown, rest, hasRest: shown.length < lines.length };
};

const shareNodes = (lines: readonly Line[], count: number): readonly ShareNode[] => {
  const { shown, rest, hasRest } = topLines(lines, count, ({ amount }) => number(amount));
  return [
    ...shown.map((line) => ({ name: nameOf(line), value: number(line.amount), row: lines.indexOf(line) })),
    ...(hasRest ? [{ name: REST, value: rest, isRest: true, row: -1 }] : []),
  ];
};

/** Two groups and more nest: the first holds the others. */
const nestedNodes = (lines: readonly Line[], count: number): readonly ShareNode[] => {
  const groups = Map.groupBy(
    lines.filter(({ isRest }) => !isRest),
    ({ names }) => names[0] ?? "",
  );
  return [...groups]
    .map(([name, members]) => ({
      name,
      value: members.reduce((sum, { amount }) => sum + Math.max(0, number(amount)), 0),
      row: -1,
      children: members.map((line) => ({
        name: line.names.slice(1).join(" · "),
        value: number(line.amount),
        row: lines.indexOf(line),
      })),
    }))
    .toSorted((left, right) => right.value - left.value)
    .slice(0, count);
};

interface Drawing {
  readonly kind: EngineKind;
  readonly option: ChartOption;
}

const draw = (
  state: ExplorerState,
  result: QueryResult,
  lines: readonly Line[],
  titles: ValueTitles,
  palette: Palette,
): Drawing => {
  const axisTitle = (value: number) => titles.value(value, "compact");
  switch (state.chart) {
    case "donut":
    case "treemap": {
      const isNested = state.chart === "treemap" && state.by.length > 1;
      return {
        kind: "shares",
        option: sharesOption({
          type: state.chart,
          nodes: isNested
            ? nestedNodes(lines, state.top)
            : shareNodes(lines, state.chart === "donut" ? state.top : 30),
          valueTitle: titles.value,
          shareTitle: (share) => formatRatio(share),
          isNarrow: matchMedia("(max-width: 40rem)").matches,
          palette,
        }),
      };
    }
    case "sankey": {
      const flows = lines.map(({ names, amount, isRest }) => ({
        path: isRest ? names.map(() => REST) : names,
        value: number(amount),
      }));
      return {
        kind: "flows",
        option: sankeyOption({ flows: keepLargest(flows, 40), valueTitle: titles.value, palette }),
      };
    }
    case "waterfall":
      return { kind: "axes", option: changeOption(state, result, lines, titles, palette) };
    default: {
      const { shown, rest, hasRest } = topLines(lines, 12, ({ amount }) => number(amount));
      const bars = shown.map((line) => ({ name: nameOf(line), value: number(line.amount), isRest: false }));
      return {
        kind: "axes",
        option: rankingOption({
          bars: hasRest && titles.isAdditive ? [...bars, { name: REST, value: rest, isRest: true }] : bars,
          valueTitle: titles.value,
          axisTitle,
          palette,
        }),
      };
    }
  }
};

const keepLargest = <T extends { readonly value: number }>(
  flows: readonly T[],
  count: number,
): readonly T[] => flows.toSorted((left, right) => right.value - left.value).slice(0, count);

const changeOption = (
  state: ExplorerState,
  result: QueryResult,
  lines: readonly Line[],
  titles: ValueTitles,
  palette: Palette,
): ChartOption => {
  const total = (aspect: "current" | "previous") => number(result.total[columnOf(result, aspect)] ?? null);
  const { shown, rest, hasRest } = topLines(
    lines.filter(({ change }) => number(change) !== 0),
    state.top,
    ({ change }) => Math.abs(number(change)),
  );
  const steps = shown.map((line) => ({ name: nameOf(line), change: number(line.change) }));
  const restChange =
    total("current") - total("previous") - steps.reduce((sum, { change }) => sum + change, 0);
  const { comparison } = result;
  return waterfallOption({
    from: {
      name:
        comparison === undefined
          ? "Before"
          : formatPeriod(comparison.previous.start, comparison.previous.end),
      value: total("previous"),
    },
    to: {
      name: comparison === undefined ? "Now" : formatPeriod(comparison.current.start, comparison.current.end),
      value: total("current"),
    },
    steps:
      (hasRest || rest !== 0) && Math.abs(restChange) > 0.005
        ? [...steps, { name: REST, change: restChange }]
        : steps,
    valueTitle: titles.value,
    changeTitle: titles.change,
    axisTitle: (value) => titles.value(value, "compact"),
    palette,
  });
};

/** Charts of the whole period: they draw what the table lists. */
export const WholeChart = ({ state, result, title, onChange }: WholeChartProps) => {
  const palette = usePalette();
  const lines = useMemo(() => linesOf(result), [result]);
  const { kind, option } = useMemo(
    () => draw(state, result, lines, valueTitles(result), palette),
    [state, result, lines, palette],
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
