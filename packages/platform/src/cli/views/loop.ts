import { formatDecimal } from "@trimtab/domain";
import type { ChecklistItem } from "../../loop/checklists.ts";
import type { LoopReport, Part, ProgrammePart } from "../../loop/run-loop.ts";
import { type Block, belowHeading, type Document } from "../output/document.ts";
import { adviceDocument } from "./advice.ts";
import { analyzeDocument } from "./analyze.ts";
import { moneyText, scenarioText } from "./programme-figures.ts";
import { statusDocument } from "./programme-status.ts";
import { waterfallDocument } from "./programme-waterfall.ts";

/** The report of `trimtab run`. */
export function loopDocument(report: LoopReport, on: string): Document {
  const { analysis, advice, programme, checklists } = report;
  return {
    title: `What was spent, what to change, where it stands: ${on}`,
    subtitle: "read-only: nothing was changed and nothing was kept",
    blocks: [
      { kind: "heading", text: "Steps" },
      stepTable(report),
      { kind: "heading", text: "The money" },
      ...moneyBlocks(programme),
      ...partBlocks("1. The bill", analysis, analyzeDocument),
      ...partBlocks("2. What to change", advice, ({ report: found, lakeVersion, hourlyCost, identified }) => {
        const ids = new Map(identified.map(({ id, recommendation }) => [recommendation, id]));
        const idOf = (each: Parameters<typeof ids.get>[0]) => ids.get(each) ?? "";
        return adviceDocument({ report: found, lakeVersion, hourlyCost, idOf, by: "roi", top: 20 });
      }),
      ...partBlocks("3. The work", programme, (part) =>
        waterfallDocument({
          board: part.loaded.board,
          costs: part.costs,
          answer: part.waterfall,
          later: [],
          remarks: [],
        }),
      ),
      ...partBlocks("4. Where it stands", programme, ({ status }) => statusDocument(status)),
      { kind: "heading", text: "Checklists" },
      ...checklistBlocks("Before", checklists.before),
      ...checklistBlocks("Testing", checklists.testing),
      ...checklistBlocks("After", checklists.after),
    ],
  };
}

function stepTable({ analysis, advice, programme }: LoopReport): Block {
  const row = (name: string, part: Part<unknown>, result: string) => [
    name,
    part.status === "done" ? "ok" : "missing",
    part.status === "done" ? result : part.reason,
  ];
  const found = advice.status === "done" ? advice.value.report : undefined;
  const resources = found?.advisors.reduce((sum, each) => sum + each.resources, 0) ?? 0;
  const abstained = found?.advisors.reduce((sum, each) => sum + each.abstained.length, 0) ?? 0;
  const work = programme.status === "done" ? programme.value : undefined;
  const made = work?.isKept === false ? "made of the recommendations, kept nowhere" : "of the state database";
  return {
    kind: "table",
    id: "steps",
    columns: [
      { name: "Step", kind: "text" },
      { name: "State", kind: "status" },
      { name: "Result", kind: "text", wrap: true },
    ],
    rows: [
      row("Analyse", analysis, "the bill was read"),
      row(
        "Advise",
        advice,
        `${found?.recommendations.length ?? 0} recommendations; ${resources} looks at resources, ${abstained} could not be told`,
      ),
      row("Programme", programme, `${work?.waterfall.steps.length ?? 0} tasks, ${made}`),
      row("Status", programme, work === undefined ? "" : tasksText(work)),
    ],
  };
}

const tasksText = ({ status }: ProgrammePart): string =>
  Object.entries(status.tasks)
    .flatMap(([state, count]) => (count === 0 ? [] : [`${count} ${state}`]))
    .join(", ");

function moneyBlocks(part: LoopReport["programme"]): readonly Block[] {
  if (part.status === "missing") return [{ kind: "text", text: `Not known: ${part.reason}`, tone: "muted" }];
  const { waterfall, status } = part.value;
  const { currency, start, end, saved, overlap } = waterfall;
  const { investment, paybackMonths } = status.returns.planned;
  return [
    {
      kind: "facts",
      facts: [
        ["A month now", moneyText(start, currency)],
        ["A month with all done", scenarioText(end, currency)],
        ["Saved a month", scenarioText(saved, currency)],
        ["Left out, for it would count twice", scenarioText(overlap, currency)],
        [
          "The work costs",
          investment.status === "known"
            ? `${moneyText(investment.value.amount, currency)}, ${investment.value.from}`
            : investment.reason,
        ],
        [
          "Paid back after",
          paybackMonths.status === "known"
            ? `${formatDecimal(paybackMonths.value.mid)} months`
            : paybackMonths.reason,
        ],
      ],
    },
  ];
}

function partBlocks<T>(heading: string, part: Part<T>, documentOf: (value: T) => Document): readonly Block[] {
  if (part.status === "missing")
    return [
      { kind: "heading", text: heading },
      { kind: "text", text: part.reason, tone: "warn" },
    ];
  const { title, subtitle, blocks } = documentOf(part.value);
  return [
    { kind: "heading", text: `${heading}: ${title}` },
    ...(subtitle === undefined ? [] : [{ kind: "text", text: subtitle, tone: "muted" } as const]),
    ...belowHeading(blocks),
  ];
}

function checklistBlocks(name: string, items: readonly ChecklistItem[]): readonly Block[] {
  const textOf = ({ text, for: titles }: ChecklistItem): string =>
    titles.length === 1 ? `☐ ${text} (${titles[0]})` : `☐ ${text} (${titles.length} changes)`;
  return [
    { kind: "heading", text: name, level: 3 },
    items.length === 0
      ? { kind: "text", text: "nothing", tone: "muted" }
      : { kind: "list", items: items.map(textOf) },
  ];
}
