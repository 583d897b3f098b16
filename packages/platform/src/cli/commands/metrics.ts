import { defineCommand } from "../command.ts";
import { momentText } from "../views/figures.ts";

export const metricsCommand = defineCommand({
  name: "metrics",
  summary: "list the business metrics that costs can be divided by",
  group: "observe",
  details: [
    'Requests, users, files, any KPI: `trimtab query "cost-per:requests per month"` divides costs by them. `metrics load` reads CSV, `metrics pull` asks Prometheus; a rules file gives units, targets and how values add up. What was measured of resources is another thing: `metrics ingest`, `metrics resources`.',
  ],
  examples: [
    { run: "trimtab metrics", does: "every metric with the time it covers" },
    {
      run: 'trimtab query "effective, cost-per:requests per month"',
      does: "what a request costs, month by month",
    },
  ],
  async run({ services }) {
    const store = await services.openMetricStore();
    const found = [...(await store.list())].toSorted(([a], [b]) => (a < b ? -1 : 1));
    const metrics = found.map(([id, { rows, start, end }]) => ({
      id,
      values: rows,
      first: start,
      last: end,
    }));
    return {
      document: {
        title: metrics.length === 0 ? "No metrics loaded yet" : `${metrics.length} metrics`,
        blocks: [
          {
            kind: "table",
            id: "metrics",
            columns: [
              { name: "Metric", kind: "text" },
              { name: "Values", kind: "number" },
              { name: "First (UTC)", kind: "text" },
              { name: "Last (UTC)", kind: "text" },
            ],
            rows: metrics.map(({ id, values, first, last }) => [
              id,
              String(values),
              momentText(first),
              momentText(last),
            ]),
          },
        ],
      },
      json: metrics,
    };
  },
});
