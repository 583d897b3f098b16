import { formatDecimal, type Known, subtract } from "@trimtab/domain";
import type { LineCosts } from "../../ledger/programme/baseline.ts";
import type { Realised } from "../../ledger/programme/status/realised.ts";
import type { LineStatus, StatusReport } from "../../ledger/programme/status/status-report.ts";
import type { Scenarios } from "../../ledger/programme/waterfall/effect.ts";
import type { RunPart } from "../../reports/run/report-run-schema.ts";
import type { DatasetAnswer } from "../../reports/run/run-report.ts";
import {
  type Cells,
  dayColumn,
  figureColumn,
  figurePart,
  shown,
  tablePart,
  tableUnlessEmpty,
  textColumn,
} from "./dataset-parts.ts";
import { recordRows } from "./status-records.ts";

/** Where a programme stands: what it set out to save, what is done, and what the bill has proven. Amounts are of a month. */
export const statusSet = (report: StatusReport, { limit }: { readonly limit: number }): DatasetAnswer =>
  shown([
    ...figuresOf(report),
    lineTable(report, limit),
    taskTable(report, limit),
    ...tableUnlessEmpty({
      ...{ id: "status-targets", title: "Targets, as measured", limit },
      columns: ["Task", "Target", "Holds", "As found"].map(textColumn),
      rows: report.criteria.flatMap(({ task, results }) =>
        results.map(({ criterion, outcome, found }) => [task, criterion, HOLDS[outcome], found]),
      ),
    }),
    ...tableUnlessEmpty({
      ...{ id: "status-days", title: "What happened, and what is next", limit },
      columns: [dayColumn("Day"), ...["Task", "What", "Why"].map(textColumn)],
      rows: dayRows(report),
    }),
    ...tableUnlessEmpty({
      ...{ id: "status-records", title: "Risks, blockers and other records", limit },
      columns: ["Kind", "Title", "Details"].map(textColumn),
      rows: recordRows(report),
    }),
    ...budgetParts(report, limit),
  ]);

const HOLDS = { holds: "yes", fails: "no", unknown: "unknown" } as const;

const figuresOf = (report: StatusReport): readonly RunPart[] => {
  const { total, currency, baseline, now, tasks } = report;
  const money = { kind: "money", currency } as const;
  const { cancelled, ...counted } = tasks;
  const all = Object.values(counted).reduce((sum, count) => sum + count, 0);
  const value = formatDecimal(total.baseline);
  return [
    total.now === undefined
      ? figurePart({
          ...{ id: "status-before", title: "Before the programme" },
          value: { ...money, value },
          remark: `${sourceText(baseline)}; no bill tells what it is now`,
        })
      : figurePart({
          ...{ id: "status-now", title: "Cost now", better: "less" },
          value: {
            ...{ ...money, value: formatDecimal(total.now), previous: value },
            change: formatDecimal(subtract(total.now, total.baseline)),
          },
          remark: `${now === null ? "now" : sourceText(now)}, against ${sourceText(baseline)}`,
        }),
    realisedFigure(total.realised),
    figurePart({
      ...{ id: "status-done", title: "Tasks done" },
      value: { kind: "count", value: String(counted.done) },
      remark: `of ${all}${cancelled === 0 ? "" : `; ${cancelled} cancelled`}; ${counted["in-progress"]} in work, ${counted.blocked} blocked`,
    }),
  ];
};

/** Nothing stands for a saving that the bill has not proven, not even what was planned. */
const realisedFigure = (realised: Realised): RunPart => {
  const named = { id: "status-realised", title: "Realised saving, a month" };
  if (realised.status === "not-verified")
    return { type: "withheld", ...named, width: "third", reason: realised.reason };
  const { low, mid, high, currency } = realised.saving;
  const range = `likely; ${formatDecimal(low)} to ${formatDecimal(high)}, proven on the bill`;
  return figurePart({
    ...named,
    better: "more",
    value: { kind: "money", currency, value: formatDecimal(mid) },
    remark: realised.note === undefined ? range : `${range}; ${realised.note}`,
  });
};

const sourceText = (from: LineCosts["from"]): string => {
  if (from.kind === "stated") return "as the programme states it";
  const months = from.first === from.last ? from.first : `${from.first} to ${from.last}, a month`;
  return `${from.measure} cost of ${months}`;
};

