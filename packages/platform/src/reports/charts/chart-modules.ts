import { BarChart, HeatmapChart, LineChart, PieChart, SankeyChart, TreemapChart } from "echarts/charts";
import {
  GridComponent,
  LegendComponent,
  TitleComponent,
  VisualMapContinuousComponent,
} from "echarts/components";
import { LabelLayout } from "echarts/features";

/** All of ECharts that charts on paper ask for; give it to `use` of `echarts/core` with a renderer. */
export const CHART_MODULES = [
  BarChart,
  HeatmapChart,
  LineChart,
  PieChart,
  SankeyChart,
  TreemapChart,
  GridComponent,
  LegendComponent,
  TitleComponent,
  VisualMapContinuousComponent,
  LabelLayout,
];
