import type { EChartsOption } from "echarts";
import type { DataTable } from "../data-table.ts";
import { cartesianOption } from "./cartesian.ts";
import { chartData, drawnColumns } from "./chart-data.ts";
import type { ChartSpec } from "./chart-spec.ts";
import { type ChartStyle, type ChartTools, toolsFor } from "./chart-style.ts";
import { sankeyOption, waterfallOption } from "./flows.ts";
import { heatmapOption } from "./heatmap.ts";
import { donutOption, treemapOption } from "./parts.ts";

export type { DataColumn, DataTable } from "../data-table.ts";
export type { ChartSpec, ChartType } from "./chart-spec.ts";
export type { ChartStyle } from "./chart-style.ts";
export { type Formatter, formatterFor, NO_VALUE, UNKNOWN } from "./format.ts";
export { type ChartInk, type ChartMode, INKS, PALETTES } from "./palette.ts";

/**
 * What ECharts draws of an answer: the same in the browser, on paper and in messages. Undefined where there is nothing to
 * draw. Pure: no DOM, no Node.
 */
export const chartOption = (
  table: DataTable,
  spec: ChartSpec,
  style: ChartStyle,
): EChartsOption | undefined => {
  const data = chartData(table, spec);
  if (data === undefined || data.rows.length === 0) return undefined;
  const tools = toolsFor(style);
  return {
    animation: style.medium === "screen",
    animationDuration: 250,
    textStyle: { fontFamily: style.fontFamily, color: tools.ink.text },
    aria: { enabled: style.medium === "screen" },
    ...optionOf(data, spec, tools),
  };
};

const optionOf = (
  data: NonNullable<ReturnType<typeof chartData>>,
  spec: ChartSpec,
  tools: ChartTools,
): EChartsOption => {
  switch (spec.type) {
    case "line":
    case "area":
    case "bar":
      return cartesianOption(data, spec, tools);
    case "donut":
      return donutOption(data, tools);
    case "treemap":
      return treemapOption(data, tools);
    case "heatmap":
      return heatmapOption(data, tools);
    case "sankey":
      return sankeyOption(data, tools);
    case "waterfall":
      return waterfallOption(data, tools);
  }
};

/** One chart a currency and measure: the specs of all that an answer holds, amounts of different kinds never in one. */
export const specsOfCurrencies = (table: DataTable, spec: ChartSpec): readonly ChartSpec[] => {
  const drawn = drawnColumns(table);
  const wanted = spec.measure ?? drawn[0]?.measure ?? drawn[0]?.name;
  const fitting = drawn.filter(({ name, measure }) => name === wanted || measure === wanted);
  return fitting.map(({ name }) => ({ ...spec, measure: name }));
};
