import { dayOf, instantOf } from "@trimtab/domain";
import { factsOf, scheduleOf } from "../../ledger/programme/board.ts";
import type { StatusReport } from "../../ledger/programme/status/status-report.ts";
import type { LoadedProgramme } from "../../loop/programme/load-board.ts";
import type { ToDo } from "../../loop/to-do-now.ts";
import type { Block, Document } from "../output/document.ts";
import { costBlocks } from "./programme-status.ts";

export interface SummaryPage {
  readonly loaded?: LoadedProgramme;
  readonly status?: StatusReport;
  readonly todo: readonly ToDo[];
}

/** One screen: before and after, done, timeline, what to do now. */
export function summaryDocument({ loaded, status, todo }: SummaryPage, now: Date): Document {
  return {
    title: loaded === undefined ? "No programme yet" : loaded.board.programme.name,
    subtitle: `${dayOf(instantOf(now))}${status === undefined ? "" : ` · amounts are of a month, in ${status.currency}`}`,
    blocks: [
      ...(status === undefined
        ? []
        : [{ kind: "heading", text: "Before and after" } as const, ...costBlocks(status)]),
      ...(loaded === undefined ? [] : timeline(loaded, now)),
      { kind: "heading", text: "What to do now" },
      todoBlock(todo),
    ],
  };
}

function timeline({ board }: LoadedProgramme, now: Date): readonly Block[] {
  const plan = scheduleOf(board, dayOf(instantOf(now)));
  const titles = new Map(board.programme.tasks.map(({ id, title }) => [id, title]));
  const count = (status: string) =>
    plan.tasks.filter(({ key }) => factsOf(board, key).status === status).length;
  return [
    { kind: "heading", text: `Timeline: ${count("done")} of ${plan.tasks.length} done` },
    {
      kind: "table",
      id: "timeline",
      columns: [
        { name: "Task", kind: "text", wrap: true },
        { name: "State", kind: "status" },
        { name: "From", kind: "text" },
        { name: "To", kind: "text" },
      ],
      rows: plan.tasks.map(({ key, start, finish }) => [
        titles.get(key) ?? key,
        factsOf(board, key).status,
        start,
        finish,
      ]),
    },
  ];
}

const todoBlock = (todo: readonly ToDo[]): Block =>
  todo.length === 0
    ? { kind: "text", text: "Nothing waits. `trimtab advise` looks for what could be changed.", tone: "good" }
    : {
        kind: "table",
        id: "todo",
        columns: [
          { name: "What", kind: "text", wrap: true },
          { name: "How", kind: "text", wrap: true },
        ],
        rows: todo.map(({ what, command }) => [what, command]),
      };
