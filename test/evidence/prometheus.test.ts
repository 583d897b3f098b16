import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { instant } from "@trimtab/domain";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { openTestMetrics } from "../../packages/platform/src/testing/resource-metrics.ts";
import { runCli } from "../../packages/platform/src/testing/run-cli.ts";
import { tempFolder } from "../../packages/platform/src/testing/temp-folder.ts";
import { startPrometheus } from "../../scripts/prometheus/start-prometheus.ts";

const START = Date.parse("2026-06-01T00:00:00Z") / 1000;
const STEP = 300;
const SAMPLES = 36 * 12 + 1;

const lines = (name: string, labels: string, value: (index: number) => number | null): readonly string[] =>
  Array.from({ length: SAMPLES }, (_, index) => [index, value(index)] as const).flatMap(([index, found]) =>
    found === null ? [] : [`${name}{${labels}} ${found} ${START + index * STEP}`],
  );

/** Thirty-six hours, a sample every five minutes. */
const history = [
  "# TYPE http_requests counter",
  // Ten a sample; after twenty-four hours its process starts again at nothing.
  ...lines("http_requests_total", 'service="api"', (index) => 10 * (index < 288 ? index : index - 288)),
  // Silent for ten hours.
  ...lines("http_requests_total", 'service="web"', (index) => (index > 60 && index < 180 ? null : index)),
  "# TYPE pool_size gauge",
  ...lines("pool_size", 'service="api"', (index) => (index % 12 === 0 ? 24 : 0)),
  "# TYPE broken gauge",
  ...lines("broken", 'service="api"', () => Number.NaN),
  "# TYPE took_seconds histogram",
  ...["0.1", "1.0", "+Inf"].flatMap((le, place) =>
    lines("took_seconds_bucket", `service="api",le="${le}"`, (index) => index * 12 * (place + 1)),
  ),
  "# EOF\n",
].join("\n");

const server = await startPrometheus({ history });
afterAll(() => ("skipped" in server ? undefined : server.stop()));

const mapping = `version: 1
queries:
  - { metric: requests, statistic: sum, unit: "1", resource: "{service}",
      query: "sum by (service) (increase(http_requests_total[$interval]))" }
  - { metric: connections, statistic: mean, unit: "1", resource: "{service}",
      query: "avg_over_time(pool_size[$interval])" }
  - { metric: connections, statistic: max, unit: "1", resource: "{service}",
      query: "max_over_time(pool_size[$interval])" }
  - { metric: queue.depth, statistic: mean, unit: "1", resource: "{service}",
      query: "avg_over_time(broken[$interval])" }
  - { metric: request.latency, statistic: histogram, unit: s, resource: "{service}",
      query: "sum by (service, le) (increase(took_seconds_bucket[$interval]))" }
`;

const setUp = (text = mapping) => {
  const cwd = tempFolder();
  writeFileSync(join(cwd, "mapping.yaml"), text);
  const url = "skipped" in server ? "" : server.url;
  const cli = (...words: readonly string[]) => runCli(words, { cwd, env: { TRIMTAB_LAKE: "lake" } });
  const ingest = (until = "2026-06-02") =>
    cli(
      "metrics",
      "ingest",
      "--from",
      "prometheus",
      "--url",
      url,
      "--mapping",
      "mapping.yaml",
      "--since",
      "2026-06-01",
      "--until",
      until,
      "--json",
    );
  return { cli, cwd, ingest };
};

describe.skipIf("skipped" in server)("a real Prometheus", () => {
  it("counters become what happened in each hour, over a restart; what is missing or no number stays missing", async () => {
    const { cli, cwd, ingest } = setUp();
    const { out, err } = await ingest();
    expect(err).toBe("");
    const answer = JSON.parse(out);
    expect(answer.parts.map(({ name }: { name: string }) => name)).toContain("requests (sum) of {service}");
    const broken = answer.parts.find(({ name }: { name: string }) => name.startsWith("queue.depth"));
    expect(broken).toMatchObject({ points: 0 });
    expect(broken.skipped).toBeGreaterThan(30);

    const listed = JSON.parse((await cli("metrics", "resources", "api", "--json")).out);
    const series = (metric: string, statistic: string) =>
      listed.find(
        (one: { metric: string; statistic: string }) => one.metric === metric && one.statistic === statistic,
      );
    expect(series("requests", "sum")).toMatchObject({ intervalSeconds: 3600, start: "2026-06-01T00:00:00Z" });
    expect(series("queue.depth", "mean")).toBeUndefined();

    const { lake, store } = await openTestMetrics(join(cwd, "lake"));
    onTestFinished(() => lake.close());
    const window = { start: instant("2026-06-01T00:00:00Z"), end: instant("2026-06-03T00:00:00Z") };
    const values = async (metric: "requests" | "connections", statistic: "sum" | "mean" | "max") => {
      const read = await store.series({ id: "api", aliases: [] }, { metric, statistic }, window);
      return read.status === "known" ? read.value.values : [];
    };
    const requests = await values("requests", "sum");
    expect(requests.slice(0, 23)).toEqual(Array.from({ length: 23 }, () => expect.closeTo(120, 6)));
    // The last sample of its hour is the restart's nothing.
    expect(requests[23]).toBeCloseTo(110, 6);
    expect(requests[24]).toBeCloseTo(120, 6);
    expect((await values("connections", "max"))[0]).toBe(24);
    expect((await values("connections", "mean"))[0]).toBeCloseTo(48 / 13, 6);
    const [latency] = await store.distributions("request.latency", {
      window: { ...window, end: instant("2026-06-01T02:00:00Z") },
    });
    expect(latency?.found).toMatchObject({
      value: { bounds: [100, 1000], counts: [288, 288, 288].map((count) => expect.closeTo(count, 6)) },
    });

    const [web] = JSON.parse((await cli("metrics", "resources", "web", "--json")).out);
    expect(web.points).toBeLessThanOrEqual(series("requests", "sum").points - 8);
  });

  it("loading the same again changes nothing", async () => {
    const { ingest } = setUp();
    const first = JSON.parse((await ingest()).out);
    const second = JSON.parse((await ingest()).out);
    expect(second).toMatchObject({ version: first.version, given: first.given, added: 0, changed: 0 });
  });

  it("the built-in queries are all accepted", async () => {
    const { cli } = setUp();
    const url = "skipped" in server ? "" : server.url;
    const { code, out } = await cli(
      "metrics",
      "ingest",
      "--from",
      "prometheus",
      "--url",
      url,
      "--since",
      "2026-06-01",
      "--until",
      "2026-06-01",
      "--json",
    );
    expect([code, JSON.parse(out).given]).toEqual([0, 0]);
  });

  it("a query that leaves two series for one resource is refused, and one that does not parse", async () => {
    const each = "increase(took_seconds_bucket[$interval])";
    const twice = mapping.replace("sum by (service) (increase(http_requests_total[$interval]))", each);
    const refused = await setUp(twice).ingest();
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining("METRIC_SERIES_AMBIGUOUS")]);
    const wrong = await setUp(mapping.replace("avg_over_time(pool_size", "avg_over_tim(pool_size")).ingest();
    expect(wrong.err).toContain("METRIC_SOURCE_FAILED");
  });
});
