import type { EChartsOption, SeriesOption } from "echarts";
import type { ChartData, ChartRow } from "./chart-data.ts";
import { everyTime, isAdditive, joined, position, sumTexts } from "./chart-data.ts";
import type { ChartSpec } from "./chart-spec.ts";
import { type ChartTools, shorten } from "./chart-style.ts";
import { axisText, CONTAINED, legendHeight, legendOf, tooltipOf } from "./furniture.ts";

/** More lines than this are no picture: the smallest become one. */
const MOST_SERIES = 10;
const MOST_BARS = 40;
export const REST = "All others";

interface Line {
  readonly name: string;
  readonly isRest: boolean;
  readonly values: ReadonlyMap<string, string | null>;
}

/** Lines, stacked areas and bars: over time, or category by category. */
export const cartesianOption = (data: ChartData, spec: ChartSpec, tools: ChartTools): EChartsOption => {
  const categories = categoriesOf(data);
  const lines = linesOf(data, categories);
  const isLying = spec.type === "bar" && (spec.horizontal ?? !data.hasTime);
  const labels = categories.map((label) => (data.hasTime ? tools.format.time(label) : label));
  const categoryAxis = {
    type: "category" as const,
    data: labels,
    inverse: isLying,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: tools.ink.line } },
    axisLabel: {
      ...axisText(tools),
      hideOverlap: !isLying,
      formatter: (text: string) => shorten(text, tools.isNarrow ? 14 : 28),
    },
  };
  const valueAxis = {
    type: "value" as const,
    axisLabel: {
      ...axisText(tools),
      hideOverlap: true,
      formatter: (value: number) => tools.format.short(value, data.measure),
    },
    splitLine: { lineStyle: { color: tools.ink.line } },
    splitNumber: 4,
  };
  const isLegendShown = lines.length > 1;
  const isBilled = new Set(lines.flatMap(({ values }) => [...values.keys()]));
  return {
    grid: {
      left: 4,
      right: 14,
      top: isLegendShown
        ? legendHeight(
            tools,
            lines.map(({ name }) => name),
          ) + 12
        : 12,
      bottom: 4,
      ...CONTAINED,
    },
    ...(isLegendShown
      ? legendOf(
          tools,
          lines.map(({ name }) => name),
        )
      : {}),
    tooltip: {
      ...tooltipOf(tools),
      trigger: "axis",
      axisPointer: { type: spec.type === "bar" ? "shadow" : "line" },
    },
    ...(isLying ? { xAxis: valueAxis, yAxis: categoryAxis } : { xAxis: categoryAxis, yAxis: valueAxis }),
    ...(tools.style.medium === "screen" && data.hasTime && categories.length > 14
      ? {
          dataZoom: [
            { type: "inside", [isLying ? "yAxisIndex" : "xAxisIndex"]: 0, zoomOnMouseWheel: "shift" },
          ],
        }
      : {}),
    series: lines.map((line, index) =>
      seriesOf(line, index, { data, spec, tools, categories, isLying, isBilled }),
    ),
  };
};

/** Times in order, gaps filled; other categories as they came, the smallest folded together. */
const categoriesOf = ({ hasTime, rows }: ChartData): readonly string[] => {
  if (hasTime) return everyTime(rows.map(({ time }) => time));
  const names = [...new Set(rows.map(categoryOf))];
  return names.length <= MOST_BARS ? names : [...names.slice(0, MOST_BARS - 1), REST];
};

const categoryOf = ({ time, keys }: ChartRow): string => time || (keys[0] ?? "Total");
const seriesNameOf = (data: ChartData, { keys }: ChartRow): string =>
  joined(data.hasTime ? keys : keys.slice(1)) || data.measure.name;

