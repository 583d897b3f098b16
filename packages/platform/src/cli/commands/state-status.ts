import type { StateStatus } from "../../state/state-status.ts";
import { defineCommand } from "../command.ts";
import { bytesText } from "../doctor/finding.ts";
import { EXIT_CODES } from "../exit-codes.ts";
import type { Block, Document } from "../output/document.ts";

export const stateStatusCommand = defineCommand({
  name: "state status",
  summary: "say where the state database is, what it holds and whether it is whole",
  group: "state",
  details: [
    "Recommendations, programmes, plans, approvals, the journal and the audit log are kept there: what people decide, beside the lake that holds what was billed. Recomputes the chain of the audit log. Exits with 1 if the chain is broken or the file is damaged. Changes nothing.",
    "The last hash of the log, kept elsewhere, shows later whether anything was changed up to there: give it back with `--anchor`.",
  ],
  options: [
    {
      name: "anchor",
      value: "SEQ:HASH",
      description: "what this command had shown as the end of the audit log",
    },
  ],
  examples: [
    { run: "trimtab state status", does: "where it is and whether it is whole" },
    { run: "trimtab state status --json", does: "the same for a program" },
  ],
  async run({ services }, { options }) {
    const { readAnchor } = await import("../state-anchor.ts");
    const anchor = readAnchor(options.anchor);
    const { engine, keys } = await services.findState();
    if (!(await engine.exists())) return absent(engine.place);
    const { openState } = await import("../../state/open-state.ts");
    const { readStateStatus } = await import("../../state/state-status.ts");
    const state = await openState({ engine, keys, clock: services.clock, migrate: false });
    try {
      const status = await readStateStatus(state, anchor);
      const isWhole = status.audit.status === "whole" && status.damage.length === 0;
      return {
        document: describe(status),
        json: { exists: true, ...status },
        exitCode: isWhole ? EXIT_CODES.ok.code : EXIT_CODES.no.code,
      };
    } finally {
      await state.close();
    }
  },
});

const absent = (place: string) => ({
  document: {
    title: "No state database yet",
    blocks: [
      {
        kind: "text",
        text: `${place} will be made by the first command that keeps something, or by \`trimtab state migrate\`.`,
      },
    ],
  } satisfies Document,
  json: { exists: false, place },
});

function describe(status: StateStatus): Document {
  const { place, version, bytes, migrations, rows, secrets, audit, damage } = status;
  const facts: readonly (readonly [string, string])[] = [
    ["Place", place],
    ["Engine", version],
    ["Size", bytesText(bytes)],
    ["Schema", migrations.at(-1) ?? "none"],
    ["Rows", String(rows)],
    ["Recommendations", counts(status.recommendations)],
    ["Plans", counts(status.plans)],
    ["Tasks", counts(status.tasks)],
    ["Secrets", secrets === 0 ? "none" : `${secrets}, encrypted`],
    ["Audit log", audit.status === "whole" ? `${audit.entries} entries, whole` : "broken"],
    ...(audit.status === "whole" && audit.entries > 0
      ? ([["It ends with", `${audit.head.seq}:${audit.head.hash}`]] as const)
      : []),
  ];
  const problems = [
    ...(audit.status === "broken" ? [`Audit log, entry ${audit.seq}: ${audit.reason}`] : []),
    ...damage,
  ];
  const blocks: Block[] = [{ kind: "facts", facts }];
  if (problems.length > 0) blocks.push({ kind: "list", items: problems, tone: "bad" });
  return {
    title: problems.length === 0 ? "The state database is whole" : "The state database is not whole",
    blocks,
  };
}

const counts = (byStatus: Readonly<Record<string, number>>): string =>
  Object.entries(byStatus)
    .map(([status, count]) => `${count} ${status}`)
    .join(", ") || "none";
