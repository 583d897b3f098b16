import type { HistoryEntry } from "../../lake/history.ts";
import { defineCommand } from "../command.ts";
import { wholeNumber } from "../option-values.ts";
import type { Cell, Document } from "../output/document.ts";
import { momentText } from "../views/figures.ts";

export const lakeHistoryCommand = defineCommand({
  name: "lake history",
  summary: "list what each version of the lake loaded and replaced",
  group: "lake",
  details: [
    "Every load makes a version. Older versions stay readable (`--lake-version N`) until `trimtab lake expire` lets them go.",
  ],
  options: [
    { name: "versions", value: "N", description: "how many versions to show, newest first", default: "20" },
  ],
  examples: [
    { run: "trimtab lake history", does: "the newest twenty versions" },
    { run: "trimtab lake history --versions 500 --json", does: "all that is kept, for a program" },
  ],
  async run({ services }, { options }) {
    const { readHistory } = await import("../../lake/history.ts");
    const lake = await services.openLake();
    const all = await readHistory(lake.store);
    const shown = all.slice(0, wholeNumber("--versions", options.versions, 20));
    return { document: historyDocument(shown, all.length), json: shown };
  },
});

function historyDocument(entries: readonly HistoryEntry[], kept: number): Document {
  const cut = entries.length < kept ? { note: `The newest ${entries.length} of ${kept} versions.` } : {};
  return {
    title: kept === 0 ? "Nothing loaded yet" : `${kept} ${kept === 1 ? "version" : "versions"} of the lake`,
    blocks: [
      {
        kind: "table",
        id: "history",
        columns: [
          { name: "Version", kind: "number" },
          { name: "When (UTC)", kind: "text" },
          { name: "Why", kind: "text", optional: true },
          { name: "Bill", kind: "text" },
          { name: "Month", kind: "text" },
          { name: "Charges", kind: "number" },
          { name: "Quarantined", kind: "number", optional: true },
          { name: "What", kind: "text", wrap: true },
        ],
        rows: entries.flatMap(versionRows),
        ...cut,
      },
    ],
  };
}

/** The version's own cells stand in its first row only. */
function versionRows({
  version,
  createdAt,
  reason,
  changes,
  loads,
}: HistoryEntry): readonly (readonly Cell[])[] {
  const head = [String(version), momentText(createdAt), reason];
  if (changes.length === 0) return [[...head, `${loads} loads`, "", "", "", "nothing new"]];
  return changes.map(({ instance, billingPeriod, rows, quarantined, replaced, notCounted }, index) => [
    ...(index === 0 ? head : ["", "", ""]),
    instance,
    billingPeriod.slice(0, 7),
    String(rows),
    String(quarantined),
    [
      replaced === undefined ? "new" : "replaces an older load",
      ...(notCounted === undefined ? [] : [`not counted: ${notCounted}`]),
    ].join("; "),
  ]);
}
