import { z } from "zod";

export const CHART_TYPES = [
  "line",
  "area",
  "bar",
  "donut",
  "treemap",
  "heatmap",
  "sankey",
  "waterfall",
] as const;
export type ChartType = (typeof CHART_TYPES)[number];

/** How the answer of a query is drawn. Which column goes where follows from the columns; see docs/guides/reports.md. */
export const chartSpecSchema = z.strictObject({
  type: z.enum(CHART_TYPES),
  /** Name or measure id of the column that is drawn; the first measure unless given. */
  measure: z.string().min(1).max(500).optional(),
  /** Bars of one category on top of each other; areas always are. */
  stacked: z.boolean().optional(),
  /** Bars that lie, with room for long names. */
  horizontal: z.boolean().optional(),
});
export type ChartSpec = z.output<typeof chartSpecSchema>;
