import type { EChartsOption } from "echarts";
import { REST } from "./cartesian.ts";
import { type ChartData, type ChartRow, joined, position, sumTexts } from "./chart-data.ts";
import { type ChartTools, shorten } from "./chart-style.ts";
import { legendHeight, tooltipOf } from "./furniture.ts";
import { inkOn } from "./palette.ts";

const MOST_SLICES = 9;

interface Slice {
  readonly name: string;
  readonly text: string;
  readonly isRest: boolean;
}

/** Parts of one amount as a ring; what is below zero or unknown can't be drawn as a part and is left to the table. */
export const donutOption = (data: ChartData, tools: ChartTools): EChartsOption => {
  const slices = slicesOf(data);
  const total = sumTexts(slices.map(({ text }) => text));
  const whole = position(total) ?? 0;
  const percent = (text: string) =>
    tools.format.cell(String(whole === 0 ? 0 : (position(text) ?? 0) / whole), { kind: "ratio" });
  const { width, height } = tools.style;
  const names = slices.map(({ name }) => `${name} 00.0 %`);
  const room = tools.isNarrow ? height - legendHeight(tools, names) - 8 : height;
  const outer = Math.max(20, Math.min(room, tools.isNarrow ? width : width * 0.5) / 2 - 8);
  const centre = [tools.isNarrow ? width / 2 : width * 0.29, room / 2];
  return {
    tooltip: { ...tooltipOf(tools), trigger: "item" },
    title: {
      text: tools.format.short(total ?? "0", data.measure),
      left: centre[0] ?? 0,
      top: (centre[1] ?? 0) - 10,
      textAlign: "center",
      textStyle: {
        color: tools.ink.text,
        fontSize: tools.isNarrow ? 13 : 16,
        fontWeight: 600,
        fontFamily: tools.style.fontFamily,
      },
    },
    legend: {
      orient: tools.isNarrow ? "horizontal" : "vertical",
      type: tools.style.medium === "paper" ? "plain" : "scroll",
      ...(tools.isNarrow ? { bottom: 0, left: 0, right: 0 } : { left: "60%", top: "middle" }),
      icon: "circle",
      itemWidth: 9,
      itemHeight: 9,
      formatter: (name: string) => {
        const slice = slices.find((one) => one.name === name);
        return `${shorten(name, 24)}  ${slice === undefined ? "" : percent(slice.text)}`;
      },
      textStyle: {
        color: tools.ink.text,
        fontFamily: tools.style.fontFamily,
        fontSize: tools.isNarrow ? 10 : 11,
      },
    },
    series: [
      {
        type: "pie",
        radius: [outer * 0.64, outer],
        center: centre,
        label: { show: false },
        itemStyle: { borderColor: tools.ink.page, borderWidth: 2 },
        tooltip: {
          valueFormatter: (_: unknown, at: number) =>
            `${tools.format.amount(slices[at]?.text ?? null, data.measure)} (${percent(slices[at]?.text ?? "0")})`,
        },
        data: slices.map(({ name, text, isRest }, index) => ({
          name,
          value: position(text) ?? 0,
          itemStyle: { color: isRest ? tools.ink.other : tools.colour(index) },
        })),
      },
    ],
  };
};

const slicesOf = ({ rows, measure }: ChartData): readonly Slice[] => {
  const positive = rows.filter(({ value }) => (position(value) ?? 0) > 0);
  const named = [
    ...Map.groupBy(positive, (row) => (row.isOther ? REST : joined(row.keys) || row.time || measure.name)),
  ]
    .map(([name, list]) => ({
      name,
      text: sumTexts(list.map(({ value }) => value)) ?? "0",
      isRest: name === REST,
    }))
    .toSorted((a, b) => Number(a.isRest) - Number(b.isRest) || Number(b.text) - Number(a.text));
  if (named.length <= MOST_SLICES) return named;
  const kept = named.filter(({ isRest }) => !isRest).slice(0, MOST_SLICES - 1);
  const rest = named.filter((slice) => !kept.includes(slice));
  return [...kept, { name: REST, text: sumTexts(rest.map(({ text }) => text)) ?? "0", isRest: true }];
};

interface Tile {
  readonly name: string;
  readonly text: string;
  value: number;
  children?: Tile[];
  itemStyle?: { color: string; borderColor: string };
  label?: { color: string };
  upperLabel?: { color: string };
}

/** Boxes in boxes, one level a dimension. */
export const treemapOption = (data: ChartData, tools: ChartTools): EChartsOption => {
  const rows = data.rows.filter(({ value }) => (position(value) ?? 0) > 0);
  const tiles = tilesOf(rows, 0, data.dimensions.length).map((tile, index) =>
    coloured(tile, tile.name === REST ? tools.ink.other : tools.colour(index), tools.ink.page),
  );
  const isNested = data.dimensions.length > 1;
  const upper = { show: isNested, height: 20, fontSize: 11, fontFamily: tools.style.fontFamily };
  return {
    tooltip: { ...tooltipOf(tools), trigger: "item" },
    series: [
      {
        type: "treemap",
        left: 0,
        right: 0,
        top: 0,
        bottom: 0,
        roam: false,
        nodeClick: false,
        breadcrumb: { show: false },
        data: tiles,
        label: {
          show: true,
          fontFamily: tools.style.fontFamily,
          fontSize: 11,
          lineHeight: 15,
          overflow: "truncate",
          formatter: ({ name, data: tile }) => `${name}\n${tools.format.short(textOf(tile), data.measure)}`,
        },
        tooltip: {
          formatter: ({ name, data: tile }) => `${name}\n${tools.format.amount(textOf(tile), data.measure)}`,
        },
        itemStyle: { borderColor: tools.ink.page, borderWidth: 1, gapWidth: 1 },
        levels: [
          { itemStyle: { borderColor: tools.ink.page, borderWidth: 0, gapWidth: 2 } },
          { upperLabel: upper, itemStyle: { gapWidth: 1 } },
        ],
      },
    ],
  };
};

/** A tile and all in it in one colour, with letters that can be read on it; its parts are told apart by lines. */
const coloured = (tile: Tile, color: string, lines: string): Tile => {
  const letters = { color: inkOn(color) };
  const { children } = tile;
  return {
    ...tile,
    itemStyle: { color, borderColor: children === undefined ? lines : color },
    label: letters,
    upperLabel: letters,
    ...(children === undefined ? {} : { children: children.map((child) => coloured(child, color, lines)) }),
  };
};

const textOf = (tile: unknown): string => (tile as Tile | undefined)?.text ?? "0";

const tilesOf = (rows: readonly ChartRow[], depth: number, depths: number): Tile[] =>
  [...Map.groupBy(rows, ({ keys, isOther }) => (isOther ? REST : (keys[depth] ?? "Total")))]
    .map(([name, list]): Tile => {
      const text = sumTexts(list.map(({ value }) => value)) ?? "0";
      const isLeaf = depth + 1 >= depths || name === REST;
      const children = isLeaf ? {} : { children: tilesOf(list, depth + 1, depths) };
      return { name, text, value: position(text) ?? 0, ...children };
    })
    .toSorted((a, b) => Number(a.name === REST) - Number(b.name === REST) || b.value - a.value);
