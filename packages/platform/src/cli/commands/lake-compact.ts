import type { CompactedLoad, CompactReport } from "../../lake/compact/compact.ts";
import type {
  CompactReason,
  CompactSelection,
  PlannedCompaction,
} from "../../lake/compact/plan-compaction.ts";
import type { LoadEntry } from "../../lake/manifest.ts";
import { type CommandContext, type CommandInput, type CommandResult, defineCommand } from "../command.ts";
import { bytesText } from "../doctor/finding.ts";
import { ENGINE_OPTION, engineOf } from "../engine-option.ts";
import type { Block, Table } from "../output/document.ts";
import { periodOf } from "../period-options.ts";

const WHY: Readonly<Record<CompactReason, string>> = {
  "small-files": "many small files",
  "large-files": "an over-large file",
  "tag-columns": "tags without a column",
  rollups: "no daily rollups",
  asked: "asked for",
};

const why = (reasons: readonly CompactReason[]): string => reasons.map((reason) => WHY[reason]).join(", ");
const bytesOf = ({ files }: LoadEntry): number => files.reduce((sum, { bytes }) => sum + bytes, 0);
const several = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

export const lakeCompactCommand = defineCommand({
  name: "lake compact",
  summary: "write slow loads again in better files, with the same charges to the last digit",
  group: "lake",
  details: [
    "A load is slow when it has many small files or an over-large one, when its tags have no column that other loads have, or when it is large and has no daily rollups. Its charges are written to a new load, compared with the old one value by value, and all of them become one version of the lake. Nothing that is read changes; the old files stay until `trimtab lake expire` lets them go.",
    "With --engine trino the cluster reads and writes the files, and no row passes this machine. Afterwards `trimtab lake publish` brings the version to the cluster's readers. docs/guides/compaction.md says when it pays.",
  ],
  options: [
    {
      ...ENGINE_OPTION,
      description: "who writes: the embedded engine, or the cluster that docs/guides/cluster.md sets up",
    },
    {
      name: "location",
      value: "URL",
      env: "TRIMTAB_TRINO_LOCATION",
      description: "with --engine trino: where the cluster sees the lake's folder",
    },
    {
      name: "period",
      value: "MONTHS",
      description: "only these billing months, e.g. 2026-05 or 2026-01..2026-03",
    },
    {
      name: "source",
      value: "ID",
      description: "only loads of this source, as `trimtab sources` lists them",
    },
    { name: "all", description: "every load, whether it is slow or not" },
    { name: "dry-run", description: "only say what would be written, and why" },
  ],
  examples: [
    { run: "trimtab lake compact --dry-run", does: "which loads are slow, and why" },
    { run: "trimtab lake compact --period 2026-05", does: "write that month again" },
    {
      run: "trimtab lake compact --engine trino && trimtab lake publish",
      does: "let the cluster do it, and show it",
    },
  ],
  async run(context, input) {
    const selection = selectionOf(input);
    const lake = await context.services.openLake();
    if (input.options["dry-run"] === true) {
      const { planCompaction } = await import("../../lake/compact/plan-compaction.ts");
      const { manifest, version } = await lake.snapshot();
      return planned(version, planCompaction(manifest, selection));
    }
    const report = await lake.compact(
      { selection, signal: context.signal, ...(await rewriterOf(context, input)) },
      (step, done, total) =>
        context.progress.step(step === "rewriting" ? "Rewriting" : "Committing", done, total, "loads"),
    );
    return compacted(report, engineOf(input) === "trino");
  },
});

const selectionOf = ({ options }: CommandInput): CompactSelection => ({
  ...(typeof options.period === "string" ? { period: periodOf("--period", options.period) } : {}),
  ...(typeof options.source === "string" ? { source: options.source } : {}),
  all: options.all === true,
});

const rewriterOf = async ({ services }: CommandContext, input: CommandInput) => {
  if (engineOf(input) !== "trino") return {};
  const { openTrinoRewriter } = await import("../../query/engines/trino/compact/trino-rewriter.ts");
  const { clusterErrors } = await import("../../query/engines/trino/errors.ts");
  const client = await services.openTrino();
  const { location } = input.options;
  if (typeof location !== "string") throw clusterErrors.create("CLUSTER_LOCATION_MISSING");
  return { openRewriter: openTrinoRewriter(client, location.replace(/\/+$/, "")) };
};

