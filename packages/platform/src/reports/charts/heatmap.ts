import type { EChartsOption } from "echarts";
import { REST } from "./cartesian.ts";
import { type ChartData, everyTime, joined, position, sumTexts } from "./chart-data.ts";
import { type ChartTools, shorten } from "./chart-style.ts";
import { axisText, CONTAINED, tooltipOf } from "./furniture.ts";

const MOST_ROWS = 30;

/** Times or the first dimension across, the other dimensions down, the amount as a shade. */
export const heatmapOption = (data: ChartData, tools: ChartTools): EChartsOption => {
  const isOverTime = data.hasTime;
  const across = isOverTime
    ? everyTime(data.rows.map(({ time }) => time))
    : [...new Set(data.rows.map(({ keys }) => keys[0] ?? ""))];
  const downOf = ({ keys, isOther }: ChartData["rows"][number]) =>
    isOther && isOverTime ? REST : joined(isOverTime ? keys : keys.slice(1)) || data.measure.name;
  const sums = [...Map.groupBy(data.rows, downOf)]
    .map(([name, rows]) => ({
      name,
      rows,
      size: Math.abs(position(sumTexts(rows.map(({ value }) => value))) ?? 0),
    }))
    .toSorted((a, b) => Number(a.name === REST) - Number(b.name === REST) || b.size - a.size)
    .slice(0, MOST_ROWS);
  const cells = sums.flatMap(({ rows }, y) =>
    [...Map.groupBy(rows, ({ time, keys }) => (isOverTime ? time : (keys[0] ?? "")))].map(([x, list]) => ({
      at: [across.indexOf(x), y] as const,
      text: sumTexts(list.map(({ value }) => value)),
    })),
  );
  const largest = Math.max(0, ...cells.map(({ text }) => position(text) ?? 0));
  const smallest = Math.min(0, ...cells.map(({ text }) => position(text) ?? 0));
  const axis = {
    type: "category" as const,
    axisTick: { show: false },
    axisLine: { show: false },
    splitArea: { show: false },
  };
  const perCell = tools.style.width / Math.max(1, across.length);
  return {
    grid: { left: 4, right: 4, top: 4, bottom: 40, ...CONTAINED },
    tooltip: { ...tooltipOf(tools), trigger: "item" },
    xAxis: {
      ...axis,
      data: across.map((label) => (isOverTime ? tools.format.time(label) : label)),
      axisLabel: { ...axisText(tools), hideOverlap: true, formatter: (text: string) => shorten(text, 16) },
    },
    yAxis: {
      ...axis,
      inverse: true,
      data: sums.map(({ name }) => name),
      axisLabel: { ...axisText(tools), formatter: (text: string) => shorten(text, tools.isNarrow ? 14 : 26) },
    },
    visualMap: {
      min: smallest,
      max: largest === smallest ? smallest + 1 : largest,
      calculable: tools.style.medium === "screen",
      orient: "horizontal",
      left: "center",
      bottom: 0,
      itemHeight: 120,
      itemWidth: 10,
      inRange: { color: [...tools.ink.ramp] },
      textStyle: axisText(tools),
      text: [tools.format.short(largest, data.measure), tools.format.short(smallest, data.measure)],
      formatter: (value: unknown) => tools.format.short(Number(value), data.measure),
    },
    series: [
      {
        type: "heatmap",
        data: cells.map(({ at: [x, y], text }) => [x, y, position(text) ?? "-"]),
        itemStyle: { borderColor: tools.ink.page, borderWidth: 1 },
        tooltip: {
          formatter: ({ dataIndex }: { readonly dataIndex: number }) => cellText(dataIndex),
        },
        label: {
          show: perCell >= 58,
          fontSize: 10,
          fontFamily: tools.style.fontFamily,
          formatter: ({ dataIndex }) => {
            const text = cells[dataIndex]?.text ?? null;
            return text === null ? "–" : tools.format.short(text, data.measure);
          },
        },
      },
    ],
  };

  function cellText(index: number): string {
    const cell = cells[index];
    if (cell === undefined) return "";
    const [x, y] = cell.at;
    const when = isOverTime ? tools.format.time(across[x] ?? "") : (across[x] ?? "");
    return `${sums[y]?.name ?? ""}\n${when}  ${tools.format.amount(cell.text, data.measure)}`;
  }
};
