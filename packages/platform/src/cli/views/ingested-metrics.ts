import type { PointsWritten } from "../../lake/resource-metrics/resource-metrics.ts";
import type { CommandResult } from "../command.ts";

/** What one query, namespace or file gave. */
export interface IngestedPart {
  readonly name: string;
  readonly resources?: number;
  readonly points?: number;
  /** Samples that were no number. */
  readonly skipped?: number;
}

/** The page after metrics of resources were taken in. */
export function ingestedMetrics(parts: readonly IngestedPart[], written: PointsWritten): CommandResult {
  const { given, added, changed } = written;
  const count = (value: number | undefined) => (value === undefined ? null : String(value));
  return {
    document: {
      title: `${given} points of resource metrics: ${added} new, ${changed} changed, ${given - added - changed} as before`,
      blocks: [
        {
          kind: "table",
          id: "parts",
          columns: [
            { name: "From", kind: "text", wrap: true },
            { name: "Points", kind: "number" },
            { name: "No number", kind: "number", optional: true },
          ],
          rows: parts.map(({ name, points, skipped }) => [name, count(points), count(skipped)]),
        },
        { kind: "text", text: "Next: `trimtab metrics resources`.", tone: "muted" },
      ],
    },
    json: { ...written, parts },
  };
}
