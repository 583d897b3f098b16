import { type ChartLook, paperLook } from "../charts/chart-look.ts";
import { CHART_MODULES } from "../charts/chart-modules.ts";
import { chartOption } from "../charts/chart-options.ts";
import type { ChartSpec } from "../charts/chart-spec.ts";
import type { ChartMode } from "../charts/palette.ts";
import type { DataTable } from "../data-table.ts";

export interface SvgStyle extends Pick<ChartLook, "fontFamily" | "width" | "height"> {
  readonly mode: ChartMode;
  /** BCP 47, of the reader. */
  readonly locale: string;
}

/** A chart as SVG, for paper and messages; undefined where there is nothing to draw. ECharts loads when first asked. */
export const chartSvg = async (
  data: DataTable,
  spec: ChartSpec,
  { locale, ...style }: SvgStyle,
): Promise<string | undefined> => {
  const option = chartOption(data, spec, { look: paperLook(style), locale });
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
