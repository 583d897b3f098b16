import { addDays, type Day, daysBetween, formatDecimal } from "@trimtab/domain";
import type { LineCosts } from "../../ledger/programme/baseline.ts";
import { type Board, factsOf, tasksOf } from "../../ledger/programme/board.ts";
import type { PlannedWeek } from "../../ledger/programme/outlook.ts";
import type { Schedule, ScheduledTask } from "../../ledger/programme/schedule/critical-path.ts";
import { mondayOf } from "../../ledger/programme/schedule/work-calendar.ts";
import type { Block, Document, Table } from "../output/document.ts";
import { baselineText } from "./programme-figures.ts";

export interface ProgrammePage {
  readonly board: Board;
  readonly plan: Schedule;
  readonly weeks: readonly PlannedWeek[];
  readonly costs: LineCosts | { readonly reason: string };
  readonly remarks: readonly string[];
}

/** Cells of the chart at most; a longer programme has several days in one. */
const CHART_CELLS = 48;

/** The page of `trimtab programme`: a chart of its tasks, the critical path, and week by week. */
export function programmeDocument(page: ProgrammePage): Document {
  const { board, plan, costs, remarks } = page;
  const { name } = board.programme;
  const titles = new Map(board.programme.tasks.map(({ id, title }) => [id, title]));
  return {
    title: name,
    subtitle: `${plan.start} to ${plan.finish} · ${doneText(board)}`,
    blocks: [
      chart(page),
      {
        kind: "facts",
        facts: [["Critical path", plan.criticalPath.map((key) => titles.get(key) ?? key).join(" → ")]],
      },
      weekTable(page),
      ...("reason" in costs ? [{ kind: "text", tone: "muted", text: costs.reason } as const] : []),
      ...riskBlocks(board),
      ...(remarks.length === 0 ? [] : [{ kind: "list", tone: "warn", items: remarks } as const]),
    ],
  };
}

function doneText(board: Board): string {
  const tasks = tasksOf(board);
  const done = tasks.filter(({ id }) => factsOf(board, id).status === "done").length;
  return `${done} of ${tasks.length} tasks done, by evidence`;
}

function chart({ board, plan }: ProgrammePage): Table {
  const first = mondayOf(plan.start);
  const cellDays = Math.max(1, Math.ceil((daysBetween(first, plan.finish) + 1) / CHART_CELLS));
  const critical = new Set(plan.criticalPath);
  return {
    kind: "table",
    id: "tasks",
    columns: [
      { name: "Task", kind: "text" },
      { name: "State", kind: "text" },
      { name: "From", kind: "text" },
      { name: "To", kind: "text" },
      { name: "Slack", kind: "number", optional: true },
      { name: "Owner", kind: "text", optional: true },
      {
        name: `${first}, ${cellDays === 1 ? "day by day" : `${cellDays} days a cell`}`,
        kind: "text",
        optional: true,
      },
    ],
    rows: plan.tasks.map((task) => [
      `${critical.has(task.key) ? "● " : "○ "}${task.key}`,
      factsOf(board, task.key).status,
      task.start,
      task.finish,
      String(task.slack),
      board.programme.tasks.find(({ id }) => id === task.key)?.owner ?? null,
      bar(task, first, plan.finish, cellDays, critical.has(task.key)),
    ]),
    note: "● and █: on the critical path. Slack: work days that a task can slip without delaying the last one.",
  };
}

function bar(
  { start, finish }: ScheduledTask,
  first: Day,
  last: Day,
  cellDays: number,
  isCritical: boolean,
): string {
  let text = "";
  for (let from = first; from <= last; from = addDays(from, cellDays)) {
    const isInWork = start < addDays(from, cellDays) && finish >= from;
    text += isInWork ? (isCritical ? "█" : "▒") : "·";
  }
  return text;
}

function weekTable({ weeks, costs }: ProgrammePage): Table {
  return {
    kind: "table",
    id: "weeks",
    title: "Week by week",
    columns: [
      { name: "From", kind: "text" },
      { name: "In work", kind: "text", wrap: true },
      { name: "Done by its end", kind: "text", wrap: true },
      { name: "Milestones", kind: "text", wrap: true, optional: true },
      { name: "A month then", kind: "amount" },
    ],
    rows: weeks.map(({ monday, inWork, finishing, milestones, cost }) => [
      monday,
      inWork.join(", ") || null,
      finishing.join(", ") || null,
      milestones.join(", ") || null,
      cost === undefined ? null : formatDecimal(cost.mid),
    ]),
    ...("reason" in costs ? {} : { note: `${baselineText(costs)}, by the plan.` }),
  };
}

function riskBlocks({ programme: { risks = [] } }: Board): Block[] {
  const open = risks.filter(({ closed }) => closed !== true);
  if (open.length === 0) return [];
  return [
    { kind: "heading", text: "Risks" },
    {
      kind: "list",
      items: open.map(
        ({ title, impact, probability, trend, mitigation }) =>
          `${title}: impact ${impact}, probability ${probability}, ${trend}. ${mitigation}`,
      ),
    },
  ];
}
