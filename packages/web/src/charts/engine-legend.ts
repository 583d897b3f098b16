import { LegendComponent, LegendScrollComponent, TitleComponent } from "echarts/components";
import { use } from "echarts/core";

use([LegendComponent, LegendScrollComponent, TitleComponent]);
