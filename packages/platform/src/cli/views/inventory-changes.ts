import type { CollectFailure } from "../../evidence/inventory/collect.ts";
import type { CollectionChange } from "../../evidence/inventory/inventory-store.ts";
import type { CommandResult } from "../command.ts";
import { EXIT_CODES } from "../exit-codes.ts";
import type { Block } from "../output/document.ts";

/** The page after an inventory was read: what is there, what changed, and what could not be read. */
export function inventoryChanges(
  changes: readonly CollectionChange[],
  failures: readonly CollectFailure[],
): CommandResult {
  const items = changes.reduce((sum, change) => sum + change.items, 0);
  const shown = changes.filter((change) => change.items > 0 || change.removed > 0);
  const blocks: Block[] = [
    {
      kind: "table",
      id: "collections",
      columns: [
        { name: "Kind", kind: "text" },
        { name: "Account", kind: "text" },
        { name: "Region", kind: "text" },
        { name: "Resources", kind: "number" },
        { name: "New", kind: "number" },
        { name: "Changed", kind: "number" },
        { name: "Gone", kind: "number" },
      ],
      rows: shown.map(({ kind, account, region, items: count, added, changed, removed }) => [
        kind,
        account,
        region,
        ...[count, added, changed, removed].map(String),
      ]),
    },
  ];
  if (failures.length > 0)
    blocks.push({
      kind: "table",
      id: "failures",
      title: "Could not be read; what was known of them stays",
      columns: [
        { name: "Kind", kind: "text" },
        { name: "Region", kind: "text" },
        { name: "Why", kind: "text", wrap: true },
      ],
      rows: failures.map(({ kind, region, reason }) => [kind, region, reason]),
    });
  return {
    document: { title: `${items} resources read`, blocks },
    json: { collections: changes, failures },
    exitCode: failures.length > 0 ? EXIT_CODES.no.code : EXIT_CODES.ok.code,
  };
}
