import type { PlanBody } from "@trimtab/domain";
import { commandText } from "../../apply/commands/command-runner.ts";
import { readingLine } from "../../apply/guardrails/check-guardrails.ts";
import type { Preflight } from "../../apply/run/preflight.ts";
import type { RunReport } from "../../apply/run/run-report.ts";
import type { Block, Document } from "../output/document.ts";

/** What a dry run found. */
export function dryRunPage(plan: string, body: PlanBody, { problems, baseline }: Preflight): Document {
  const blocks: Block[] = [
    ...(problems.length === 0 ? [] : [{ kind: "list", items: problems, tone: "bad" } as const]),
    ...(baseline.length === 0
      ? []
      : [
          { kind: "heading", text: "Guardrails now" } as const,
          { kind: "list", items: baseline.map(readingLine) } as const,
        ]),
    { kind: "heading", text: "What would be run" },
    { kind: "code", text: body.steps.flatMap(({ apply }) => apply.map(commandText)).join("\n") },
    {
      kind: "text",
      tone: "muted",
      text:
        problems.length === 0
          ? `Nothing was changed. \`trimtab apply ${plan} --execute\` does it.`
          : "Nothing was changed.",
    },
  ];
  const title = problems.length === 0 ? "Nothing is in the way" : `${problems.length} in the way`;
  return { title, subtitle: `dry run of ${plan}`, blocks };
}

const TITLES: Readonly<Record<RunReport["status"], string>> = {
  applied: "Applied",
  failed: "Stopped before it was done",
  "rolled-back": "Taken back",
};

/** What a run did. */
export function runPage({ plan, status, reason, steps }: RunReport): Document {
  const blocks: Block[] = [
    ...(reason === undefined
      ? []
      : [{ kind: "text", text: reason, tone: status === "failed" ? "bad" : "warn" } as const]),
    {
      kind: "table",
      id: "steps",
      columns: [
        { name: "Step", kind: "text" },
        { name: "What", kind: "text", wrap: true },
        { name: "Result", kind: "status" },
        { name: "About", kind: "text", wrap: true },
      ],
      rows: steps.map(({ step, title, result, about }) => [step, title, result, about]),
    },
    ...(status === "failed"
      ? [
          {
            kind: "text",
            text: `\`trimtab apply ${plan} --resume\` goes on, \`--rollback\` takes it back.`,
            tone: "muted",
          } as const,
        ]
      : []),
  ];
  return { title: TITLES[status], subtitle: plan, blocks };
}
