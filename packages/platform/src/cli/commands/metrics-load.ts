import { resolve } from "node:path";
import type { MetricPoint } from "../../query/model/model.ts";
import { defineCommand } from "../command.ts";
import { readOptionFile, readRules } from "../query-context.ts";
import { writtenMetrics } from "../views/written-metrics.ts";

export const metricsLoadCommand = defineCommand({
  name: "metrics load",
  summary: "load business metrics from CSV",
  group: "observe",
  details: [
    "The header is time,metric,value and any number of dimension columns, such as tag:team; an empty dimension means all of them. Loading a value of the same metric, time and dimensions again replaces it.",
  ],
  args: [{ name: "files", description: "CSV files", required: true, variadic: true }],
  options: [
    {
      name: "rules",
      value: "FILE",
      env: "TRIMTAB_RULES",
      description: "file whose dimensions the columns may name",
    },
  ],
  examples: [
    { run: "trimtab metrics load requests.csv", does: "one file or more" },
    { run: "trimtab metrics load kpi.csv --rules rules.yaml", does: "with columns of your own dimensions" },
  ],
  async run({ services, cwd, progress }, { args, options }) {
    const { findInputs } = await import("../../lake/input/find-inputs.ts");
    const { parseMetricsCsv } = await import("../../query/metrics/metrics-csv.ts");
    const rules = await readRules(
      typeof options.rules === "string" ? resolve(cwd, options.rules) : undefined,
    );
    const files = await findInputs(Array.isArray(args.files) ? args.files : [], cwd);
    const all = new Map<string, MetricPoint[]>();
    for (const { path: file } of files) {
      const text = await readOptionFile("<files>", file);
      for (const [id, points] of parseMetricsCsv(text, file, rules?.virtual)) {
        all.set(id, [...(all.get(id) ?? []), ...points]);
      }
    }
    const store = await services.openMetricStore();
    let done = 0;
    for (const [id, points] of all) {
      progress.step("Writing", done, all.size, "metrics");
      await store.write(id, points);
      done += 1;
    }
    return writtenMetrics([...all].map(([id, points]) => ({ id, values: points.length, skipped: 0 })));
  },
});
