import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, MarkLineComponent } from "echarts/components";
import { use } from "echarts/core";

use([LineChart, BarChart, GridComponent, MarkLineComponent]);
