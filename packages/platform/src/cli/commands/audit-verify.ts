import type { ChainFinding } from "../../state/audit.ts";
import { defineCommand } from "../command.ts";
import { EXIT_CODES } from "../exit-codes.ts";
import type { Document } from "../output/document.ts";

export const auditVerifyCommand = defineCommand({
  name: "audit verify",
  summary: "recompute the audit log's chain of hashes and say whether it is whole",
  group: "state",
  details: [
    "Each entry of the log holds the hash of the one before it: an entry that was changed, taken out or put in breaks the chain. Exits with 1 if it is broken. Changes nothing.",
    "Whoever has the whole database to himself could write another whole log. What this command prints as the end of the log, kept elsewhere, shows that: give it back with `--anchor`.",
  ],
  options: [
    {
      name: "anchor",
      value: "SEQ:HASH",
      description: "what this command had shown as the end of the log",
    },
  ],
  examples: [
    { run: "trimtab audit verify", does: "whether the log is whole, and where it ends" },
    {
      run: "trimtab audit verify --json | jq -r '\"\\(.head.seq):\\(.head.hash)\"' >> /mnt/elsewhere/anchors",
      does: "keep where it ends today",
    },
  ],
  async run({ services }, { options }) {
    const { readAnchor } = await import("../state-anchor.ts");
    const anchor = readAnchor(options.anchor);
    const { verifyChain } = await import("../../state/audit.ts");
    const finding = await verifyChain(await services.openState(), anchor);
    return {
      document: describe(finding, anchor?.seq),
      json: finding,
      exitCode: finding.status === "whole" ? EXIT_CODES.ok.code : EXIT_CODES.no.code,
    };
  },
});

function describe(finding: ChainFinding, anchored: number | undefined): Document {
  if (finding.status === "broken")
    return {
      title: "The audit log is broken",
      blocks: [
        { kind: "list", items: [`Entry ${finding.seq}: ${finding.reason}`], tone: "bad" },
        {
          kind: "text",
          text: "What was written before that entry still stands. A backup from before the change shows what the log said: `trimtab state restore`, into another place.",
        },
      ],
    };
  const { entries, head } = finding;
  if (entries === 0) return { title: "The audit log is empty", blocks: [] };
  const end = `${head.seq}:${head.hash}`;
  return {
    title: `The audit log is whole: ${entries} ${entries === 1 ? "entry" : "entries"}`,
    blocks: [
      { kind: "facts", facts: [["It ends with", end]] },
      ...(anchored === undefined
        ? []
        : [{ kind: "text", text: `Up to entry ${anchored} it is the log that was anchored.` } as const]),
    ],
  };
}
