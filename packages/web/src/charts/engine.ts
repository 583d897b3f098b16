import type { EChartsCoreOption, EChartsType } from "echarts/core";

/** Kinds of charts by what has to be loaded for them. */
export type EngineKind = "axes" | "shares" | "heatmap" | "flows";

const parts: Readonly<Record<EngineKind, () => Promise<unknown>>> = {
  axes: () => import("./engine-axes.ts"),
  shares: () => import("./engine-shares.ts"),
  heatmap: () => import("./engine-heatmap.ts"),
  flows: () => import("./engine-flows.ts"),
};

export type ChartOption = EChartsCoreOption;
export type ChartHandle = EChartsType;

/** A chart in a box, by ECharts with what the kind needs: loaded once, when the first chart of the kind is shown. */
export const makeChart = async (kind: EngineKind, element: HTMLElement): Promise<ChartHandle> => {
  const [{ init }] = await Promise.all([import("./engine-core.ts"), parts[kind]()]);
  return init(element);
};
