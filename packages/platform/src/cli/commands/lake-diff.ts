import { decimal, formatDecimal, sumDecimals } from "@trimtab/domain";
import type { DiffLine, LakeDiff } from "../../lake/diff.ts";
import type { Lake } from "../../lake/lake.ts";
import type { LoadEntry } from "../../lake/manifest.ts";
import { type CommandInput, defineCommand } from "../command.ts";
import { cliErrors } from "../errors.ts";
import { wholeNumber } from "../option-values.ts";
import type { Block, Cell, Document, Table } from "../output/document.ts";

export const lakeDiffCommand = defineCommand({
  name: "lake diff",
  summary: "say what a restatement changed, by day and service, and why",
  group: "lake",
  details: [
    "Providers export a month many times, and its amounts change. Compares two versions of the lake, by default the newest with the one before: each cost that changed, what it was, what it is, and whether usage, price or the charges themselves moved.",
  ],
  args: [
    { name: "from", description: "older version (default: the one before the newest)" },
    { name: "to", description: "newer version (default: the newest)" },
  ],
  options: [
    {
      name: "limit",
      value: "N",
      description: "how many changed costs to show, largest first",
      default: "40",
    },
  ],
  examples: [
    { run: "trimtab lake diff", does: "what the last load changed" },
    { run: "trimtab lake diff 12 15", does: "what changed between two versions" },
    { run: "trimtab lake diff --csv", does: "every changed cost, for a spreadsheet" },
  ],
  async run({ services, signal }, input) {
    const lake = await services.openLake();
    const { from, to } = await chooseVersions(lake, input);
    const { diffVersions } = await import("../../lake/diff.ts");
    const diff = await diffVersions(lake, from, to, { signal });
    const limit = wholeNumber("--limit", input.options.limit, 40);
    return {
      document: diffDocument(diff, limit),
      csv: [lineTable(diff.lines, diff.lines.length)],
      json: diff,
    };
  },
});

/** @throws CLI_ARGUMENT_MISSING where the lake has no two versions to compare */
async function chooseVersions(
  lake: Lake,
  { args }: CommandInput,
): Promise<{ readonly from: number; readonly to: number }> {
  const versions = await lake.store.versions();
  const to = wholeNumber("<to>", args.to, versions.at(-1) ?? 0);
  const from = wholeNumber("<from>", args.from, versions.filter((version) => version < to).at(-1) ?? 0);
  if (from > 0 && to > 0) return { from, to };
  throw cliErrors.create("CLI_ARGUMENT_MISSING", {
    command: "lake diff",
    argument: `two versions, and the lake keeps ${versions.length}`,
    usage: "trimtab lake diff <from> <to>",
  });
}

function diffDocument({ from, to, added, removed, lines }: LakeDiff, limit: number): Document {
  const restated = new Set(lines.map(({ instance, billingPeriod }) => `${instance} ${billingPeriod}`)).size;
  const title =
    lines.length === 0
      ? "No cost was restated"
      : lines.length === 1
        ? "1 cost was restated"
        : `${lines.length} costs were restated`;
  const counts = [`${restated} restated`, `${added.length} new`, `${removed.length} gone`].join(", ");
  return {
    title,
    subtitle: `version ${from} against ${to} · billed cost · bills: ${counts}`,
    blocks: [
      ...(lines.length === 0 ? [] : [lineTable(lines, limit)]),
      ...loadList("New in the newer version", added),
      ...loadList("Gone from it", removed),
    ],
  };
}

function lineTable(lines: readonly DiffLine[], limit: number): Table {
  const shown = lines.slice(0, limit);
  const cut =
    shown.length < lines.length
      ? { note: `The ${limit} largest of ${lines.length}; the total is of all.` }
      : {};
  return {
    kind: "table",
    id: "changes",
    columns: [
      { name: "Day", kind: "text" },
      { name: "Service", kind: "text" },
      { name: "Category", kind: "text", optional: true },
      { name: "Was", kind: "amount" },
      { name: "Is", kind: "amount" },
      { name: "Change", kind: "amount", signed: true },
      { name: "Effective", kind: "amount", signed: true, optional: true },
      { name: "", kind: "text" },
      { name: "Because", kind: "text", wrap: true },
    ],
    rows: shown.map((line) => [
      line.day,
      line.service,
      line.chargeCategory,
      line.billedBefore,
      line.billedAfter,
      line.billedChange,
      line.effectiveChange,
      line.currency,
      line.because,
    ]),
    ...totalOf(lines),
    ...cut,
  };
}

/** Currencies have no common total. */
function totalOf(lines: readonly DiffLine[]): { readonly total?: readonly Cell[] } {
  const [currency, ...others] = new Set(lines.map((line) => line.currency));
  if (currency === undefined || others.length > 0) return {};
  const sum = (pick: (line: DiffLine) => string) =>
    formatDecimal(sumDecimals(lines.map((line) => decimal(pick(line)))));
  return {
    total: [
      "Total",
      null,
      null,
      sum((line) => line.billedBefore),
      sum((line) => line.billedAfter),
      sum((line) => line.billedChange),
      sum((line) => line.effectiveChange),
      currency,
      null,
    ],
  };
}

function loadList(title: string, loads: readonly LoadEntry[]): Block[] {
  if (loads.length === 0) return [];
  return [
    { kind: "heading", text: title },
    {
      kind: "list",
      items: loads.map(
        ({ instance, billingPeriod, rows }) =>
          `${instance}, ${billingPeriod.slice(0, 7)}: ${rows} ${rows === 1 ? "charge" : "charges"}`,
      ),
    },
  ];
}
