import {
  addEstimates,
  type Decimal,
  type Estimate,
  formatFixed,
  formatMoney,
  type MoneyEstimate,
  type Recommendation,
  roundTo,
} from "@trimtab/domain";
import type { AdviceReport, AdvisorReport } from "../../advisors/advise.ts";
import { independent, isQuickWin, type Ranking, ranked, roiOf } from "../../advisors/rank.ts";
import type { Block, Document, Table } from "../output/document.ts";
import { whereText } from "./where.ts";

export interface AdviceView {
  readonly report: AdviceReport;
  readonly idOf: (recommendation: Recommendation) => string;
  readonly by: Ranking;
  readonly top: number;
  readonly hourlyCost: Decimal;
  readonly lakeVersion: number;
}

/** What advisors found, for a terminal. */
export function adviceDocument({ report, idOf, by, top, hourlyCost, lakeVersion }: AdviceView): Document {
  const all = ranked(report.recommendations, by, hourlyCost);
  const quick = all.filter(isQuickWin);
  const rest = all.filter((each) => !isQuickWin(each));
  const table = (id: string, list: readonly Recommendation[]): Table =>
    recommendationTable(id, list.slice(0, top), { idOf, hourlyCost, more: list.length - top });
  return {
    title: titleOf(all),
    subtitle: `a month, at your prices and net of commitments · lake version ${lakeVersion}`,
    blocks: [
      ...(quick.length === 0
        ? []
        : [{ kind: "heading", text: "Quick wins" } as const, table("quick-wins", quick)]),
      ...(rest.length === 0
        ? []
        : [{ kind: "heading", text: "Worth planning" } as const, table("recommendations", rest)]),
      { kind: "heading", text: "Advisors" },
      advisorTable(report.advisors),
      ...abstentionBlocks(report.advisors),
      ...(all.length === 0
        ? []
        : [
            {
              kind: "text",
              text: "Decide: trimtab recommendations accept ID, or dismiss, or snooze.",
              tone: "muted",
            } as const,
          ]),
    ],
  };
}

function titleOf(all: readonly Recommendation[]): string {
  if (all.length === 0) return "Nothing to recommend";
  const byCurrency = new Map<string, MoneyEstimate[]>();
  for (const { saving } of independent(all))
    byCurrency.set(saving.net.currency, [...(byCurrency.get(saving.net.currency) ?? []), saving.net]);
  const sums = [...byCurrency.values()].map((list) => {
    const [first] = list;
    const { low, mid, high } = addEstimates(list);
    const currency = first?.currency as MoneyEstimate["currency"];
    return `${formatMoney({ amount: roundTo(mid, 2, "half-even"), currency })} (${formatFixed(low, 0)} to ${formatFixed(high, 0)})`;
  });
  const count = all.length === 1 ? "One recommendation saves" : `${all.length} recommendations save`;
  return `${count} ${sums.join(" and ")} a month`;
}

/** 12.50 (8.00 to 20.00) */
export function rangeText({ low, mid, high }: Estimate): string {
  const isExact = String(low) === String(high);
  const likely = formatFixed(mid, 2);
  return isExact ? likely : `${likely} (${formatFixed(low, 0)}–${formatFixed(high, 0)})`;
}

function recommendationTable(
  id: string,
  list: readonly Recommendation[],
  { idOf, hourlyCost, more }: Pick<AdviceView, "idOf" | "hourlyCost"> & { readonly more: number },
): Table {
  return {
    kind: "table",
    id,
    columns: [
      { name: "Id", kind: "text", whole: true },
      { name: "What", kind: "text", wrap: true },
      { name: "Where", kind: "text", wrap: true, optional: true, foldsInto: "What" },
      { name: "Saves a month", kind: "amount" },
      { name: "From", kind: "amount", optional: true },
      { name: "To", kind: "amount", optional: true },
      { name: "Currency", kind: "text", optional: true },
      { name: "Risk", kind: "text" },
      { name: "Hours", kind: "number", optional: true },
      { name: "Confidence", kind: "percent", optional: true },
      { name: "ROI a year", kind: "number", scale: 1, optional: true },
    ],
    rows: list.map((each) => [
      idOf(each),
      each.title,
      whereText(each.resource),
      String(each.saving.net.mid),
      String(each.saving.net.low),
      String(each.saving.net.high),
      each.saving.net.currency,
      each.risk.level,
      String(each.effort.hours.mid),
      String(each.confidence.value),
      String(roiOf(each, hourlyCost)),
    ]),
    ...(more > 0 ? { note: `${more} more: --top ${list.length + more}` } : {}),
  };
}

const advisorTable = (advisors: readonly AdvisorReport[]): Table => ({
  kind: "table",
  id: "advisors",
  columns: [
    { name: "Advisor", kind: "text" },
    { name: "Resources", kind: "number" },
    { name: "To change", kind: "number" },
    { name: "Fine", kind: "number" },
    { name: "Can't tell", kind: "number" },
    { name: "Looked at", kind: "text", optional: true },
  ],
  rows: advisors.map(({ advisor, resources, recommended, fine, abstained, window }) => [
    advisor,
    String(resources),
    String(recommended),
    String(fine),
    String(abstained.length),
    `${window.start.slice(0, 10)} to ${window.end.slice(0, 10)}`,
  ]),
});

/** The same reason of many resources is said once. */
function abstentionBlocks(advisors: readonly AdvisorReport[]): readonly Block[] {
  const counts = new Map<string, { readonly advisor: string; readonly reason: string; names: string[] }>();
  for (const { advisor, abstained } of advisors)
    for (const { resource, reason } of abstained) {
      const key = `${advisor}\n${reason}`;
      const entry = counts.get(key) ?? { advisor, reason, names: [] };
      entry.names.push(resource.name);
      counts.set(key, entry);
    }
  if (counts.size === 0) return [];
  const sorted = [...counts.values()].toSorted((a, b) => b.names.length - a.names.length);
  return [
    { kind: "heading", text: "What could not be told, and why" },
    {
      kind: "table",
      id: "abstained",
      columns: [
        { name: "Advisor", kind: "text" },
        { name: "Resources", kind: "number" },
        { name: "Why", kind: "text", wrap: true },
        { name: "Such as", kind: "text", optional: true },
      ],
      rows: sorted
        .slice(0, 20)
        .map(({ advisor, reason, names }) => [
          advisor,
          String(names.length),
          reason,
          names.slice(0, 3).join(", "),
        ]),
      ...(sorted.length > 20 ? { note: `${sorted.length - 20} more reasons: --json has them all` } : {}),
    },
  ];
}
