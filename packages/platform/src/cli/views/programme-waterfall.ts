import { compare, formatDecimal, sign, subtract, ZERO } from "@trimtab/domain";
import type { LineCosts } from "../../ledger/programme/baseline.ts";
import type { Board } from "../../ledger/programme/board.ts";
import { tasksOf } from "../../ledger/programme/board.ts";
import type { PlannedCost } from "../../ledger/programme/outlook.ts";
import type { Waterfall } from "../../ledger/programme/waterfall/waterfall.ts";
import type { Block, Document, Table } from "../output/document.ts";
import { baselineText, cells, lessCells, moneyText, scenarioText } from "./programme-figures.ts";

export interface WaterfallPage {
  readonly board: Board;
  readonly costs: LineCosts;
  readonly answer: Waterfall;
  readonly later: readonly PlannedCost[];
  readonly remarks: readonly string[];
}

/** The page of `trimtab programme waterfall`. */
export function waterfallDocument(page: WaterfallPage): Document {
  const { board, costs, answer, remarks } = page;
  return {
    title: `From today's spend to the target: ${board.programme.name}`,
    subtitle: `${baselineText(costs)} · as of ${answer.at}, with all tasks done`,
    blocks: [
      stepTable(answer),
      lineTable(page),
      ...claimBlocks(page),
      ...laterBlocks(page),
      ...remarkBlocks(answer, remarks),
    ],
  };
}

const AMOUNTS = [
  { name: "Likely", kind: "amount", signed: true },
  { name: "Low", kind: "amount", signed: true, optional: true },
  { name: "High", kind: "amount", signed: true, optional: true },
] as const;

function stepTable({ start, steps, end, saved }: Waterfall): Table {
  const today = formatDecimal(start);
  return {
    kind: "table",
    id: "steps",
    columns: [{ name: "Step", kind: "text", wrap: true }, ...AMOUNTS, { name: "Left", kind: "amount" }],
    rows: [
      ["Today", null, null, null, today],
      ...steps.map(({ title, marginal, after }) => [title, ...lessCells(marginal), formatDecimal(after.mid)]),
    ],
    total: ["All steps", ...lessCells(saved), formatDecimal(end.mid)],
    note: "Each step saves what is left to save when its turn comes. The steps sum to the total exactly.",
  };
}

function lineTable({ answer, board }: WaterfallPage): Table {
  const { targets = {}, target } = board.programme;
  return {
    kind: "table",
    id: "lines",
    title: "By line",
    columns: [
      { name: "Line", kind: "text" },
      { name: "Today", kind: "amount" },
      { name: "Planned", kind: "amount" },
      { name: "Low saving", kind: "amount", optional: true },
      { name: "High saving", kind: "amount", optional: true },
      { name: "Target", kind: "amount" },
    ],
    rows: answer.lines.map(({ name, start, end }) => [
      name,
      formatDecimal(start),
      ...cells(end),
      targets[name] ?? null,
    ]),
    total: ["All", formatDecimal(answer.start), ...cells(answer.end), target ?? null],
  };
}

/** What the programme's authors claim, beside what its tasks come to. */
function claimBlocks({ board, answer }: WaterfallPage): Block[] {
  const { currency } = answer;
  const avoided = tasksOf(board).flatMap(({ title, avoids }) =>
    avoids === undefined
      ? []
      : [
          `${title}: ${avoids} ${currency} a month that would be prevented; no bill shows it, so it is in no sum.`,
        ],
  );
  const claims = (board.programme.claims ?? []).map(({ title, saving, by, note }) => {
    const steps = answer.steps.filter(({ key }) => by === undefined || by.includes(key));
    const counted = steps.reduce((sum, { marginal }) => subtract(sum, subtract(ZERO, marginal.mid)), ZERO);
    const told = note === undefined ? "" : ` ${note}`;
    return `${title}: claimed ${saving}, worked out ${moneyText(counted, currency)}.${told}`;
  });
  const items = [...claims, ...avoided];
  return items.length === 0
    ? []
    : [
        { kind: "heading", text: "What was claimed" },
        { kind: "list", items },
      ];
}

function laterBlocks({ later, answer }: WaterfallPage): Block[] {
  if (later.length === 0) return [];
  return [
    { kind: "heading", text: "Later" },
    {
      kind: "list",
      items: later.map(({ on, monthly }) => `From ${on}: ${scenarioText(monthly, answer.currency)} a month`),
    },
  ];
}

function remarkBlocks({ overlap, scaled, currency }: Waterfall, remarks: readonly string[]): Block[] {
  const twice = sign(overlap.mid) > 0 || compare(overlap.high, ZERO) > 0;
  const items = [
    ...(twice
      ? [`A sum of what each task would save alone counts ${scenarioText(overlap, currency)} twice.`]
      : []),
    ...scaled.map(
      (line) =>
        `The resources of ${line} are said to cost more than the bill shows for it; they are scaled down.`,
    ),
    ...remarks,
  ];
  return items.length === 0 ? [] : [{ kind: "list", tone: "warn", items }];
}
