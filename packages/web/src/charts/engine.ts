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

/** ECharts with what the kind needs; loaded once, when the first chart of the kind is shown. */
export const loadEngine = async (kind: EngineKind): Promise<typeof import("./engine-core.ts")> => {
  const [core] = await Promise.all([import("./engine-core.ts"), parts[kind]()]);
  return core;
};
