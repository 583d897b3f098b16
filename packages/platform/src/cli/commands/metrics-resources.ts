import { RESOURCE_METRICS } from "@trimtab/domain";
import { defineCommand } from "../command.ts";
import { wholeNumber } from "../option-values.ts";
import { momentText } from "../views/figures.ts";

export const metricsResourcesCommand = defineCommand({
  name: "metrics resources",
  summary: "list what was measured of resources, by metric or by resource",
  group: "observe",
  details: [
    "What `metrics ingest` loaded. Without a name: each metric with how many resources have it. With a part of a resource's name: its own metrics.",
  ],
  args: [{ name: "resource", description: "part of a resource's name" }],
  options: [
    {
      name: "metric",
      value: "METRIC",
      choices: Object.keys(RESOURCE_METRICS),
      description: "only this metric, by resource",
    },
    { name: "limit", value: "N", description: "lines at most", default: "100" },
  ],
  examples: [
    { run: "trimtab metrics resources", does: "each metric, its interval and the time it covers" },
    { run: "trimtab metrics resources services/api", does: "what there is of one resource" },
    { run: "trimtab metrics resources --metric cpu.utilization", does: "every resource with this metric" },
  ],
  async run({ services }, { args, options }) {
    const store = await services.openResourceMetrics();
    const like = typeof args.resource === "string" ? args.resource : undefined;
    const metric = typeof options.metric === "string" ? options.metric : undefined;
    const isByResource = like !== undefined || metric !== undefined;
    const found = isByResource
      ? await store.listResources({
          ...(metric === undefined ? {} : { metric }),
          ...(like === undefined ? {} : { like }),
          limit: wholeNumber("--limit", options.limit, 100),
        })
      : await store.list();
    return {
      document: {
        title:
          found.length === 0
            ? "Nothing measured yet"
            : `${found.length} ${isByResource ? "series" : "metrics"}`,
        blocks: [
          {
            kind: "table",
            id: "metrics",
            columns: [
              { name: isByResource ? "Resource" : "Resources", kind: isByResource ? "text" : "number" },
              { name: "Metric", kind: "text" },
              { name: "Statistic", kind: "text" },
              { name: "Interval (s)", kind: "number" },
              { name: "Points", kind: "number" },
              { name: "First (UTC)", kind: "text" },
              { name: "Until (UTC)", kind: "text" },
            ],
            rows: found.map((one) => [
              "resource" in one ? one.resource : String(one.resources),
              one.metric,
              one.statistic,
              String(one.intervalSeconds),
              String(one.points),
              momentText(one.start),
              momentText(one.end),
            ]),
          },
        ],
      },
      json: found,
    };
  },
});
