import {
  canonicalJson,
  type Evidence,
  formatFixed,
  formatMoney,
  multiply,
  type PriceOrigin,
  type Recommendation,
  type Saving,
  type SavingLine,
} from "@trimtab/domain";
import type { ReadStored } from "../../loop/stored-recommendations.ts";
import type { RecommendationDecisionEntry, RecommendationRevision } from "../../state/recommendations.ts";
import type { Block, Document, Table } from "../output/document.ts";
import { rangeText } from "./advice.ts";

interface History {
  readonly decisions: readonly RecommendationDecisionEntry[];
  readonly revision: RecommendationRevision;
}

/** One recommendation with all that it rests on. */
export function recommendationDocument({ stored, recommendation }: ReadStored, history: History): Document {
  const { lakeVersion, madeAt } = history.revision;
  const subtitle = [
    stored.id,
    stored.withdrawnAt === undefined ? stored.status : `${stored.status}, no longer found`,
    `made ${madeAt.slice(0, 16).replace("T", " ")}`,
    ...(lakeVersion === undefined ? [] : [`lake version ${lakeVersion}`]),
  ].join(" · ");
  const body =
    recommendation === undefined
      ? [
          {
            kind: "text",
            text: "Its details were written by another version and can't be read: --json has them.",
            tone: "warn",
          } as const,
        ]
      : bodyBlocks(recommendation);
  return { title: stored.title, subtitle, blocks: [...body, ...decisionBlocks(history.decisions)] };
}

function bodyBlocks(recommendation: Recommendation): readonly Block[] {
  const { saving, costNow, resource, risk, effort, confidence, reversibility, changes, action } =
    recommendation;
  const { scope } = resource;
  return [
    {
      kind: "facts",
      facts: [
        ["Saves a month", `${rangeText(saving.net)} ${saving.net.currency}`],
        ["It costs now", formatMoney(costNow)],
        ["Resource", `${resource.id} (${resource.kind})`],
        ["Where", `${scope.provider}, ${scope.account}, ${scope.region}`],
        ["Work", `${rangeText(effort.hours)} hours: ${effort.about}`],
        ["Confidence", `${Math.round(confidence.value * 100)} %: ${confidence.reason}`],
        ["Way back", reversibility],
        ["Carried out by", action === undefined ? "hand" : `\`trimtab plan\` (${action})`],
      ],
    },
    { kind: "heading", text: "What changes" },
    {
      kind: "table",
      id: "changes",
      columns: [
        { name: "Setting", kind: "text" },
        { name: "Now", kind: "text", wrap: true },
        { name: "Proposed", kind: "text", wrap: true },
      ],
      rows: changes.map(({ setting, from, to }) => [setting, canonicalJson(from), canonicalJson(to)]),
    },
    { kind: "heading", text: "Where the saving comes from" },
    linesTable(saving),
    ...commitmentBlocks(saving),
    { kind: "heading", text: "Evidence" },
    evidenceTable(recommendation.evidence),
    { kind: "heading", text: `Risk: ${risk.level}` },
    { kind: "list", items: [...risk.breaks, ...risk.mitigations.map((text) => `Against it: ${text}`)] },
    ...listBlock("Before", recommendation.prerequisites),
    ...listBlock(
      "Watched while it is changed",
      recommendation.guardrails.map(
        ({ metric, statistic, comparison, limit }) => `${metric} (${statistic}) ${comparison} ${limit}`,
      ),
    ),
    ...listBlock(
      "Instead of it",
      recommendation.alternatives.map(({ advisor, fingerprint }) => `${advisor}: ${fingerprint}`),
    ),
    ...listBlock(
      "Not together with",
      recommendation.conflicts.map(
        ({ advisor, fingerprint, resource: other }) => `${advisor}: ${fingerprint} of ${other}`,
      ),
    ),
    ...listBlock("To know", recommendation.notes),
  ];
}

const listBlock = (heading: string, items: readonly string[]): readonly Block[] =>
  items.length === 0
    ? []
    : [
        { kind: "heading", text: heading },
        { kind: "list", items },
      ];

const linesTable = ({ lines, gross }: Saving): Table => ({
  kind: "table",
  id: "lines",
  columns: [
    { name: "Of what", kind: "text", wrap: true },
    { name: "Units a month", kind: "number", scale: 2 },
    { name: "Price", kind: "number" },
    { name: "Unit", kind: "text", optional: true },
    { name: "A month", kind: "amount", signed: true },
    { name: "The price is from", kind: "text", wrap: true, optional: true },
  ],
  rows: lines.map((line) => [
    line.about,
    String(line.units.mid),
    String(line.price.price),
    line.price.unit,
    String(amountOf(line)),
    originText(line.price.origin),
  ]),
  total: ["Before commitments", null, null, null, String(gross.mid), null],
});

const amountOf = ({ units, price }: SavingLine) => multiply(units.mid, price.price);

const originText = (origin: PriceOrigin): string =>
  origin.kind === "list"
    ? `list: ${origin.source}, ${origin.date}`
    : `your bill ${origin.period.start} to ${origin.period.end}: ${origin.basis}, ${origin.rows} rows, SKU ${origin.skuIds.join(", ")}`;

function commitmentBlocks({ commitment, net }: Saving): readonly Block[] {
  if (commitment === undefined) return [];
  const { commitments, covered, reused, until, reason } = commitment;
  return [
    { kind: "heading", text: "What commitments leave of it" },
    {
      kind: "facts",
      facts: [
        [
          "Already paid for",
          `${formatFixed(covered.mid, 2)} ${covered.currency} by ${commitments.join(", ")}`,
        ],
        ["Used elsewhere", `${formatFixed(reused.mid, 2)} ${reused.currency}`],
        ["The bill will show", `${formatFixed(net.mid, 2)} ${net.currency}`],
        ["Until", until === undefined ? "not known" : until.slice(0, 10)],
        ["Why", reason],
      ],
    },
  ];
}

const evidenceTable = (evidence: readonly Evidence[]): Table => ({
  kind: "table",
  id: "evidence",
  columns: [
    { name: "What was seen", kind: "text", wrap: true },
    { name: "Measure", kind: "text" },
    { name: "Over time", kind: "trend" },
    { name: "Points", kind: "text", optional: true },
    { name: "From", kind: "text", optional: true },
    { name: "To", kind: "text", optional: true },
  ],
  rows: evidence.map(({ about, metric, statistic, points, samples, expected, start, end }) => [
    about,
    `${metric} (${statistic})`,
    points.map(([, value]) => String(value)),
    `${samples} of ${expected}`,
    start.slice(0, 10),
    end.slice(0, 10),
  ]),
});

function decisionBlocks(decisions: History["decisions"]): readonly Block[] {
  if (decisions.length === 0) return [];
  return [
    { kind: "heading", text: "Decided" },
    {
      kind: "table",
      id: "decisions",
      columns: [
        { name: "When", kind: "text" },
        { name: "Who", kind: "text" },
        { name: "What", kind: "text" },
        { name: "Why", kind: "text", wrap: true },
      ],
      rows: decisions.map(({ at, actor, toStatus, reason, snoozedUntil }) => [
        at.slice(0, 16).replace("T", " "),
        actor,
        snoozedUntil === null ? toStatus : `${toStatus} until ${snoozedUntil.slice(0, 10)}`,
        reason ?? "",
      ]),
    },
  ];
}
