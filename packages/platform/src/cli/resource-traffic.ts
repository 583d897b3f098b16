import type { ResourceMetric } from "@trimtab/domain";
import type { NamedResource, ResourceMetricStore } from "../evidence/metrics/resource-metric-store.ts";
import type { Traffic } from "../insight/loadtest/schedule.ts";
import type { CommandContext, CommandInput } from "./command.ts";

const ENOUGH = 1000;

/**
 * What a resource had of a metric that is counted, interval by interval, as the lake's metrics have it.
 * @throws LOADTEST_RESOURCE_UNKNOWN, CLI_PERIOD_INVALID
 */
export async function resourceTraffic(
  { services }: CommandContext,
  name: string,
  options: CommandInput["options"],
): Promise<Traffic> {
  const { instantOf } = await import("@trimtab/domain");
  const { windowOf } = await import("./metrics-window.ts");
  const { loadtestErrors } = await import("../insight/loadtest/loadtest-errors.ts");
  const metric = String(options.metric ?? "requests") as ResourceMetric;
  const refuse = (reason: string) =>
    loadtestErrors.create("LOADTEST_RESOURCE_UNKNOWN", { resource: name, metric, reason });
  const window = windowOf(options.since ?? "1d", options.until, instantOf(services.clock()));
  const store = await services.openResourceMetrics();
  const named = await resourcesNamed(services, store, name, metric);
  const [resource, other] = named;
  if (resource === undefined) throw refuse(`nothing of that name has ${metric}`);
  if (other !== undefined) throw refuse(`${named.length} resources are called so: ${idsOf(named)}`);
  const found = await store.series(resource, { metric, statistic: "sum" }, window);
  if (found.status === "unknown") throw refuse(found.reason);
  const { intervalSeconds, values } = found.value;
  return { intervalSeconds, values };
}

const idsOf = (named: readonly NamedResource[]): string =>
  named
    .slice(0, 5)
    .map(({ id }) => id)
    .join(", ");

/** By the inventory's id, alias or name; else by the name that the metrics themselves have. */
async function resourcesNamed(
  services: CommandContext["services"],
  store: ResourceMetricStore,
  name: string,
  metric: ResourceMetric,
): Promise<readonly NamedResource[]> {
  const items = await (await services.openInventory()).items();
  const exact = items.filter(({ id, aliases }) => id === name || aliases.includes(name));
  if (exact.length > 0) return exact;
  const called = items.filter((item) => item.name === name);
  const series = await store.listResources({ metric, like: name, limit: ENOUGH });
  const measured = new Set(series.map(({ resource }) => resource));
  const withMetric = called.filter(({ id, aliases }) => [id, ...aliases].some((one) => measured.has(one)));
  if (called.length > 0) return withMetric;
  const ids = [...measured].filter((id) => id === name || id.split(/[/:]/).at(-1) === name);
  return ids.map((id) => ({ id, aliases: [] }));
}
