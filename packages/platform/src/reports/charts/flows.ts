import type { EChartsOption } from "echarts";
import { REST } from "./cartesian.ts";
import { type ChartData, position, sumTexts } from "./chart-data.ts";
import { type ChartTools, shorten } from "./chart-style.ts";
import { axisText, CONTAINED, tooltipOf } from "./furniture.ts";
import { type Step, stepsOf } from "./waterfall-steps.ts";

/** Where money flows: from the values of one dimension to those of the next. */
export const sankeyOption = (data: ChartData, tools: ChartTools): EChartsOption => {
  const rows = data.rows.filter(({ value }) => (position(value) ?? 0) > 0);
  const depths = Math.max(1, data.dimensions.length);
  /** A value may stand in two dimensions: its column is part of its identity. */
  const nodeOf = (depth: number, name: string) => `${depth}\u0000${name}`;
  const pathOf = (row: (typeof rows)[number]) => {
    const names = row.isOther ? Array.from({ length: depths }, () => REST) : row.keys;
    return depths === 1 ? [data.measure.name, names[0] ?? "Total"] : names;
  };
  const links = new Map<string, { source: string; target: string; texts: (string | null)[] }>();
  const nodes = new Map<string, { name: string; depth: number }>();
  for (const row of rows) {
    const path = pathOf(row);
    for (const [depth, name] of path.entries()) {
      nodes.set(nodeOf(depth, name), { name, depth });
      if (depth === 0) continue;
      const source = nodeOf(depth - 1, path[depth - 1] ?? "");
      const target = nodeOf(depth, name);
      const link = links.get(`${source}\u0001${target}`) ?? { source, target, texts: [] };
      link.texts.push(row.value);
      links.set(`${source}\u0001${target}`, link);
    }
  }
  const amounts = [...links.values()].map(({ source, target, texts }) => ({
    source,
    target,
    text: sumTexts(texts) ?? "0",
  }));
  return {
    tooltip: { ...tooltipOf(tools), trigger: "item" },
    series: [
      {
        type: "sankey",
        left: 4,
        right: tools.isNarrow ? 90 : 150,
        top: 8,
        bottom: 8,
        nodeWidth: 12,
        nodeGap: 9,
        draggable: false,
        emphasis: { focus: "adjacency" },
        data: [...nodes].map(([id, { name, depth }], index) => ({
          name: id,
          depth,
          itemStyle: { color: name === REST ? tools.ink.other : tools.colour(index) },
        })),
        links: amounts.map(({ source, target, text }) => ({ source, target, value: position(text) ?? 0 })),
        lineStyle: { color: "gradient", opacity: 0.32, curveness: 0.5 },
        label: {
          color: tools.ink.text,
          fontSize: tools.isNarrow ? 10 : 11,
          fontFamily: tools.style.fontFamily,
          formatter: ({ name }) => shorten(nodes.get(name)?.name ?? "", tools.isNarrow ? 14 : 24),
        },
        tooltip: {
          formatter: (hit) => {
            const { dataType, dataIndex, name, value } = hit as unknown as SankeyHit;
            if (dataType !== "edge")
              return `${nodes.get(name)?.name ?? ""}\n${tools.format.amount(String(value), data.measure)}`;
            const link = amounts[dataIndex];
            const [from, to] = [nodes.get(link?.source ?? "")?.name, nodes.get(link?.target ?? "")?.name];
            return `${from ?? ""} → ${to ?? ""}\n${tools.format.amount(link?.text ?? null, data.measure)}`;
          },
        },
      },
    ],
  };
};

interface SankeyHit {
  readonly dataType?: string;
  readonly dataIndex: number;
  readonly name: string;
  readonly value: unknown;
}

/** From one total to another by what changed, or from zero by parts to their total. */
export const waterfallOption = (data: ChartData, tools: ChartTools): EChartsOption => {
  const steps = stepsOf(data);
  const bars = barsOf(steps);
  const colour = ({ kind, text }: Step) => {
    if (kind === "total") return tools.ink.total;
    return text.startsWith("-") ? tools.ink.less : tools.ink.more;
  };
  const shown = (step: Step) =>
    step.kind === "total"
      ? tools.format.amount(step.text, data.measure)
      : tools.format.change(step.text, data.measure);
  return {
    grid: { left: 4, right: 14, top: 22, bottom: 4, ...CONTAINED },
    tooltip: {
      ...tooltipOf(tools),
      trigger: "item",
      formatter: (hit) => {
        const step = steps[(hit as unknown as { readonly dataIndex: number }).dataIndex];
        return step === undefined ? "" : `${step.name}\n${shown(step)}`;
      },
    },
    xAxis: {
      type: "category",
      data: steps.map(({ name }) => name),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: tools.ink.line } },
      axisLabel: {
        ...axisText(tools),
        interval: 0,
        rotate: steps.length > (tools.isNarrow ? 4 : 7) ? 35 : 0,
        formatter: (text: string) => shorten(text, tools.isNarrow ? 12 : 18),
      },
    },
    yAxis: {
      type: "value",
      scale: steps.every(({ kind }, index) => kind === "change" || index === 0 || index === steps.length - 1),
      axisLabel: {
        ...axisText(tools),
        formatter: (value: number) => tools.format.short(value, data.measure),
      },
      splitLine: { lineStyle: { color: tools.ink.line } },
      splitNumber: 4,
    },
    series: [
      {
        type: "candlestick",
        data: bars.map(([from, to], index) => ({
          value: [from, to, Math.min(from, to), Math.max(from, to)],
          itemStyle: itemStyle(colour(steps[index] as Step)),
        })),
        barMaxWidth: 46,
        markPoint: {
          silent: true,
          symbol: "rect",
          symbolSize: 0.01,
          data: steps.map((step, index) => ({
            name: step.name,
            coord: [index, Math.max(...(bars[index] ?? [0, 0]))],
            label: {
              show: tools.style.width / steps.length >= 48,
              position: "top",
              color: tools.ink.text,
              fontSize: 10,
              fontFamily: tools.style.fontFamily,
              formatter: signedShort(step, data, tools),
            },
          })),
        },
      },
    ],
  };
};

/** Rising and falling have one colour each here, whatever a candle would mean by them. */
const itemStyle = (color: string) => ({ color, color0: color, borderColor: color, borderColor0: color });

const signedShort = ({ kind, text }: Step, { measure }: ChartData, tools: ChartTools): string => {
  const short = tools.format.short(text, measure);
  return kind === "change" && !text.startsWith("-") && Number(text) !== 0 ? `+${short}` : short;
};

const barsOf = (steps: readonly Step[]): readonly (readonly [number, number])[] => {
  let level = "0";
  return steps.map(({ kind, text }) => {
    const from = kind === "total" ? "0" : level;
    level = kind === "total" ? text : (sumTexts([level, text]) ?? level);
    return [position(from) ?? 0, position(level) ?? 0] as const;
  });
};
