import type { CommandResult } from "../command.ts";

interface WrittenMetric {
  readonly id: string;
  readonly values: number;
  /** Samples that were no number. */
  readonly skipped: number;
}

/** The page after metrics were loaded. */
export function writtenMetrics(metrics: readonly WrittenMetric[]): CommandResult {
  return {
    document: {
      title: `${metrics.length} ${metrics.length === 1 ? "metric" : "metrics"} loaded`,
      blocks: [
        {
          kind: "table",
          id: "metrics",
          columns: [
            { name: "Metric", kind: "text" },
            { name: "Values", kind: "number" },
            { name: "No number", kind: "number" },
          ],
          rows: metrics.map(({ id, values, skipped }) => [id, String(values), String(skipped)]),
        },
        {
          kind: "text",
          text: `Next: \`trimtab query "effective, cost-per:${metrics[0]?.id ?? "METRIC"} per month"\`.`,
          tone: "muted",
        },
      ],
    },
    json: metrics,
  };
}
