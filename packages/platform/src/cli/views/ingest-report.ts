import type { IngestReport } from "../../lake/ingest/report.ts";
import { COST_COLUMNS, type LoadEntry } from "../../lake/manifest.ts";
import type { Block, Cell, Document, Table } from "../output/document.ts";
import { momentText } from "./figures.ts";
import { notRead } from "./found-bills.ts";

/** The page after a load: what is in the lake now, the proof that nothing was lost, and what a reader should know. */
export function reportDocument(report: IngestReport): Document {
  const { inputs, loads, version, replaced } = report;
  const files = `${inputs.length} ${inputs.length === 1 ? "file" : "files"}`;
  const months = `${loads.length} ${loads.length === 1 ? "load" : "loads"}`;
  const replacing = replaced.length === 0 ? "" : `, ${replaced.length} of them in place of older ones`;
  return {
    title: `${files} loaded`,
    subtitle: `${months}${replacing} · lake version ${version}`,
    blocks: [
      loadTable(loads),
      proofTable(report),
      ...fateTable(report),
      ...quarantineRemark(report),
      ...unknownRemark(loads),
      ...notRead("Left out", report.superseded),
      ...(report.notes.length === 0 ? [] : ([{ kind: "list", items: report.notes }] satisfies Block[])),
      {
        kind: "text",
        text: 'Next: `trimtab analyze`, or `trimtab query "effective by ServiceName per month"`.',
        tone: "muted",
      },
    ],
  };
}

/** One row a load and currency. */
function loadRows(load: LoadEntry): readonly (readonly Cell[])[] {
  const shared = [load.source, load.account, load.billingPeriod.slice(0, 7)];
  return Object.entries(load.sums).map(([currency, sums], index) => [
    ...shared,
    index === 0 ? String(load.rows) : null,
    sums.BilledCost ?? null,
    sums.EffectiveCost ?? null,
    currency,
    momentText(load.usageEnd),
    load.counted === true ? "ok" : `not counted: ${load.counted.because}`,
  ]);
}

const LOAD_COLUMNS = [
  { name: "Source", kind: "text" },
  { name: "Account", kind: "text" },
  { name: "Month", kind: "text" },
  { name: "Charges", kind: "number" },
  { name: "Billed", kind: "amount" },
  { name: "Effective", kind: "amount" },
  { name: "", kind: "text" },
  { name: "Complete to", kind: "text", optional: true },
  { name: "State", kind: "status" },
] as const satisfies Table["columns"];

function loadTable(loads: readonly LoadEntry[]): Table {
  return { kind: "table", id: "loads", title: "Loads", columns: LOAD_COLUMNS, rows: loads.flatMap(loadRows) };
}

function proofTable({ equations }: IngestReport): Table {
  const isMixed = new Set(equations.map(({ source }) => source)).size > 1;
  return {
    kind: "table",
    id: "proof",
    title: "Nothing was lost",
    columns: [
      { name: "Equation", kind: "text", wrap: true },
      { name: "Input", kind: "amount" },
      { name: "Charges", kind: "amount" },
      { name: "Quarantined", kind: "amount", optional: true },
      { name: "Rounding", kind: "number" },
      { name: "", kind: "text" },
      { name: "State", kind: "status" },
    ],
    rows: equations.map(({ source, name, currency, input, accepted, quarantined, rounding }) => [
      isMixed ? `${source}: ${name}` : name,
      input,
      accepted,
      quarantined,
      rounding,
      currency,
      "exact",
    ]),
    note: "Input = charges + quarantined + rounding, to the last digit; --json shows all of them.",
  };
}

/** Rows of the input that are no charge, or more than one. */
function fateTable({ fates }: IngestReport): Table[] {
  const others = fates.filter(({ fate }) => fate !== "mapped" && fate !== "rejected");
  if (others.length === 0) return [];
  return [
    {
      kind: "table",
      id: "other-rows",
      title: "Rows that are not one charge each",
      columns: [
        { name: "Source", kind: "text" },
        { name: "What", kind: "text" },
        { name: "Rows", kind: "number" },
        { name: "Sums", kind: "text" },
        { name: "", kind: "text" },
        { name: "Why", kind: "text", wrap: true },
      ],
      rows: others.map(({ source, fate, rows, sums, currency, reason }) => [
        source,
        fate,
        String(rows),
        Object.entries(sums)
          .map(([name, sum]) => `${name} ${sum}`)
          .join(", "),
        currency,
        reason,
      ]),
    },
  ];
}

function quarantineRemark({ quarantined }: IngestReport): Block[] {
  if (quarantined.rows === 0) return [];
  return [
    {
      kind: "text",
      tone: "warn",
      text: `${quarantined.rows === 1 ? "1 row could not be read and is" : `${quarantined.rows} rows could not be read and are`} in no total. File, line, column, reason and raw text of each: \`trimtab lake quarantine\`.`,
    },
  ];
}

function unknownRemark(loads: readonly LoadEntry[]): Block[] {
  const reasons = new Map<string, string>();
  for (const { unknown } of loads) {
    for (const column of COST_COLUMNS) {
      const reason = unknown[column];
      if (reason !== undefined) reasons.set(`${column}: ${reason}`, column);
    }
  }
  if (reasons.size === 0) return [];
  return [
    { kind: "heading", text: "Not known from these files" },
    { kind: "list", items: [...reasons.keys()], tone: "warn" },
  ];
}
