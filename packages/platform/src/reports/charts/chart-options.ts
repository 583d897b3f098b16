import type { DataTable } from "../data-table.ts";
import type { Answer } from "./answers/answer.ts";
import { axesOfAnswer } from "./answers/axes-of-answer.ts";
import { sankeyOfAnswer, waterfallOfAnswer } from "./answers/flows-of-answer.ts";
import { heatmapOfAnswer } from "./answers/heatmap-of-answer.ts";
import { donutOfAnswer, treemapOfAnswer } from "./answers/shares-of-answer.ts";
import { chartData, drawnColumns } from "./chart-data.ts";
import { type ChartLook, type ChartOption, isPaper } from "./chart-look.ts";
import type { ChartSpec } from "./chart-spec.ts";
import { formatterFor } from "./format.ts";

export type { DataColumn, DataTable } from "../data-table.ts";
export { sumTexts } from "./chart-data.ts";
export type { ChartLook, ChartOption, ChartTips, TooltipLine } from "./chart-look.ts";
export { chartHeight } from "./chart-size.ts";
export type { ChartSpec, ChartType } from "./chart-spec.ts";
export { type AxesSeries, axesOption } from "./drawings/axes.ts";
export { donutOption, type Share } from "./drawings/donut.ts";
export { evidenceOption } from "./drawings/evidence.ts";
export { heatmapOption } from "./drawings/heatmap.ts";
export { rankingOption } from "./drawings/ranking.ts";
export { sankeyOption } from "./drawings/sankey.ts";
export { type Tile, treemapOption } from "./drawings/treemap.ts";
export { type WaterfallStep, waterfallOption } from "./drawings/waterfall.ts";
export { type Formatter, formatterFor, NO_VALUE, UNKNOWN } from "./format.ts";
export { type ChartInk, type ChartMode, INKS, PALETTES } from "./palette.ts";

/**
 * What ECharts draws of an answer: the same in the browser, on paper and in messages. Undefined where there is nothing to
 * draw. Pure: no DOM, no Node.
 */
export const chartOption = (
  table: DataTable,
  spec: ChartSpec,
  { look, locale }: { readonly look: ChartLook; readonly locale: string },
): ChartOption | undefined => {
  const data = chartData(table, spec);
  if (data === undefined || data.rows.length === 0) return undefined;
  const drawn = optionOf({ data, look, format: formatterFor(locale) }, spec);
  return isPaper(look) ? { ...drawn, animation: false } : drawn;
};

const optionOf = (answer: Answer, spec: ChartSpec): ChartOption => {
  switch (spec.type) {
    case "line":
    case "area":
    case "bar":
      return axesOfAnswer(answer, { ...spec, type: spec.type });
    case "donut":
      return donutOfAnswer(answer);
    case "treemap":
      return treemapOfAnswer(answer);
    case "heatmap":
      return heatmapOfAnswer(answer);
    case "sankey":
      return sankeyOfAnswer(answer);
    case "waterfall":
      return waterfallOfAnswer(answer);
  }
};

/** One chart a currency and measure: the specs of all that an answer holds, amounts of different kinds never in one. */
export const specsOfCurrencies = (table: DataTable, spec: ChartSpec): readonly ChartSpec[] => {
  const drawn = drawnColumns(table);
  const wanted = spec.measure ?? drawn[0]?.measure ?? drawn[0]?.name;
  const fitting = drawn.filter(({ name, measure }) => name === wanted || measure === wanted);
  return fitting.map(({ name }) => ({ ...spec, measure: name }));
};