const linesOf = (data: ChartData, categories: readonly string[]): readonly Line[] => {
  if (data.hasPrevious && data.dimensions.length <= (data.hasTime ? 0 : 1))
    return againstBefore(data, categories);
  const byName = Map.groupBy(data.rows, (row) =>
    row.isOther && data.hasTime ? REST : seriesNameOf(data, row),
  );
  const size = (rows: readonly ChartRow[]) =>
    rows.reduce((sum, { value }) => sum + Math.abs(position(value) ?? 0), 0);
  const ranked = [...byName]
    .map(([name, rows]) => ({ name, rows, size: size(rows), isRest: name === REST }))
    .toSorted((a, b) => Number(a.isRest) - Number(b.isRest) || b.size - a.size);
  if (ranked.length <= MOST_SERIES || !isAdditive(data.measure))
    return ranked
      .slice(0, MOST_SERIES)
      .map(({ name, rows, isRest }) => lineOf(name, rows, isRest, categories));
  const kept = ranked.filter(({ isRest }) => !isRest).slice(0, MOST_SERIES - 1);
  const rest = ranked.filter((one) => !kept.includes(one)).flatMap(({ rows }) => rows);
  return [
    ...kept.map(({ name, rows }) => lineOf(name, rows, false, categories)),
    lineOf(REST, rest, true, categories),
  ];
};

const againstBefore = (data: ChartData, categories: readonly string[]): readonly Line[] => [
  lineOf(data.measure.name, data.rows, false, categories),
  lineOf(
    "Before",
    data.rows.map((row) => ({ ...row, value: row.previous })),
    true,
    categories,
  ),
];

const lineOf = (
  name: string,
  rows: readonly ChartRow[],
  isRest: boolean,
  categories: readonly string[],
): Line => {
  const known = new Set(categories);
  const byCategory = Map.groupBy(rows, (row) => (known.has(categoryOf(row)) ? categoryOf(row) : REST));
  return {
    name,
    isRest,
    values: new Map(
      [...byCategory].map(([category, list]) => [category, sumTexts(list.map(({ value }) => value))]),
    ),
  };
};

interface Drawing {
  readonly data: ChartData;
  readonly spec: ChartSpec;
  readonly tools: ChartTools;
  readonly categories: readonly string[];
  readonly isLying: boolean;
  /** Categories with any charge at all: there, a line without a row cost nothing. */
  readonly isBilled: ReadonlySet<string>;
}

const seriesOf = ({ name, isRest, values }: Line, index: number, drawing: Drawing): SeriesOption => {
  const { data, spec, tools, categories, isLying, isBilled } = drawing;
  const texts = categories.map((category) => {
    if (values.has(category)) return values.get(category) ?? null;
    return isAdditive(data.measure) && isBilled.has(category) ? "0" : null;
  });
  const color = isRest ? tools.ink.other : tools.colour(index);
  const common = {
    name,
    data: texts.map(position),
    itemStyle: { color },
    tooltip: {
      valueFormatter: (_: unknown, at: number) => tools.format.amount(texts[at] ?? null, data.measure),
    },
    emphasis: { focus: "series" as const },
  };
  const isStacked = spec.type === "area" || (spec.stacked ?? (data.hasTime && !data.hasPrevious));
  if (spec.type === "bar")
    return {
      ...common,
      type: "bar",
      ...(isStacked ? { stack: "all" } : {}),
      barMaxWidth: 34,
      barCategoryGap: "28%",
      itemStyle: { color, borderRadius: isStacked ? 0 : isLying ? [0, 3, 3, 0] : [3, 3, 0, 0] },
      ...(isLying && tools.style.medium === "paper" && !isStacked ? paperLabels(texts, drawing) : {}),
    };
  return {
    ...common,
    type: "line",
    showSymbol: texts.some((text, at) => text !== null && !texts[at - 1] && !texts[at + 1]),
    symbolSize: 5,
    lineStyle: { width: spec.type === "area" ? 1 : 2, color, ...(isRest ? { type: "dashed" as const } : {}) },
    ...(spec.type === "area" ? { stack: "all", areaStyle: { color, opacity: 0.82 } } : {}),
  };
};

const paperLabels = (texts: readonly (string | null)[], { data, tools }: Drawing) => ({
  label: {
    show: true,
    position: "right" as const,
    color: tools.ink.muted,
    fontSize: 10,
    fontFamily: tools.style.fontFamily,
    formatter: ({ dataIndex }: { readonly dataIndex: number }) =>
      tools.format.short(texts[dataIndex] ?? "0", data.measure),
  },
});
