import { formatDecimal, type Known } from "@trimtab/domain";
import type { LineCosts } from "../../ledger/programme/baseline.ts";
import type { Realised } from "../../ledger/programme/status/realised.ts";
import type { Returns } from "../../ledger/programme/status/returns.ts";
import type { StatusReport } from "../../ledger/programme/status/status-report.ts";
import type { Scenarios } from "../../ledger/programme/waterfall/effect.ts";
import type { Block, Document, Table } from "../output/document.ts";
import { formatPercent } from "../output/format-number.ts";
import { moneyText, scenarioText } from "./programme-figures.ts";

/** The page of `trimtab programme status`, in the terminal and as Markdown. */
export function statusDocument(report: StatusReport): Document {
  const { programme, cadence, today, tasks } = report;
  const states = Object.entries(tasks).flatMap(([state, count]) =>
    count === 0 ? [] : [`${count} ${state}`],
  );
  return {
    title: `${programme}: ${cadence} status of ${today}`,
    subtitle: `Tasks: ${states.join(", ")}. Amounts are of a month, in ${report.currency}.`,
    blocks: [
      ...costBlocks(report),
      ...criteriaBlocks(report),
      ...section("Since the last report", happened(report)),
      ...section("Next", upcoming(report)),
      ...section(
        "Late",
        report.late.map(({ task, due, finish }) => `${task}: due ${due}, not before ${finish}`),
        "warn",
      ),
      ...section("Blockers and workarounds", blockers(report), "warn"),
      ...section("Incidents", incidents(report), "warn"),
      ...section("Risks", risks(report)),
      ...budgetBlocks(report),
      ...section("Milestones", milestones(report)),
      ...section("Sign-offs", signOffs(report)),
      ...section("Remarks", report.remarks, "warn"),
    ],
  };
}

export function costBlocks({ lines, total, acrossLines, baseline, now, currency }: StatusReport): Block[] {
  const row = (name: string, own: Omit<StatusReport["lines"][number], "line">) => [
    name,
    formatDecimal(own.baseline),
    own.now === undefined ? null : formatDecimal(own.now),
    formatDecimal(own.planned.mid),
    formatDecimal(own.target),
    realisedText(own.realised),
  ];
  const table: Table = {
    kind: "table",
    id: "costs",
    title: "Cost",
    columns: [
      { name: "Line", kind: "text" },
      { name: "Before", kind: "amount" },
      { name: "Now", kind: "amount" },
      { name: "Planned by now", kind: "amount" },
      { name: "Target", kind: "amount" },
      { name: "Realised saving", kind: "text", wrap: true },
    ],
    rows: lines.map((line) => row(line.line, line)),
    total: row("All", total),
    note: `Before: ${sourceText(baseline)}. Now: ${now === null ? "no bill tells it" : sourceText(now)}. Realised: what verification has proven on the bill, and nothing else.`,
  };
  const across = acrossLines.map(({ plan, tasks, verdict, realised }) => {
    const saving = realised === undefined ? "no figure" : scenarioText(realised, currency);
    return `${plan} (${tasks.join(", ")}): ${verdict}, ${saving}, over several lines`;
  });
  return [table, ...section("Verified over several lines", across)];
}

function sourceText(from: LineCosts["from"]): string {
  if (from.kind === "stated") return "as the programme states it";
  return `${from.measure} cost of ${from.first === from.last ? from.first : `${from.first} to ${from.last}, a month`}`;
}

export function realisedText(realised: Realised): string {
  if (realised.status === "not-verified") return realised.reason;
  const { saving, note } = realised;
  return `${scenarioText(saving, saving.currency)}${note === undefined ? "" : `; ${note}`}`;
}

function criteriaBlocks({ criteria }: StatusReport): Block[] {
  const boxes = { holds: "☑", fails: "☐", unknown: "?" } as const;
  const items = criteria.flatMap(({ task, results }) =>
    results.map(({ criterion, outcome, found }) => `${boxes[outcome]} ${task}: ${criterion} (${found})`),
  );
  return section("Targets, as measured", items);
}

