import type { StoredDataset } from "../../lake/other-dataset.ts";
import type { Block } from "../output/document.ts";

const NEXT: Readonly<Record<string, string>> = {
  "opencost-allocation": "`trimtab kubernetes` shares out the bill by these weights; they are in no total.",
  "contract-commitments":
    "`trimtab advise` takes from them when commitments end and what they may cover; they are in no total.",
};

/** Data sets that a load kept beside the charges. */
export const storedBlocks = (stored: readonly StoredDataset[]): readonly Block[] =>
  stored.length === 0
    ? []
    : [
        {
          kind: "table",
          id: "stored",
          title: "Data sets without charges",
          columns: [
            { name: "Data set", kind: "text" },
            { name: "Rows", kind: "number" },
            { name: "Load", kind: "text" },
          ],
          rows: stored.map(({ dataset, rows, id }) => [dataset, String(rows), id]),
        },
        ...[...new Set(stored.map(({ dataset }) => NEXT[dataset] ?? ""))]
          .filter(Boolean)
          .map((text): Block => ({ kind: "text", text, tone: "muted" })),
      ];