const NOTHING = "Nothing to compact: no load would answer faster";

const planned = (version: number, plan: readonly PlannedCompaction[]): CommandResult => {
  const bytes = plan.reduce((sum, one) => sum + one.bytes, 0);
  const table: Table = {
    kind: "table",
    id: "loads",
    columns: [
      { name: "Period", kind: "text" },
      { name: "Instance", kind: "text" },
      { name: "Why", kind: "text", wrap: true },
      { name: "Files", kind: "number" },
      { name: "After", kind: "number" },
      { name: "Size", kind: "text" },
    ],
    rows: plan.map(({ load, reasons, filesAfter, bytes: own }) => [
      load.billingPeriod.slice(0, 7),
      load.instance,
      why(reasons),
      String(load.files.length),
      String(filesAfter),
      bytesText(own),
    ]),
    note: "What is written takes about the size of what is read; the old files stay until 'trimtab lake expire' lets them go.",
  };
  const files = plan.reduce((sum, { load }) => sum + load.files.length, 0);
  const after = plan.reduce((sum, { filesAfter }) => sum + filesAfter, 0);
  return {
    document: {
      title: plan.length === 0 ? NOTHING : `${several(plan.length, "load")} would be written again`,
      subtitle: `lake version ${version}`,
      blocks:
        plan.length === 0
          ? []
          : [
              {
                kind: "facts",
                facts: [
                  ["Files", `${files}, then ${after}`],
                  ["To read and write", bytesText(bytes)],
                ],
              },
              table,
            ],
    },
    json: {
      dryRun: true,
      version,
      loads: plan.map(({ load, reasons, bytes: own, filesAfter, tagColumns }) => ({
        load: load.id,
        source: load.source,
        instance: load.instance,
        billingPeriod: load.billingPeriod,
        rows: load.rows,
        reasons,
        files: load.files.length,
        bytes: own,
        filesAfter,
        tagColumns: Object.keys(tagColumns),
      })),
    },
  };
};

const compacted = (
  { version, compacted: loads, replaced }: CompactReport,
  isCluster: boolean,
): CommandResult => {
  const sum = (of: (load: CompactedLoad) => number) => loads.reduce((total, load) => total + of(load), 0);
  const blocks: Block[] = [];
  if (loads.length > 0)
    blocks.push({
      kind: "facts",
      facts: [
        [
          "Files",
          `${sum(({ before }) => before.files.length)}, now ${sum(({ after }) => after.files.length)}`,
        ],
        [
          "Size",
          `${bytesText(sum(({ before }) => bytesOf(before)))}, now ${bytesText(sum(({ after }) => bytesOf(after)))}`,
        ],
        [
          "Rollups",
          `${sum(({ before }) => before.rollups.length)}, now ${sum(({ after }) => after.rollups.length)}`,
        ],
        ["Charges", sum(({ after }) => after.rows).toLocaleString("en-US")],
      ],
    });
  if (replaced.length > 0)
    blocks.push({
      kind: "text",
      text: `${several(replaced.length, "load")} got another delivery meanwhile, which stays as it is.`,
    });
  if (loads.length > 0 && isCluster)
    blocks.push({
      kind: "text",
      text: "Run 'trimtab lake publish' to show this version to the cluster's readers.",
    });
  const title =
    loads.length > 0
      ? `${several(loads.length, "load")} written again as version ${version}`
      : replaced.length > 0
        ? "Nothing was compacted"
        : NOTHING;
  return {
    document: { title, subtitle: `lake version ${version}`, blocks },
    json: {
      dryRun: false,
      version,
      loads: loads.map(({ before, after, reasons }) => ({
        before: before.id,
        after: after.id,
        source: after.source,
        instance: after.instance,
        billingPeriod: after.billingPeriod,
        rows: after.rows,
        reasons,
        files: { before: before.files.length, after: after.files.length },
        bytes: { before: bytesOf(before), after: bytesOf(after) },
        rollups: { before: before.rollups.length, after: after.rollups.length },
      })),
      replaced: replaced.map(({ id }) => id),
    },
  };
};
