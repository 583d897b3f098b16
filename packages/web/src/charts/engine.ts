import type { EChartsType } from "echarts/core";
import type { ChartType } from "trimtab/charts";

/** Kinds of charts by what has to be loaded for them. */
export type EngineKind = "axes" | "shares" | "heatmap" | "flows";

const parts: Readonly<Record<EngineKind, () => Promise<unknown>>> = {
  axes: () => import("./engine-axes.ts"),
  shares: () => import("./engine-shares.ts"),
  heatmap: () => import("./engine-heatmap.ts"),
  flows: () => import("./engine-flows.ts"),
};

export type { ChartOption } from "trimtab/charts";
export type ChartHandle = EChartsType;

/** What has to be loaded for a chart of a report. */
export const engineOf = (type: ChartType): EngineKind => {
  if (type === "donut" || type === "treemap") return "shares";
  if (type === "heatmap") return "heatmap";
  return type === "sankey" ? "flows" : "axes";
};

/** A chart in a box, by ECharts with what the kind needs: loaded once, when the first chart of the kind is shown. */
export const makeChart = async (
  kind: EngineKind,
  element: HTMLElement,
  hasLegend = false,
): Promise<ChartHandle> => {
  const legend = hasLegend ? import("./engine-legend.ts") : undefined;
  const [{ init }] = await Promise.all([import("./engine-core.ts"), parts[kind](), legend]);
  return init(element);
};
