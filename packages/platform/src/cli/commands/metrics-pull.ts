import { resolve } from "node:path";
import type { Period } from "@trimtab/domain";
import type { MetricSettings } from "../../query/allocation/rules.ts";
import { readPrometheus } from "../../query/metrics/prometheus.ts";
import { type CommandContext, defineCommand } from "../command.ts";
import { cliErrors } from "../errors.ts";
import { optionalPeriod, PERIOD_OPTIONS } from "../period-options.ts";
import { readRules } from "../query-context.ts";
import { writtenMetrics } from "../views/written-metrics.ts";

export const metricsPullCommand = defineCommand({
  name: "metrics pull",
  summary: "load business metrics from Prometheus",
  group: "observe",
  details: [
    "The rules file names the metrics, each with the address, the PromQL and the labels that are dimensions. TRIMTAB_PROMETHEUS_TOKEN is sent as a bearer token where it is set.",
  ],
  args: [{ name: "metrics", description: "only these of the file (default: all)", variadic: true }],
  options: [
    {
      name: "rules",
      value: "FILE",
      env: "TRIMTAB_RULES",
      description: "file whose `metrics` say where to ask",
    },
    ...PERIOD_OPTIONS,
  ],
  examples: [
    {
      run: "trimtab metrics pull --rules rules.yaml --from 2026-06 --to 2026-06",
      does: "June's values of every metric in the file",
    },
  ],
  async run(context, { args, options }) {
    const { services, cwd, progress } = context;
    const period = optionalPeriod(options.from, options.to);
    if (typeof options.rules !== "string" || period === undefined) {
      throw cliErrors.create("CLI_ARGUMENT_MISSING", {
        command: "metrics pull",
        argument: period === undefined ? "--from and --to" : "--rules FILE",
        usage: "trimtab metrics pull --rules FILE --from MONTH --to MONTH",
      });
    }
    const rules = await readRules(resolve(cwd, options.rules));
    const wanted = chooseMetrics(
      rules?.metrics ?? new Map(),
      Array.isArray(args.metrics) ? args.metrics : [],
    );
    const store = await services.openMetricStore();
    const written: { id: string; values: number; skipped: number }[] = [];
    for (const [id, settings] of wanted) {
      progress.step("Asking Prometheus", written.length, wanted.length, "metrics");
      const { points, skipped } = await askFor(settings, period, context);
      await store.write(id, points);
      written.push({ id, values: points.length, skipped });
    }
    return writtenMetrics(written);
  },
});

type Pulled = NonNullable<MetricSettings["prometheus"]>;

/** @throws CLI_ARGUMENT_CHOICE_INVALID for a metric that the file has no address for */
function chooseMetrics(
  metrics: ReadonlyMap<string, MetricSettings>,
  names: readonly string[],
): readonly (readonly [string, Pulled])[] {
  const known = [...metrics].flatMap(([id, { prometheus }]) =>
    prometheus === undefined ? [] : [[id, prometheus] as const],
  );
  for (const name of names) {
    if (known.some(([id]) => id === name)) continue;
    throw cliErrors.create("CLI_ARGUMENT_CHOICE_INVALID", {
      argument: "<metrics>",
      value: name,
      suggestion: "",
      choices: known.map(([id]) => id).join(", ") || "(the file names none with `prometheus`)",
    });
  }
  return names.length === 0 ? known : known.filter(([id]) => names.includes(id));
}

/** A value is stamped at the end of its step, so the first of the period is one step after its start. */
async function askFor(
  { url, query, stepSeconds, labels }: Pulled,
  { start, end }: Period,
  { env, signal }: CommandContext,
) {
  const seconds = (day: string) => Date.parse(`${day}T00:00:00Z`) / 1000;
  const token = env.TRIMTAB_PROMETHEUS_TOKEN;
  return await readPrometheus({
    url,
    query,
    stepSeconds,
    start: seconds(start) + stepSeconds,
    end: seconds(end),
    signal,
    ...(labels === undefined ? {} : { labels }),
    ...(token ? { headers: { authorization: `Bearer ${token}` } } : {}),
  });
}
