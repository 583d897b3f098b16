import { type ChartRow, everyTime, joined, position, sumTexts } from "../chart-data.ts";
import type { ChartOption } from "../chart-look.ts";
import { heatmapOption } from "../drawings/heatmap.ts";
import { type Answer, bySize, REST, titlesOf } from "./answer.ts";

const MOST_ROWS = 30;

/** Times or the first dimension across, the other dimensions down, the amount as a shade. */
export const heatmapOfAnswer = (answer: Answer): ChartOption => {
  const { data, look, format } = answer;
  const isOverTime = data.hasTime;
  const columns = isOverTime
    ? everyTime(data.rows.map(({ time }) => time))
    : [...new Set(data.rows.map(({ keys }) => keys[0] ?? ""))];
  const columnOf = ({ time, keys }: ChartRow) => (isOverTime ? time : (keys[0] ?? ""));
  const rowOf = ({ keys, isOther }: ChartRow) =>
    isOther && isOverTime ? REST : joined(isOverTime ? keys : keys.slice(1)) || data.measure.name;
  const lines = [...Map.groupBy(data.rows, rowOf)]
    .map(([name, rows]) => ({
      name,
      rows,
      isRest: name === REST,
      size: Math.abs(position(sumTexts(rows.map(({ value }) => value))) ?? 0),
    }))
    .toSorted(bySize)
    .slice(0, MOST_ROWS);
  const cells = lines.flatMap(({ rows }, row) =>
    [...Map.groupBy(rows, columnOf)].map(([column, list]) => ({
      column: columns.indexOf(column),
      row,
      text: sumTexts(list.map(({ value }) => value)),
    })),
  );
  return heatmapOption(
    {
      columns,
      rows: lines.map(({ name }) => name),
      cells,
      columnTitle: (column) => (isOverTime ? format.time(column) : column),
      hasScale: true,
      ...titlesOf(answer),
    },
    look,
  );
};
