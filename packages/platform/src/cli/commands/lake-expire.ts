import { defineCommand } from "../command.ts";
import { bytesText } from "../doctor/finding.ts";
import { wholeNumber } from "../option-values.ts";
import type { Block } from "../output/document.ts";

export const lakeExpireCommand = defineCommand({
  name: "lake expire",
  summary: "let go of old versions and of files that no version needs",
  group: "lake",
  details: [
    "A version stays while it is among the newest or younger than the days given. Files stay while a kept version names them, and for a day longer, since a query may still read them.",
  ],
  options: [
    { name: "keep-versions", value: "N", description: "newest versions that stay", default: "10" },
    {
      name: "keep-days",
      value: "N",
      description: "versions younger than this stay, however many",
      default: "30",
    },
    { name: "dry-run", description: "only say what would go" },
  ],
  examples: [
    { run: "trimtab lake expire --dry-run", does: "what would go" },
    { run: "trimtab lake expire --keep-versions 1 --keep-days 0", does: "keep only the newest version" },
  ],
  async run({ services }, { options }) {
    const { expireVersions } = await import("../../lake/expire.ts");
    const lake = await services.openLake();
    const dryRun = options["dry-run"] === true;
    const report = await expireVersions(lake.root, lake.store, {
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
        : { title: `${versions.length} versions and ${folders.length} load folders ${verb}`, blocks },
      json: { dryRun, ...report },
    };
  },
});
