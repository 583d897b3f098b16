import { defineCommand } from "../command.ts";
import { bytesText } from "../doctor/finding.ts";
import { wholeNumber } from "../option-values.ts";
import type { Block } from "../output/document.ts";

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

export const lakeExpireCommand = defineCommand({
  name: "lake expire",
  summary: "let go of old versions and of files that no version needs",
  group: "lake",
  details: [
    "A version stays while it is among the newest, and for the days given, but at least a day, after a newer one took its place: a query may still read it. Files go once no kept version names them and they are a day old.",
  ],
  options: [
    { name: "keep-versions", value: "N", description: "newest versions that stay", default: "10" },
    {
      name: "keep-days",
      value: "N",
      description: "versions replaced since then stay, however many",
      default: "30",
    },
    { name: "dry-run", description: "only say what would go" },
  ],
  examples: [
    { run: "trimtab lake expire --dry-run", does: "what would go" },
    {
      run: "trimtab lake expire --keep-versions 1 --keep-days 0",
      does: "keep the newest version, and what it replaced within the last day",
    },
  ],
  async run({ services }, { options }) {
    const { expireVersions } = await import("../../lake/expire.ts");
    const lake = await services.openLake();
    const dryRun = options["dry-run"] === true;
    const report = await expireVersions(lake.storage, lake.store, {
      keepVersions: wholeNumber("--keep-versions", options["keep-versions"], 10),
      keepDays: wholeNumber("--keep-days", options["keep-days"], 30),
      dryRun,
      now: services.clock(),
    });
    const { versions, folders, bytes } = report;
    const verb = dryRun ? "would go" : "are gone";
    const blocks: Block[] = [
      {
        kind: "facts",
        facts: [
          ["Versions", versions.length === 0 ? "none" : versions.join(", ")],
          ["Load folders", String(folders.length)],
          ["Disk space", bytesText(bytes)],
        ],
      },
    ];
    const isNothing = versions.length === 0 && folders.length === 0;
    return {
      document: isNothing
        ? { title: "Nothing to let go of", blocks: [] }
        : {
            title: `${counted(versions.length, "version")} and ${counted(folders.length, "load folder")} ${verb}`,
            blocks,
          },
      json: { dryRun, ...report },
    };
  },
});
