import { useSearch } from "@tanstack/react-router";
import {
  ChartArea,
  ChartBarBig,
  ChartColumnDecreasing,
  ChartColumnStacked,
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
  bar: { title: "Stacked bars", icon: ChartColumnStacked },
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
  <div className="max-w-full max-md:w-full">
    <Segmented
      label="Chart"
      isIconOnly
      isWideOnPhone
      value={useSearch({ from: "/signed-in/explorer", select: ({ chart }) => chart ?? "bar" })}
      onChoose={onChoose}
      choices={CHARTS.map((chart) => {
        const { title, icon: Icon } = looks[chart];
        return { value: chart, title, icon: <Icon size={16} aria-hidden /> };
      })}
    />
  </div>
);
