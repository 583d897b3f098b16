import { PieChart, TreemapChart } from "echarts/charts";
import { use } from "echarts/core";
import { LabelLayout } from "echarts/features";

use([PieChart, TreemapChart, LabelLayout]);
