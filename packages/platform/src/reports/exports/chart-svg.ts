import { CHART_MODULES } from "../charts/chart-modules.ts";
import { chartOption } from "../charts/chart-options.ts";
import type { ChartSpec } from "../charts/chart-spec.ts";
import type { ChartStyle } from "../charts/chart-style.ts";
import type { DataTable } from "../data-table.ts";

export type SvgStyle = Omit<ChartStyle, "medium">;

/** A chart as SVG, for paper and messages; undefined where there is nothing to draw. ECharts loads when first asked. */
export const chartSvg = async (
  data: DataTable,
  spec: ChartSpec,
  style: SvgStyle,
): Promise<string | undefined> => {
  const option = chartOption(data, spec, { ...style, medium: "paper" });
  if (option === undefined) return undefined;
  const [{ init, use }, { SVGRenderer }] = await Promise.all([
    import("echarts/core"),
    import("echarts/renderers"),
  ]);
  use([...CHART_MODULES, SVGRenderer]);
  const { width, height } = style;
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption(option);
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
};
