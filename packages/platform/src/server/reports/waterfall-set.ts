import { addDays, compare, type Decimal, formatDecimal, sign, subtract, ZERO } from "@trimtab/domain";
import { readBaseline } from "../../ledger/programme/baseline.ts";
import { type Board, scheduleOf, waterfallOf } from "../../ledger/programme/board.ts";
import { remarksOn } from "../../ledger/programme/outlook.ts";
import type { Scenarios } from "../../ledger/programme/waterfall/effect.ts";
import type { Waterfall } from "../../ledger/programme/waterfall/waterfall.ts";
import type { LoadedProgramme } from "../../loop/programme/load-board.ts";
import type { DataTable } from "../../reports/data-table.ts";
import type { RunPart } from "../../reports/run/report-run-schema.ts";
import type { DatasetAnswer } from "../../reports/run/run-report.ts";
import {
  type Cells,
  figureColumn,
  figurePart,
  shown,
  tablePart,
  tableUnlessEmpty,
  textColumn,
} from "./dataset-parts.ts";

/**
 * From what is spent today to what is left once every task is done, task by task in their turn. Amounts are of a month.
 * @throws PROGRAMME_NO_BASELINE, PROGRAMME_ALTERNATIVES, PROGRAMME_LINE_UNKNOWN
 */
export const waterfallSet = async (
  { board, source }: LoadedProgramme,
  { limit }: { readonly limit: number },
): Promise<DatasetAnswer> => {
  const costs = await readBaseline(board.programme, source);
  const plan = scheduleOf(board);
  const answer = waterfallOf(board, costs, addDays(plan.finish, 1));
  return shown([
    ...figuresOf(answer),
    chartOf(answer),
    stepTable(answer, limit),
    lineTable(board, answer, limit),
    ...tableUnlessEmpty({
      ...{ id: "waterfall-remarks", title: "What to know about these figures", limit },
      columns: [textColumn("Remark")],
      rows: [...remarksOf(answer), ...remarksOn(board, plan)].map((text) => [text]),
    }),
  ]);
};

const figuresOf = ({ start, end, saved, currency, at }: Waterfall): readonly RunPart[] => {
  const money = { kind: "money", currency } as const;
  const range = ({ low, high }: Scenarios) => `${formatDecimal(low)} to ${formatDecimal(high)}`;
  return [
    figurePart({
      ...{ id: "waterfall-start", title: "Spent today, a month" },
      value: { ...money, value: formatDecimal(start) },
    }),
    figurePart({
      ...{ id: "waterfall-saved", title: "Saved once all is done, a month", better: "more" },
      value: { ...money, value: formatDecimal(saved.mid) },
      remark: `likely; ${range(saved)}`,
    }),
    figurePart({
      ...{ id: "waterfall-end", title: `Left from ${at}, a month`, better: "less" },
      value: { ...money, value: formatDecimal(end.mid) },
      remark: `likely; ${range({ low: end.high, mid: end.mid, high: end.low })}`,
    }),
  ];
};

const chartOf = ({ start, steps, end, currency }: Waterfall): RunPart => {
  const rows = [
    ["Today", formatDecimal(start)],
    ...steps.map(({ title, marginal }) => [title, less(marginal.mid)]),
    ["All done", formatDecimal(end.mid)],
  ];
  return {
    ...{ type: "chart", id: "waterfall", title: "From today's spend to the target", width: "full" },
    chart: { type: "waterfall" },
    data: {
      columns: [textColumn("Step"), figureColumn("Cost a month", "money", currency)],
      rows,
      levels: [0, rows.length - 1],
    },
  };
};

const stepTable = ({ start, steps, end, saved, currency }: Waterfall, limit: number): RunPart => {
  const money = (name: string) => figureColumn(name, "money", currency);
  const columns: DataTable["columns"] = [
    textColumn("Task"),
    ...["Saves at least", "Likely", "At most", "Likely if it were alone", "Left after it"].map(money),
  ];
  const rows = steps.map(
    ({ title, marginal, alone, after }): Cells => [
      title,
      ...scenarios(marginal),
      formatDecimal(alone.mid),
      formatDecimal(after.mid),
    ],
  );
  const total = [null, ...scenarios(saved), null, formatDecimal(steps.length === 0 ? start : end.mid)];
  return tablePart({
    id: "waterfall-tasks",
    title: "Task by task, in their turn",
    columns,
    rows,
    total,
    limit,
  });
};

const lineTable = (
  { programme }: Board,
  { lines, start, end, currency }: Waterfall,
  limit: number,
): RunPart => {
  const { targets = {}, target } = programme;
  const money = (name: string) => figureColumn(name, "money", currency);
  const columns = [
    textColumn("Line"),
    ...["Today", "Left, likely", "Left at least", "Left at most", "Target"].map(money),
  ];
  const left = (own: Scenarios) => [own.mid, own.high, own.low].map(formatDecimal);
  return tablePart({
    ...{ id: "waterfall-lines", title: "Line by line", columns, limit },
    rows: lines.map((line) => [
      line.name,
      formatDecimal(line.start),
      ...left(line.end),
      targets[line.name] ?? null,
    ]),
    total: [null, formatDecimal(start), ...left(end), target ?? null],
  });
};

const remarksOf = ({ overlap, scaled, currency }: Waterfall): readonly string[] => {
  const isDouble = sign(overlap.mid) > 0 || compare(overlap.high, ZERO) > 0;
  const twice = `${formatDecimal(overlap.mid)} ${currency} (up to ${formatDecimal(overlap.high)})`;
  return [
    ...(isDouble ? [`A sum of what each task would save alone counts ${twice} twice.`] : []),
    ...scaled.map(
      (line) =>
        `The resources of ${line} are said to cost more than the bill shows for it; they are scaled down.`,
    ),
  ];
};

const scenarios = ({ low, mid, high }: Scenarios): string[] => [low, mid, high].map(formatDecimal);
const less = (amount: Decimal): string => formatDecimal(subtract(ZERO, amount));
