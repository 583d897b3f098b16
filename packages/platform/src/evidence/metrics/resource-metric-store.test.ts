import { instant, RESOURCE_METRICS, type ResourceMetric } from "@trimtab/domain";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { hourly, openTestMetrics } from "../../testing/resource-metrics.ts";
import { tempFolder } from "../../testing/temp-folder.ts";
import type { MetricOf } from "./resource-metric-store.ts";
import type { ResourcePoint } from "./resource-point.ts";

const JUNE = { start: instant("2026-06-01T00:00:00Z"), end: instant("2026-07-01T00:00:00Z") };
const CPU: MetricOf = { metric: "cpu.utilization", statistic: "mean" };

const open = async (root = tempFolder()) => {
  const opened = await openTestMetrics(root);
  onTestFinished(() => opened.lake.close());
  const write = (points: readonly ResourcePoint[]) => opened.store.write((sink) => sink.add(points));
  return { ...opened, write, root };
};

describe("summaries", () => {
  it("are exact over all points of the window, per resource", async () => {
    const { store, write } = await open();
    await write([
      ...hourly("2026-06-01T00:00:00Z", [0.1, 0.2, null, 0.4, 0.5]),
      ...hourly("2026-05-31T23:00:00Z", [0.9]),
      ...hourly("2026-06-01T00:00:00Z", [1], { resource: "vm-2" }),
    ]);
    const found = await store.summaries([CPU], { window: JUNE });
    expect(found.map(({ resource }) => resource)).toEqual(["vm-1", "vm-2"]);
    expect(found[0]?.found).toEqual({
      status: "known",
      value: {
        metric: "cpu.utilization",
        statistic: "mean",
        start: "2026-06-01T00:00:00Z",
        end: "2026-06-01T05:00:00Z",
        samples: 4,
        expected: 720,
        intervalSeconds: 3600,
        min: 0.1,
        mean: 0.3,
        p50: expect.closeTo(0.3, 12),
        p95: expect.closeTo(0.485, 12),
        p99: expect.closeTo(0.497, 12),
        max: 0.5,
        sum: 1.2,
      },
    });
  });

  it("equal a naive computation", async () => {
    const { store, write } = await open();
    const values = fc.array(fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })), {
      minLength: 1,
      maxLength: 60,
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(values, async (drawn) => {
        run += 1;
        const resource = `r-${run}`;
        await write(hourly("2026-06-03T00:00:00Z", drawn, { resource }));
        const [own] = await store.summaries([CPU], {
          window: JUNE,
          resources: [{ id: resource, aliases: [] }],
        });
        const kept = drawn.filter((value) => value !== null).toSorted((a, b) => a - b);
        if (kept.length === 0) return expect(own).toBeUndefined();
        if (own?.found.status !== "known") throw new Error("no summary");
        const { value } = own.found;
        const quantile = (q: number) => {
          const at = q * (kept.length - 1);
          const [low = 0, high = low] = [kept[Math.floor(at)], kept[Math.ceil(at)]];
          return low + (high - low) * (at - Math.floor(at));
        };
        const close = (a: number, b: number) =>
          expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(1, b));
        expect(value.samples).toBe(kept.length);
        expect([value.min, value.max]).toEqual([kept[0], kept.at(-1)]);
        close(value.p50, quantile(0.5));
        close(value.p95, quantile(0.95));
        close(
          value.sum,
          kept.reduce((a, b) => a + b, 0),
        );
      }),
      { numRuns: 15 },
    );
  }, 120_000);

  it("take the interval that covers most, and never mix two", async () => {
    const { store, write } = await open();
    const minute = (n: number) => new Date(Date.parse("2026-06-01T00:00:00Z") + n * 60_000).toISOString();
    await write([
      ...hourly("2026-06-01T00:00:00Z", [10, 10, 10], { metric: "requests", statistic: "sum" }),
      ...[0, 1].map(
        (n): ResourcePoint => ({
          resource: "vm-1",
          metric: "requests",
          statistic: "sum",
          time: instant(minute(n)),
          intervalSeconds: 60,
          value: 5,
        }),
      ),
    ]);
    const [own] = await store.summaries([{ metric: "requests", statistic: "sum" }], { window: JUNE });
    expect(own?.found).toMatchObject({ value: { sum: 30, samples: 3, intervalSeconds: 3600 } });
  });

  it("find a resource by any of its names, and no name that two have", async () => {
    const { store, write } = await open();
    await write([
      ...hourly("2026-06-01T00:00:00Z", [0.1, 0.1], { resource: "arn:db-1" }),
      ...hourly("2026-06-01T00:00:00Z", [0.2], { resource: "db-1" }),
      ...hourly("2026-06-01T00:00:00Z", [0.3], { resource: "web" }),
    ]);
    const found = await store.summaries([CPU], {
      window: JUNE,
      resources: [
        { id: "db-1", aliases: ["arn:db-1", "web"] },
        { id: "db-2", aliases: ["web", "db-1"] },
      ],
    });
    expect(found.map(({ resource }) => resource)).toEqual(["db-1"]);
    // The alias has more hours than the id
    expect(found[0]?.found).toMatchObject({ value: { samples: 2, max: 0.1 } });
  });
});

