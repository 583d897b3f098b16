import { tooltipFrame, tooltipOf } from "./chart-tooltip.ts";
import type { ChartOption } from "./engine.ts";
import type { Palette } from "./palette.ts";

export interface HeatmapChart {
  readonly columns: readonly string[];
  readonly rows: readonly string[];
  /** Column, row, value. */
  readonly cells: readonly (readonly [number, number, number])[];
  readonly columnTitle: (column: string, isNarrow: boolean) => string;
  readonly valueTitle: (value: number) => string;
  readonly palette: Palette;
}

interface Hit {
  readonly value: readonly [number, number, number];
}

/** One quantity over two dimensions: the stronger the colour, the more. */
export const heatmapOption = (chart: HeatmapChart): ChartOption => {
  const { palette, columns, rows } = chart;
  const largest = Math.max(0, ...chart.cells.map(([, , value]) => value));
  const axis = { type: "category", axisTick: { show: false }, axisLine: { show: false } };
  return {
    textStyle: { fontFamily: palette.font },
    grid: { left: 4, right: 8, top: 8, bottom: 4, containLabel: true },
    tooltip: {
      ...tooltipFrame,
      formatter: ({ value: [column, row, value] }: Hit) =>
        tooltipOf(rows[row] ?? "", [
          { name: chart.columnTitle(columns[column] ?? "", false), value: chart.valueTitle(value) },
        ]),
    },
    visualMap: {
      show: false,
      min: 0,
      max: largest || 1,
      inRange: { color: [palette.sunken, palette.series[0] ?? palette.accent] },
    },
    xAxis: {
      ...axis,
      data: columns.map((column) => chart.columnTitle(column, true)),
      axisLabel: { color: palette.ink3, fontSize: 11, hideOverlap: true },
    },
    yAxis: {
      ...axis,
      inverse: true,
      data: rows,
      axisLabel: { color: palette.ink2, fontSize: 12, width: 150, overflow: "truncate" },
    },
    series: [
      {
        type: "heatmap",
        data: chart.cells,
        itemStyle: { borderColor: palette.surface, borderWidth: 1, borderRadius: 2 },
        emphasis: { itemStyle: { borderColor: palette.ink } },
      },
    ],
  };
};
