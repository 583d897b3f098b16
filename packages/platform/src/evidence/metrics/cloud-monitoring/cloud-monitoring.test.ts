import { instant } from "@trimtab/domain";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Answer, type SeenRequest, startGoogle } from "../../../testing/google-server.ts";
import { openTestMetrics } from "../../../testing/resource-metrics.ts";
import { tempFolder } from "../../../testing/temp-folder.ts";
import { openGoogleApi } from "../../clouds/google-api.ts";
import { ingestCloudMonitoring } from "./ingest-cloud-monitoring.ts";

const WINDOW = { start: instant("2026-06-01T00:00:00Z"), end: instant("2026-06-01T02:30:00Z") };
const API = "//run.googleapis.com/projects/acme/locations/us-central1/services/api";

const run = async (answer: (query: URLSearchParams, request: SeenRequest) => Answer | undefined) => {
  const google = await startGoogle((request) => {
    const query = new URL(request.path, "http://x").searchParams;
    return answer(query, request) ?? { json: {} };
  });
  const env = {
    CLOUDSDK_API_ENDPOINT_OVERRIDES_MONITORING: google.endpoint,
    CLOUDSDK_AUTH_ACCESS_TOKEN: "t",
  };
  const { lake, store } = await openTestMetrics(tempFolder());
  onTestFinished(() => lake.close());
  const written = store.write(async (sink) => {
    await ingestCloudMonitoring(
      { api: openGoogleApi({ env }), project: "acme", window: WINDOW, intervalSeconds: 3600 },
      sink,
    );
  });
  return { store, written, seen: google.seen };
};

const labels = { project_id: "acme", location: "us-central1", service_name: "api" };
const series = (points: readonly object[], own: object = labels) => ({
  metric: { labels: {} },
  resource: { type: "cloud_run_revision", labels: own },
  points,
});
const at = (hour: number, value: object) => ({
  interval: { startTime: `2026-06-01T0${hour - 1}:00:00Z`, endTime: `2026-06-01T0${hour}:00:00Z` },
  value,
});
const of = (query: URLSearchParams, type: string) =>
  query.get("filter")?.includes(`"run.googleapis.com/${type}"`);

describe("Cloud Monitoring", () => {
  it("gives counts, levels and distributions of a service, page by page", async () => {
    const { store, written, seen } = await run((query) => {
      if (of(query, "request_count") && !query.get("filter")?.includes("5xx")) {
        const isSecond = query.get("pageToken") === "more";
        const points = isSecond ? [at(1, { int64Value: "40" })] : [at(2, { int64Value: "60" })];
        return { json: { timeSeries: [series(points)], ...(isSecond ? {} : { nextPageToken: "more" }) } };
      }
      if (!of(query, "request_latencies")) return undefined;
      const distributionValue = {
        count: "6",
        mean: 25,
        bucketOptions: { exponentialBuckets: { numFiniteBuckets: 2, growthFactor: 2, scale: 10 } },
        bucketCounts: ["1", "2", "3"],
      };
      return {
        json: {
          timeSeries: [series([at(1, { distributionValue }), at(2, { distributionValue: { count: "0" } })])],
        },
      };
    });
    await written;
    const window = { start: WINDOW.start, end: instant("2026-06-02T00:00:00Z") };
    const requests = await store.series(
      { id: API, aliases: [] },
      { metric: "requests", statistic: "sum" },
      window,
    );
    expect(requests).toMatchObject({ value: { start: "2026-06-01T00:00:00Z", values: [40, 60] } });
    const [latency] = await store.distributions("request.latency", { window });
    expect(latency?.found).toMatchObject({ value: { bounds: [10, 20, 40], counts: [1, 2, 3, 0] } });
    const mean = await store.series(
      { id: API, aliases: [] },
      { metric: "request.latency", statistic: "mean" },
      window,
    );
    expect(mean).toMatchObject({ value: { values: [25] } });
    const first = new URL(seen[0]?.path ?? "", "http://x").searchParams;
    // Half an hour that is not over is not asked for.
    expect(first.get("interval.endTime")).toBe("2026-06-01T02:00:00.000Z");
    expect(first.getAll("aggregation.groupByFields")).toEqual([
      "resource.label.project_id",
      "resource.label.location",
      "resource.label.service_name",
    ]);
  });

  it("has no points of metrics that a project never wrote", async () => {
    const message = "Cannot find metric(s) that match type";
    const { store, written } = await run(() => ({ status: 404, json: { error: { message } } }));
    await written;
    expect(await store.list()).toEqual([]);
  });

  it("that fails half way leaves nothing behind", async () => {
    let asked = 0;
    const { store, written } = await run(() => {
      asked += 1;
      if (asked === 1) return { json: { timeSeries: [series([at(1, { int64Value: "40" })])] } };
      return { status: 403, json: { error: { message: "Permission monitoring.timeSeries.list denied" } } };
    });
    await expect(written).rejects.toMatchObject({ code: "EVIDENCE_ACCESS_DENIED" });
    expect(await store.list()).toEqual([]);
  });

  it("is asked again where it is busy, and refused where it is not whole", async () => {
    let asked = 0;
    const { written } = await run(() => {
      asked += 1;
      if (asked === 1) return { status: 503, json: { error: { message: "busy" } } };
      return { json: { executionErrors: [{ message: "a shard did not answer" }] } };
    });
    await expect(written).rejects.toMatchObject({
      code: "EVIDENCE_SOURCE_FAILED",
      message: expect.stringContaining("a shard did not answer"),
    });
    expect(asked).toBe(2);
  }, 30_000);
});
