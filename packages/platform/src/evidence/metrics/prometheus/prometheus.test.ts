import { instant } from "@trimtab/domain";
import { describe, expect, it, onTestFinished } from "vitest";
import { openTestMetrics } from "../../../testing/resource-metrics.ts";
import { tempFolder } from "../../../testing/temp-folder.ts";
import { DEFAULT_MAPPING } from "./data/default-mapping.ts";
import { ingestPrometheus } from "./ingest-prometheus.ts";
import { type PrometheusQuery, parseMapping } from "./mapping.ts";
import { fromCumulative, fromNative } from "./prometheus-histograms.ts";

const WINDOW = { start: instant("2026-06-01T00:00:00Z"), end: instant("2026-06-01T02:00:00Z") };
const END = Date.parse("2026-06-01T01:00:00Z") / 1000;

const LATENCY: PrometheusQuery = {
  metric: "request.latency",
  statistic: "histogram",
  query: "h[$interval]",
  resource: "{service}",
  unit: "s",
  labels: [],
};

/** A server that answers one question with these series, as documented. */
const ingest = async (query: PrometheusQuery, result: readonly object[], more: object = {}) => {
  const bodies: string[] = [];
  const server = await import("node:http").then(({ createServer }) =>
    createServer((request, response) => {
      request.on("data", (chunk) => bodies.push(String(chunk)));
      request.on("end", () =>
        response.end(JSON.stringify({ status: "success", data: { resultType: "matrix", result }, ...more })),
      );
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as { port: number };
  const { lake, store } = await openTestMetrics(tempFolder());
  onTestFinished(() => lake.close());
  const url = `http://127.0.0.1:${port}`;
  await store.write(async (sink) => {
    await ingestPrometheus({ url, queries: [query], window: WINDOW, intervalSeconds: 3600 }, sink);
  });
  return { store, bodies };
};

describe("histograms", () => {
  it("classic ones become counts between bounds, in our unit", async () => {
    const series = [
      ["0.1", "6"],
      ["+Inf", "10"],
      ["1", "9"],
    ].map(([le, count]) => ({ metric: { service: "api", le }, values: [[END, count]] }));
    const { store, bodies } = await ingest(LATENCY, series);
    const [own] = await store.distributions("request.latency", { window: WINDOW });
    expect(own?.found).toMatchObject({
      value: { bounds: [100, 1000], counts: [6, 3, 1], start: "2026-06-01T00:00:00Z" },
    });
    expect(bodies[0]).toContain("query=h%5B3600s%5D");
  });

  it("native ones come on bounds that are always the same", async () => {
    const histogram = (count: string, buckets: readonly (readonly [number, string, string, string])[]) => ({
      count,
      sum: "1",
      buckets,
    });
    const histograms = [
      [END, histogram("3", [[0, "0.5", "0.5946035575013605", "3"]])],
      [END + 3600, histogram("2", [[0, "1", "2", "2"]])],
    ];
    const { store } = await ingest(LATENCY, [{ metric: { service: "api" }, histograms }]);
    const [own] = await store.distributions("request.latency", { window: WINDOW });
    if (own?.found.status !== "known") throw new Error("no distribution");
    const { bounds, counts } = own.found.value;
    const countAt = (upper: number) => counts[bounds.findIndex((bound) => Math.abs(bound - upper) < 1e-6)];
    expect([countAt(594.6035575013605), countAt(2000)]).toEqual([3, 2]);
    expect(counts.reduce((a, b) => a + b, 0)).toBe(5);
  });

  it("without all values in one bucket is none; too much extrapolation is nothing", () => {
    expect(fromCumulative(new Map([["1", 2]]))).toBeUndefined();
    expect(
      fromCumulative(
        new Map([
          ["1", 2.1],
          ["2", 2],
          ["+Inf", 3],
        ]),
      ),
    ).toEqual({ bounds: [1, 2], counts: [2.1, 0, 1] });
    const huge = fromNative({ count: "1", sum: "1", buckets: [[0, "1e9", "2e9", "1"]] });
    expect(huge.counts.at(-1)).toBe(1);
  });
});

describe("an answer", () => {
  it("that says it is not whole is refused", async () => {
    const run = ingest(LATENCY, [], { warnings: ["No StoreAPIs matched: partial response"] });
    await expect(run).rejects.toMatchObject({ code: "METRIC_SOURCE_FAILED" });
  });

  it("with a series that has no name is refused", async () => {
    await expect(ingest(LATENCY, [{ metric: { le: "1" }, values: [[END, "1"]] }])).rejects.toMatchObject({
      code: "METRIC_SERIES_AMBIGUOUS",
      message: expect.stringContaining("no label service"),
    });
  });

  it("names a machine by its host", async () => {
    const query: PrometheusQuery = {
      ...LATENCY,
      metric: "connections",
      statistic: "mean",
      unit: "1",
      resource: "{instance|host}",
    };
    const { store } = await ingest(query, [
      {
        metric: { instance: "db-1:9100" },
        values: [
          [END, "4"],
          [END + 3600, "NaN"],
        ],
      },
    ]);
    expect(await store.listResources({ limit: 9 })).toMatchObject([{ resource: "db-1", points: 1 }]);
  });
});

describe("the file of queries", () => {
  it("that is built in is valid", () => {
    expect(parseMapping(DEFAULT_MAPPING, "built in").length).toBeGreaterThan(10);
  });

  it.each([
    ["metric: cpu", "queries.0.metric: there is no such metric"],
    ["unit: parsec", "queries.0.unit: it can't become"],
    ["resource: api", "queries.0.resource: it names no label"],
    ["statistic: sum", "queries.0.statistic: connections is not counted"],
    ["queri: x", 'Unrecognized key: "queri"'],
  ])("with %s is refused where it is wrong", (line, problem) => {
    const good = { metric: "connections", statistic: "mean", unit: "'1'", resource: "'{a}'", query: "q" };
    const [key = "", value] = line.split(": ");
    const entries = Object.entries({ ...good, [key]: value }).map(([name, text]) => `${name}: ${text}`);
    expect(() => parseMapping(`version: 1\nqueries:\n  - { ${entries.join(", ")} }`, "m.yaml")).toThrow(
      problem,
    );
  });
});
