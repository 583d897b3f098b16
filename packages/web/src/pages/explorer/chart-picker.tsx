import { useSearch } from "@tanstack/react-router";
import {
  ChartArea,
  ChartBarBig,
  ChartBarStacked,
  ChartColumnDecreasing,
  ChartLine,
  ChartPie,
  Grid3x3,
  LayoutPanelLeft,
  type LucideIcon,
  Table2,
  Waypoints,
} from "lucide-react";
import { Segmented } from "../../components/segmented.tsx";
import { CHARTS, type ChartId } from "./explorer-search.ts";

const looks: Readonly<Record<ChartId, { readonly title: string; readonly icon: LucideIcon }>> = {
  bar: { title: "Stacked bars", icon: ChartBarStacked },
  area: { title: "Stacked areas", icon: ChartArea },
  line: { title: "Lines", icon: ChartLine },
  ranking: { title: "Ranking", icon: ChartBarBig },
  donut: { title: "Donut", icon: ChartPie },
  treemap: { title: "Treemap", icon: LayoutPanelLeft },
  heatmap: { title: "Heatmap", icon: Grid3x3 },
  sankey: { title: "Flows (Sankey)", icon: Waypoints },
  waterfall: { title: "Waterfall of the change", icon: ChartColumnDecreasing },
  pivot: { title: "Pivot table", icon: Table2 },
};

export const chartTitle = (chart: ChartId): string => looks[chart].title;

/** Reads what is chosen by itself: it shows the choice before the chart is drawn. */
export const ChartPicker = ({ onChoose }: { readonly onChoose: (chart: ChartId) => void }) => (
  <div className="-mx-1 max-w-full overflow-x-auto px-1 py-0.5">
    <Segmented
      label="Chart"
      isIconOnly
      value={useSearch({ from: "/signed-in/explorer", select: ({ chart }) => chart ?? "bar" })}
      onChoose={onChoose}
      choices={CHARTS.map((chart) => {
        const { title, icon: Icon } = looks[chart];
        return { value: chart, title, icon: <Icon size={16} aria-hidden /> };
      })}
    />
  </div>
);