describe("labels", () => {
  const stored = async (metric: ResourceMetric, statistic: MetricOf["statistic"]) => {
    const { store, write } = await open();
    const of = (role: string, values: readonly number[]) =>
      hourly("2026-06-01T00:00:00Z", values, { metric, statistic, labels: { role } });
    await write([...of("reader", [1, 2]), ...of("writer", [10, 20])]);
    const [summary] = await store.summaries([{ metric, statistic }], { window: JUNE });
    const [series] = await store.seriesOf({ metric, statistic }, { window: JUNE });
    return { summary: summary?.found, series: series?.found };
  };

  it("add up where the parts are amounts", async () => {
    const { summary, series } = await stored("connections", "last");
    expect(summary).toMatchObject({ value: { samples: 2, min: 11, max: 22, sum: 33 } });
    expect(series).toMatchObject({ value: { values: [11, 22] } });
  });

  it("give the highest of the highest shares, and no mean of them", async () => {
    expect((await stored("cpu.utilization", "max")).summary).toMatchObject({ value: { max: 20, min: 10 } });
    const { summary, series } = await stored("cpu.utilization", "mean");
    expect(summary?.status).toBe("unknown");
    expect(series?.status).toBe("unknown");
  });
});

describe("series", () => {
  it("have a place for every interval, and nothing where nothing was measured", async () => {
    const { store, write } = await open();
    await write(hourly("2026-06-01T22:00:00Z", [1, null, null, 4]));
    const found = await store.series({ id: "vm", aliases: ["vm-1"] }, CPU, JUNE);
    expect(found).toEqual({
      status: "known",
      value: { ...CPU, start: "2026-06-01T22:00:00Z", intervalSeconds: 3600, values: [1, null, null, 4] },
    });
    expect((await store.series({ id: "vm-2", aliases: [] }, CPU, JUNE)).status).toBe("unknown");
  });
});

describe("distributions", () => {
  const histogram = (hour: number, counts: readonly number[], bounds: readonly number[] = [10, 100]) =>
    hourly(`2026-06-01T0${hour}:00:00Z`, [0], {
      metric: "request.latency",
      statistic: "histogram",
      value: { bounds, counts },
    });

  it("add up", async () => {
    const { store, write } = await open();
    await write([...histogram(0, [1, 2, 3]), ...histogram(1, [10, 0, 0.5])]);
    const [own] = await store.distributions("request.latency", { window: JUNE });
    expect(own?.found).toEqual({
      status: "known",
      value: {
        metric: "request.latency",
        start: "2026-06-01T00:00:00Z",
        end: "2026-06-01T02:00:00Z",
        bounds: [10, 100],
        counts: [11, 2, 3.5],
      },
    });
  });

  it("are told apart where their bounds differ", async () => {
    const { store, write } = await open();
    await write([...histogram(0, [1, 2, 3]), ...histogram(1, [10, 0], [10])]);
    const [own] = await store.distributions("request.latency", { window: JUNE });
    expect(own?.found).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("2 different sets"),
    });
  });
});

