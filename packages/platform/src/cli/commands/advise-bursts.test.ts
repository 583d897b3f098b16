import { mkdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { instanceShape } from "../../advisors/cloud-run-scaling/simulate/autoscaling.ts";
import type { ResourcePoint } from "../../evidence/metrics/resource-point.ts";
import { writeChargeLake } from "../../testing/charge-lake.ts";
import { CLOUD_RUN_TODAY } from "../../testing/cloud-run-evidence.ts";
import { runOracle } from "../../testing/cloud-run-oracle.ts";
import {
  countsOf,
  generateRequests,
  latencyHistogram,
  lognormal,
  randomOf,
} from "../../testing/cloud-run-workload.ts";
import { hourly, openTestMetrics } from "../../testing/resource-metrics.ts";
import { runCli } from "../../testing/run-cli.ts";
import { tempFolder } from "../../testing/temp-folder.ts";

const DAYS = 15;
const START = Date.parse("2026-06-16T00:00:00Z");
const ID = "//run.googleapis.com/projects/p/locations/us-central1/services/api";
const SERVICE = {
  kind: "run.googleapis.com/Service",
  id: ID,
  name: "api",
  scope: { provider: "gcp", account: "p", region: "us-central1" },
  settings: { ...CLOUD_RUN_TODAY, minInstances: 1, concurrency: 1 },
  tags: {},
  aliases: [],
  readAt: "2026-07-01T00:00:00Z",
};
const PRICES = [
  "item,attributes,region,price,currency,date,source",
  ...["cpu", "memory"].flatMap((part) =>
    ["request", "idle", "instance"].map(
      (billing) => `gcp.run.${part},billing=${billing},us-central1,0.00001,USD,2026-06-01,a test`,
    ),
  ),
  "gcp.run.requests,,us-central1,0.0000004,USD,2026-06-01,a test",
].join("\n");

/** A service that gets 30 requests a second for a minute in 90 and next to none else, as the oracle runs it. */
function measured(intervalSeconds: number): readonly ResourcePoint[] {
  const rate = (minute: number) => (minute % 90 === 30 ? 30 : 0.02);
  const requests = generateRequests("bursts", DAYS * 24, rate, lognormal(0.3, 0.5));
  const shape = instanceShape({ cpu: 1, concurrency: 1 }, 0, 3);
  const { activeMeans, idleMeans } = runOracle({
    ...requests,
    ...shape,
    minInstances: () => 1,
    maxInstances: 100,
    random: randomOf("bursts"),
    sampleSeconds: intervalSeconds,
  });
  const points = (values: ArrayLike<number>, point: Partial<ResourcePoint>): readonly ResourcePoint[] =>
    Array.from(values, (value, at) => ({
      resource: ID,
      metric: "requests",
      statistic: "mean",
      intervalSeconds,
      time: new Date(START + at * intervalSeconds * 1000).toISOString() as ResourcePoint["time"],
      value,
      ...point,
    }));
  const histogram = latencyHistogram(requests.services);
  return [
    ...points(countsOf(requests, intervalSeconds), { metric: "requests", statistic: "sum" }),
    ...points(activeMeans, { metric: "instances.active" }),
    ...points(idleMeans, { metric: "instances.idle" }),
    ...hourly(new Date(START).toISOString(), [0], {
      resource: ID,
      metric: "request.latency",
      statistic: "histogram",
      value: histogram,
    }),
  ];
}

interface Advised {
  readonly recommendations: readonly { readonly key: { readonly advisor: string } }[];
  readonly advisors: readonly {
    readonly advisor: string;
    readonly abstained: readonly { readonly reason: string }[];
  }[];
}

async function advised(intervalSeconds: number): Promise<Advised> {
  const cwd = tempFolder();
  const lake = join(cwd, "lake");
  mkdirSync(lake);
  const charge = { BillingCurrency: "USD", ServiceName: "Cloud Run", BilledCost: "1", EffectiveCost: "1" };
  const loads = [{ id: "a", billingPeriod: "2026-06-01", charges: [charge] }];
  (await writeChargeLake(lake, loads)).close();
  const metrics = await openTestMetrics(lake);
  await metrics.store.write((sink) => sink.add(measured(intervalSeconds)));
  metrics.lake.close();
  await writeFile(join(cwd, "inventory.json"), JSON.stringify([SERVICE]));
  await writeFile(join(cwd, "prices.csv"), PRICES);
  const env = { TRIMTAB_LAKE: lake, TRIMTAB_STATE: join(cwd, "state.db") };
  const cli = async (...argv: readonly string[]) => {
    const { code, out, err } = await runCli(argv, { cwd, env });
    expect(code, err).toBe(0);
    return out;
  };
  await cli("inventory", "load", "inventory.json");
  await cli("prices", "load", "prices.csv");
  return JSON.parse(await cli("advise", "--json"));
}

it("bursts that hourly counts hide make Cloud Run advice abstain; by the minute they are seen", {
  timeout: 180_000,
}, async () => {
  const scaling = ({ advisors }: Advised) =>
    advisors.find(({ advisor }) => advisor === "cloud-run-scaling")?.abstained ?? [];
  const byHour = await advised(3600);
  expect(scaling(byHour)).toEqual([
    expect.objectContaining({ reason: expect.stringContaining("bursts shorter than the interval") }),
  ]);
  expect(byHour.recommendations).toEqual([]);
  expect(scaling(await advised(60))).toEqual([]);
});
