import { decimal, formatFixed } from "@trimtab/domain";
import type { Analysis, ShareLine } from "../../insight/analyze/analysis.ts";
import { type Block, belowHeading, type Document, type Table } from "../output/document.ts";
import { figureLine } from "./figures.ts";

const percent = (ratio: string | null): string =>
  ratio === null ? "unknown" : `${formatFixed(decimal(`${ratio}e2`), 1)} %`;

const amount = (text: string | null, currency: string): string =>
  text === null ? "unknown" : `${grouped(formatFixed(decimal(text), 2))} ${currency}`;

const grouped = (text: string): string => text.replace(/\B(?=(\d{3})+(?=\.))/g, ",");

const sharesTable = (id: string, name: string, lines: readonly ShareLine[]): Table => ({
  kind: "table",
  id,
  columns: [
    { name, kind: "text" },
    { name: "By month", kind: "trend", optional: true },
    { name: "Cost", kind: "amount" },
    { name: "Share", kind: "share" },
  ],
  rows: lines.map((line) => [line.name ?? "(none)", line.trend, line.amount, line.share]),
});

const monthsTable = ({ months, totals, currency }: Analysis): Table => ({
  kind: "table",
  id: `months-${currency}`,
  columns: [
    { name: "Month", kind: "text" },
    { name: "Billed", kind: "amount" },
    { name: "Effective", kind: "amount" },
    { name: "A day", kind: "amount" },
    { name: "Change a day", kind: "percent", signed: true },
    { name: "Days", kind: "text", optional: true },
  ],
  rows: months.map((line) => [
    line.month,
    line.billed,
    line.effective,
    line.perDay,
    line.perDayChange,
    line.days === line.ofDays ? `${line.days}` : `${line.days} of ${line.ofDays}`,
  ]),
  total: ["Total", totals.billed, totals.effective, null, null, null],
});

const moversBlocks = ({ movers, currency }: Analysis): readonly Block[] => {
  if (movers === null || movers.lines.length === 0) return [];
  return [
    { kind: "heading", text: `What moved, ${movers.from} to ${movers.to}` },
    {
      kind: "table",
      id: `movers-${currency}`,
      columns: [
        { name: "Service", kind: "text" },
        { name: movers.from, kind: "amount" },
        { name: movers.to, kind: "amount" },
        { name: "Change", kind: "amount", signed: true },
      ],
      rows: movers.lines.map((line) => [line.name ?? "(none)", line.before, line.after, line.change]),
      note: `Why: trimtab explain --from ${movers.from} --to ${movers.to}`,
    },
  ];
};

const factsOf = ({ commitments, savings, currency }: Analysis): Block => ({
  kind: "facts",
  facts: [
    [
      "Commitments cover",
      commitments.coverage === null
        ? "nothing that they could"
        : `${percent(commitments.coverage)} of ${amount(commitments.eligible, currency)}`,
    ],
    [
      "Of commitments used",
      commitments.utilisation === null
        ? "no commitments"
        : `${percent(commitments.utilisation)}; unused ${amount(commitments.unused, currency)}`,
    ],
    ["Saved against list", `${amount(savings.amount, currency)} (${percent(savings.rate)})`],
    [
      "Without a list price",
      `${amount(savings.unlisted, currency)}, ${percent(savings.unlistedShare)} of the usage`,
    ],
  ],
});

const tagBlocks = ({ tags, currency }: Analysis): readonly Block[] =>
  tags.length === 0
    ? [{ kind: "text", text: "No tag is on enough charges to be counted.", tone: "muted" }]
    : [
        {
          kind: "table",
          id: `tags-${currency}`,
          columns: [
            { name: "Tag", kind: "text" },
            { name: "Cost with it", kind: "amount" },
            { name: "Coverage", kind: "share" },
          ],
          rows: tags.map(({ key, tagged, share }) => [key, tagged, share]),
        },
      ];

const unitBlocks = ({ unitCosts, currency }: Analysis): readonly Block[] =>
  unitCosts.length === 0
    ? []
    : [
        { kind: "heading", text: "Unit costs" },
        {
          kind: "table",
          id: `units-${currency}`,
          columns: [
            { name: "Cost of one", kind: "text" },
            { name: "By month", kind: "trend" },
            { name: "Cost", kind: "number" },
            { name: "Target", kind: "number" },
          ],
          rows: unitCosts.map(({ unit, trend, cost, target }) => [unit, trend, cost, target]),
        },
      ];

const oddityBlocks = ({ oddities }: Analysis): readonly Block[] =>
  oddities.length === 0
    ? [{ kind: "text", text: "✓ Nothing that does not add up was found.", tone: "good" }]
    : [
        {
          kind: "list",
          items: oddities.map(({ what, hint }) => (hint === "" ? what : `${what}. ${hint}`)),
          tone: oddities.some(({ severity }) => severity === "warn") ? "warn" : "plain",
        },
      ];

const sections = (analysis: Analysis): readonly Block[] => {
  const { currency } = analysis;
  return [
    { kind: "text", text: figureLine({ ...analysis, currency: [currency] }), tone: "muted" },
    { kind: "heading", text: "Month by month" },
    monthsTable(analysis),
    { kind: "heading", text: "Services" },
    sharesTable(`services-${currency}`, "Service", analysis.services),
    ...moversBlocks(analysis),
    { kind: "heading", text: "Accounts" },
    sharesTable(`accounts-${currency}`, "Account", analysis.accounts),
    { kind: "heading", text: "Regions" },
    sharesTable(`regions-${currency}`, "Region", analysis.regions),
    { kind: "heading", text: "Kinds of charges" },
    sharesTable(`categories-${currency}`, "Category", analysis.categories),
    { kind: "heading", text: "Commitments and savings" },
    factsOf(analysis),
    { kind: "heading", text: "Tags" },
    ...tagBlocks(analysis),
    ...unitBlocks(analysis),
    { kind: "heading", text: "What doesn't add up" },
    ...oddityBlocks(analysis),
  ];
};

/** The page of `trimtab analyze`: one part per currency. */
export const analyzeDocument = (analyses: readonly Analysis[]): Document => {
  const [first] = analyses;
  if (first === undefined)
    return {
      title: "Nothing to analyze",
      blocks: [
        { kind: "text", text: "The lake holds no charges of this period. Load a bill: trimtab ingest FILE…" },
      ],
    };
  return {
    title: `The bill, ${first.period.start} until ${first.period.end}`,
    blocks: analyses.flatMap((analysis) =>
      analyses.length === 1
        ? sections(analysis)
        : [{ kind: "heading" as const, text: analysis.currency }, ...belowHeading(sections(analysis))],
    ),
  };
};