describe("writing", () => {
  it("the same again changes nothing; another value replaces; new ones are added", async () => {
    const { store, write } = await open();
    const points = hourly("2026-05-31T22:00:00Z", [1, 2, 3, 4]);
    expect(await write(points)).toMatchObject({ version: 1, given: 4, added: 4, changed: 0 });
    expect(await write(points)).toMatchObject({ version: 1, given: 4, added: 0, changed: 0 });
    expect(await write([...points, ...points])).toMatchObject({ version: 1, given: 4 });
    const later = hourly("2026-06-01T01:00:00Z", [5, 6]);
    expect(await write(later)).toMatchObject({ version: 2, given: 2, added: 1, changed: 1 });
    const window = { start: instant("2026-05-31T00:00:00Z"), end: JUNE.end };
    expect(await store.series({ id: "vm-1", aliases: [] }, CPU, window)).toMatchObject({
      value: { values: [1, 2, 3, 5, 6] },
    });
    expect(await store.list()).toMatchObject([{ metric: "cpu.utilization", resources: 1, points: 5 }]);
  });

  it("keeps every point over many small loads, in few files", async () => {
    const { store, lake, write } = await open();
    for (let hour = 0; hour < 23; hour += 1)
      await write(hourly(`2026-06-02T${String(hour).padStart(2, "0")}:00:00Z`, [hour]));
    expect(await store.series({ id: "vm-1", aliases: [] }, CPU, JUNE)).toMatchObject({
      value: { values: Array.from({ length: 23 }, (_, hour) => hour) },
    });
    expect((await lake.storage.files("resource_metrics/index")).length).toBeLessThan(12);
  }, 60_000);

  it("refuses two values for one interval, and takes in nothing", async () => {
    const { store, write } = await open();
    const points = [...hourly("2026-06-01T00:00:00Z", [1, 2]), ...hourly("2026-06-01T01:00:00Z", [3])];
    await expect(write(points)).rejects.toMatchObject({
      code: "LAKE_POINTS_CONTRADICT",
      details: { resource: "vm-1", time: "2026-06-01 01:00:00" },
    });
    expect(await store.list()).toEqual([]);
  });

  it.each([
    [{ value: Number.NaN }, "NaN is no value"],
    [{ time: instant("2026-06-01T00:30:00Z") }, "not the start of an interval"],
    [{ intervalSeconds: 7000 }, "does not divide a day"],
    [{ metric: "cpu" as ResourceMetric }, "no such metric"],
    [{ resource: "" }, "no resource"],
    [{ statistic: "histogram" as const }, "a histogram is no number"],
    [{ statistic: "histogram" as const, value: { bounds: [1, 2], counts: [1] } }, "one more count"],
    [{ statistic: "histogram" as const, value: { bounds: [2, 1], counts: [1, 1, 1] } }, "ascend"],
  ])("refuses %j", async (change, problem) => {
    const { write } = await open();
    const [point] = hourly("2026-06-01T00:00:00Z", [1]);
    await expect(write([{ ...(point as ResourcePoint), ...change }])).rejects.toMatchObject({
      code: "RESOURCE_POINT_INVALID",
      message: expect.stringContaining(problem),
    });
  });

  it("of two at once loses nothing", async () => {
    const { store, root } = await open();
    const others = await Promise.all([1, 2, 3].map(() => open(root)));
    await Promise.all(
      others.map(({ write }, index) => write(hourly(`2026-06-0${index + 1}T00:00:00Z`, [1, 2, 3]))),
    );
    expect(await store.list()).toMatchObject([{ points: 9 }]);
  });

  it("keeps text as hostile as it comes", async () => {
    const { store, write } = await open();
    const resource = `a'"; DROP TABLE x; --\u0000 \n*?[`;
    await write(hourly("2026-06-01T00:00:00Z", [1], { resource, labels: { "k'": `v"` } }));
    expect(await store.series({ id: resource, aliases: [] }, CPU, JUNE)).toMatchObject({
      value: { values: [1] },
    });
    expect(await store.listResources({ like: "drop table", limit: 5 })).toMatchObject([
      { resource, points: 1 },
    ]);
  });
});

it("every unit is one that labels know how to add", () => {
  const units = new Set(Object.values(RESOURCE_METRICS).map(({ unit }) => unit));
  for (const unit of units) expect(unit).toMatch(/^(1|ms|s|By|\{\w+\})$/);
});
