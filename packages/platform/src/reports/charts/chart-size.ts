import type { DataTable } from "../data-table.ts";
import type { ChartSpec } from "./chart-spec.ts";

/** How high a chart is drawn at a width: bars that lie and heatmaps grow with what they hold. */
export const chartHeight = (spec: ChartSpec, { columns, rows }: DataTable, width: number): number => {
  const hasTime = columns.some(({ role }) => role === "time");
  const isLying = spec.type === "bar" && (spec.horizontal ?? !hasTime);
  if (isLying) return Math.min(560, Math.max(120, 44 + Math.min(rows.length, 40) * 20));
  if (spec.type === "heatmap") return Math.min(560, Math.max(160, 90 + Math.min(rows.length, 30) * 20));
  if (spec.type === "donut") return Math.round(Math.min(240, Math.max(200, width * 0.8)));
  return Math.round(Math.min(300, Math.max(200, width * 0.5)));
};
