import { type ChartRow, position, sumTexts } from "../chart-data.ts";
import type { ChartOption } from "../chart-look.ts";
import { donutOption } from "../drawings/donut.ts";
import { type Tile, treemapOption } from "../drawings/treemap.ts";
import { type Answer, bySize, nameOf, REST, titlesOf } from "./answer.ts";

const MOST_SLICES = 9;

const sumOf = (rows: readonly ChartRow[]): string => sumTexts(rows.map(({ value }) => value)) ?? "0";

/** What is below zero or unknown can't be drawn as a part and is left to the table. */
const parts = ({ data: { rows } }: Answer) => rows.filter(({ value }) => (position(value) ?? 0) > 0);

/** Parts of one amount as a ring. */
export const donutOfAnswer = (answer: Answer): ChartOption => {
  const named = [...Map.groupBy(parts(answer), (row) => nameOf(row, answer.data))]
    .map(([name, rows]) => ({ name, rows, isRest: name === REST, size: Number(sumOf(rows)) }))
    .toSorted(bySize);
  const kept =
    named.length <= MOST_SLICES ? named : named.filter(({ isRest }) => !isRest).slice(0, MOST_SLICES - 1);
  const rest = named.filter((one) => !kept.includes(one)).flatMap(({ rows }) => rows);
  const shares = [
    ...kept.map(({ name, rows, isRest }) => ({ name, text: sumOf(rows), isRest })),
    ...(rest.length === 0 ? [] : [{ name: REST, text: sumOf(rest), isRest: true }]),
  ];
  return donutOption({ shares, hasLegend: true, ...titlesOf(answer) }, answer.look);
};

/** Boxes in boxes, one level a dimension. */
export const treemapOfAnswer = (answer: Answer): ChartOption =>
  treemapOption(
    { tiles: tilesOf(parts(answer), 0, answer.data.dimensions.length), ...titlesOf(answer) },
    answer.look,
  );

const tilesOf = (rows: readonly ChartRow[], depth: number, depths: number): readonly Tile[] =>
  [...Map.groupBy(rows, ({ keys, isOther }) => (isOther ? REST : (keys[depth] ?? "Total")))]
    .map(([name, list]) => {
      const isRest = name === REST;
      const isLeaf = depth + 1 >= depths || isRest;
      const text = sumOf(list);
      const children = isLeaf ? {} : { children: tilesOf(list, depth + 1, depths) };
      return { name, text, isRest, size: Number(text), ...children };
    })
    .toSorted(bySize)
    .map(({ size: _, ...tile }) => tile);
