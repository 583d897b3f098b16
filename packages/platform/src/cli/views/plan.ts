import type { PlanBody, PlanEstimate, PlanStep } from "@trimtab/domain";
import { commandText } from "../../apply/commands/command-runner.ts";
import { openApprovals } from "../../apply/policy/approvals.ts";
import { frozenPolicy } from "../../apply/policy/policy.ts";
import type { Approval } from "../../state/approvals.ts";
import type { Plan } from "../../state/plans.ts";
import type { CommandResult } from "../command.ts";
import type { Block } from "../output/document.ts";

type ShownPlan = Omit<Plan, "body"> & { readonly body: PlanBody };

/** A plan for a person: what is done in which order, how it is watched, and the way back of every step. */
export function planPage(plan: ShownPlan, approvals: readonly Approval[]): CommandResult {
  const { id, title, status, digest, body, expiresAt, createdBy } = plan;
  const given = approvals.filter((approval) => approval.digest === digest && approval.revokedAt === null);
  const open = openApprovals(
    body.approvals,
    frozenPolicy.parse(body.policy.rules),
    given.map(({ approver, approvedAt }) => ({ approver, at: approvedAt })),
  );
  const blocks: Block[] = [
    {
      kind: "facts",
      facts: [
        ["Plan", id],
        ["Status", status],
        ["Digest", digest],
        ["Expires", expiresAt],
        ["Made by", createdBy],
        ["Saves a month", body.saving.map(estimateText).join("; ") || "nothing"],
        ["Touches", touchText(body)],
        ...body.overlap.map(
          ({ currency, amount }) =>
            ["Both versions at once cost at most", `${amount} ${currency}, once`] as const,
        ),
        ["Approved by", given.map(({ approver }) => approver).join(", ") || "nobody yet"],
        ["Still needs", open.join("; ") || "nobody"],
      ],
    },
    stepTable(body),
    { kind: "heading", text: "Step by step" },
    ...body.steps.flatMap(stepBlocks),
    ...listBlock("To know", body.notes),
    ...listBlock(
      "How these clouds behave",
      body.facts.map(({ text, source, date }) => `${text} (${source}, read ${date})`),
    ),
    { kind: "text", tone: "muted", text: nextStep(plan, open) },
  ];
  return { document: { title, subtitle: `plan · ${status}`, blocks }, json: { ...plan, approvals } };
}

const estimateText = ({ currency, low, mid, high }: PlanEstimate): string =>
  low === high ? `${mid} ${currency}` : `${mid} ${currency} (${low} to ${high})`;

const touchText = ({ resources, moneyAtRisk }: PlanBody): string => {
  const money = moneyAtRisk.map(({ currency, amount }) => `${amount} ${currency}`).join(", ");
  return `${resources} ${resources === 1 ? "resource" : "resources"} that cost ${money} a month`;
};

const nextStep = ({ id, digest, status }: ShownPlan, open: readonly string[]): string => {
  if (status === "draft" && open.length > 0)
    return `Next: \`trimtab approve ${id} --digest ${digest.slice(0, 12)}\`.`;
  if (status === "approved" || status === "draft")
    return `Next: \`trimtab apply ${id}\` tries it, with --execute it is done.`;
  if (status === "applying" || status === "failed")
    return `Next: \`trimtab apply ${id} --resume\` goes on, \`--rollback\` takes it back.`;
  return `It is ${status}.`;
};

const stepTable = ({ steps }: PlanBody): Block => ({
  kind: "table",
  id: "steps",
  columns: [
    { name: "Step", kind: "text" },
    { name: "What", kind: "text", wrap: true },
    { name: "Undo", kind: "text" },
    { name: "Watched (s)", kind: "number" },
    { name: "Guardrails", kind: "number", optional: true },
  ],
  rows: steps.map(({ id, title, reversibility, watchSeconds, guardrails }) => [
    id,
    title,
    reversibility,
    String(watchSeconds),
    String(guardrails.length),
  ]),
});

const stepBlocks = (step: PlanStep): readonly Block[] => {
  const { id, title, before, apply, after, rollback, restored, settleSeconds, guardrails, canary } = step;
  const facts: (readonly [string, string])[] = [
    ["Before", JSON.stringify(before)],
    ["Done when", `${JSON.stringify(after)}, within ${settleSeconds} s`],
    ["Taken back when", rollback.length === 0 ? "never: there is no way back" : JSON.stringify(restored)],
    ...guardrails.map(
      ({ metric, statistic, comparison, limit, query }) =>
        [
          "Watched",
          `${metric}/${statistic} ${comparison} ${limit}: ${query ?? "no query, not watched"}`,
        ] as const,
    ),
    ...(canary === undefined ? [] : [["Can't prove", canary.power.about] as const]),
  ];
  const commands = [
    ...apply.map(commandText),
    ...(rollback.length === 0 ? [] : ["# the way back:", ...rollback.map(commandText)]),
  ];
  return [
    { kind: "text", text: `${id}: ${title}` },
    { kind: "facts", facts },
    { kind: "code", text: commands.join("\n") },
  ];
};

const listBlock = (title: string, items: readonly string[]): readonly Block[] =>
  items.length === 0
    ? []
    : [
        { kind: "heading", text: title },
        { kind: "list", items },
      ];