const happened = ({ happened: moves }: StatusReport) =>
  moves.map(
    ({ task, to, on, reason }) => `${on}: ${task} is ${to}${reason === undefined ? "" : `, ${reason}`}`,
  );

const upcoming = ({ next }: StatusReport) => next.map(({ task, what, on }) => `${on}: ${task} ${what}`);

function blockers({ blocked, records }: StatusReport): string[] {
  const told = (records.blockers ?? []).map(({ title, workaround, tasks, closed }) => {
    const state = closed ? " (over)" : "";
    const holds = tasks === undefined ? "" : ` holds up ${tasks.join(", ")};`;
    return `${title}${state}:${holds} ${workaround === undefined ? "no workaround" : `workaround: ${workaround}`}`;
  });
  return [
    ...blocked.map(({ task, reason }) => `${task} is blocked: ${reason ?? "no reason was given"}`),
    ...told,
  ];
}

const incidents = ({ records }: StatusReport) =>
  (records.incidents ?? []).map(
    ({ title, startedAt, endedAt, effect }) => `${title}: ${startedAt} to ${endedAt ?? "now"}. ${effect}`,
  );

const risks = ({ records }: StatusReport) =>
  (records.risks ?? []).map(
    ({ title, impact, probability, trend, mitigation, closed }) =>
      `${title}${closed ? " (over)" : ""}: impact ${impact}, probability ${probability}, ${trend}. ${mitigation}`,
  );

const milestones = ({ records, today }: StatusReport) =>
  (records.milestones ?? []).map(
    ({ title, dueOn, closed }) =>
      `${closed ? "☑" : "☐"} ${dueOn}: ${title}${!closed && dueOn < today ? " (passed)" : ""}`,
  );

const signOffs = ({ records }: StatusReport) =>
  (records["sign-offs"] ?? []).map(
    ({ title, by, role, statement }) =>
      `${title}: ${by}${role === undefined ? "" : `, ${role}`}: ${statement}`,
  );

export function budgetBlocks({ budgets, returns, records, currency }: StatusReport): Block[] {
  const facts: (readonly [string, string])[] = [];
  for (const budget of budgets) {
    const { allocated, spent, remaining } = budget;
    const of = (amount: typeof spent) => moneyText(amount, budget.currency);
    facts.push(["Budget", `${of(allocated)} allocated, ${of(spent)} spent, ${of(remaining)} remaining`]);
    for (const item of budget.items) {
      const people = item.people === undefined ? "" : `, ${item.people} people`;
      facts.push([item.title, `${of(item.allocated)} allocated, ${of(item.spent)} spent${people}`]);
    }
  }
  if (records.people !== undefined) facts.push(["People", records.people.join(", ")]);
  const planned = returns.planned;
  facts.push([
    "The work",
    planned.investment.status === "known"
      ? `${moneyText(planned.investment.value.amount, currency)}: ${planned.investment.value.from}`
      : planned.investment.reason,
  ]);
  facts.push(...returnFacts("as planned", planned));
  const { realised } = returns;
  facts.push(
    ...("reason" in realised
      ? [["Return as realised", realised.reason] as const]
      : returnFacts("as realised", realised)),
  );
  return [
    { kind: "heading", text: "Budget and return" },
    { kind: "facts", facts },
  ];
}

function returnFacts(
  of: string,
  { paybackMonths, firstYear }: Returns,
): readonly (readonly [string, string])[] {
  const text = (value: Known<Scenarios>, show: (figure: string) => string) => {
    if (value.status === "unknown") return value.reason;
    const [low, mid, high] = [value.value.low, value.value.mid, value.value.high].map((one) =>
      show(formatDecimal(one)),
    );
    return low === mid && mid === high ? `${mid}` : `${mid} (low saving ${low}, high ${high})`;
  };
  return [
    [`Payback ${of}`, text(paybackMonths, (figure) => `${figure} months`)],
    [`First year's return ${of}`, text(firstYear, (figure) => formatPercent(figure))],
  ];
}

export function section(title: string, items: readonly string[], tone: "plain" | "warn" = "plain"): Block[] {
  if (items.length === 0) return [];
  return [
    { kind: "heading", text: title },
    { kind: "list", items, tone },
  ];
}