const lineTable = ({ lines, total, currency }: StatusReport, limit: number): RunPart => {
  const money = (name: string) => figureColumn(name, "money", currency);
  const cellsOf = ({ baseline, now, planned, target, realised }: Omit<LineStatus, "line">): Cells => [
    formatDecimal(baseline),
    now === undefined ? null : formatDecimal(now),
    formatDecimal(planned.mid),
    formatDecimal(target),
    ...realisedCells(realised, currency),
  ];
  return tablePart({
    ...{ id: "status-lines", title: "Cost by line", limit },
    columns: [
      textColumn("Line"),
      ...["Before", "Now", "Planned by now", "Target", "Realised saving"].map(money),
      textColumn("Verification"),
    ],
    rows: lines.map(({ line, ...own }) => [line, ...cellsOf(own)]),
    total: [null, ...cellsOf(total)],
  });
};

const taskTable = ({ steps, currency }: StatusReport, limit: number): RunPart =>
  tablePart({
    ...{ id: "status-tasks", title: "Tasks", limit },
    columns: [
      ...["Task", "Status"].map(textColumn),
      ...["Starts", "Ends"].map(dayColumn),
      ...["Planned saving", "Realised saving"].map((name) => figureColumn(name, "money", currency)),
      textColumn("Verification"),
    ],
    rows: steps.map(({ title, status, start, finish, planned, realised }) => [
      ...[title, status, start, finish, formatDecimal(planned.mid)],
      ...realisedCells(realised, currency),
    ]),
  });

/** The proven amount, and what verification says; an amount in another currency stands in the words. */
const realisedCells = (realised: Realised, currency: string): readonly [string | null, string] => {
  if (realised.status === "not-verified") return [null, realised.reason];
  const { saving, note } = realised;
  const amount = formatDecimal(saving.mid);
  if (saving.currency !== currency) return [null, `proven: ${amount} ${saving.currency}`];
  return [amount, note === undefined ? "proven on the bill" : `proven on the bill; ${note}`];
};

const dayRows = ({ happened, next, late, blocked, today }: StatusReport): readonly Cells[] => [
  ...happened.map(({ on, task, to, reason }) => [on, task, `is ${to}`, reason ?? null]),
  ...next.map(({ on, task, what }) => [on, task, what, null]),
  ...late.map(({ due, task, finish }) => [due, task, "is due", `ends ${finish} as things stand`]),
  ...blocked.map(({ task, reason }) => [today, task, "is blocked", reason ?? "no reason was given"]),
];

const budgetParts = ({ budgets, returns, currency }: StatusReport, limit: number): readonly RunPart[] => {
  const money = (name: string) => figureColumn(name, "money");
  const { planned, realised } = returns;
  const { investment } = planned;
  const cost = investment.status === "known" ? formatDecimal(investment.value.amount) : null;
  const from = investment.status === "known" ? investment.value.from : investment.reason;
  return [
    ...tableUnlessEmpty({
      ...{ id: "status-budgets", title: "Budget", limit },
      columns: [...["Item", "Currency"].map(textColumn), ...["Allocated", "Spent"].map(money)],
      rows: budgets.flatMap((budget) =>
        budget.items.map(({ title, allocated, spent }) => [
          ...[title, budget.currency],
          ...[allocated, spent].map(formatDecimal),
        ]),
      ),
    }),
    tablePart({
      ...{ id: "status-returns", title: "What the work returns", limit },
      columns: [
        textColumn("Figure"),
        ...["Low saving", "Likely", "High saving"].map((name) => figureColumn(name, "quantity")),
        textColumn("Remark"),
      ],
      rows: [
        [`Cost of the work, ${currency}`, null, cost, null, from],
        returnRow("Months until the planned saving has paid for it", planned.paybackMonths),
        returnRow("First year's return as planned (1 is 100 %)", planned.firstYear),
        ...("reason" in realised
          ? [["Return as realised", null, null, null, realised.reason]]
          : [
              returnRow("Months until the realised saving has paid for it", realised.paybackMonths),
              returnRow("First year's return as realised (1 is 100 %)", realised.firstYear),
            ]),
      ],
    }),
  ];
};

const returnRow = (name: string, value: Known<Scenarios>): Cells => {
  if (value.status === "unknown") return [name, null, null, null, value.reason];
  const { low, mid, high } = value.value;
  return [name, ...[low, mid, high].map(formatDecimal), null];
};
