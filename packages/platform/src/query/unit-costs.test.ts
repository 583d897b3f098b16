import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { currencyCode, instant, type TrimtabError } from "@trimtab/domain";
import { describe, expect, it, onTestFinished } from "vitest";
import { openMetricStore } from "../lake/metrics.ts";
import { type TestCharge, writeChargeLake } from "../testing/charge-lake.ts";
import { tempFolder } from "../testing/temp-folder.ts";
import { openDuckdbEngine } from "./engines/duckdb.ts";
import { parseMetricsCsv } from "./metrics/metrics-csv.ts";
import { openMetrics } from "./metrics/open-metrics.ts";
import { readPrometheus } from "./metrics/prometheus.ts";
import { BASE_MODEL } from "./model/model.ts";
import { parseQueryText } from "./parse-query.ts";
import { runQuery } from "./run-query.ts";

const charge = (day: string, service: string, cost: string): TestCharge => ({
  BillingCurrency: "USD",
  BillingPeriodStart: "2026-01-01 00:00:00",
  ChargePeriodStart: `${day} 00:00:00`,
  ChargePeriodEnd: `${day} 12:00:00`,
  ServiceName: service,
  EffectiveCost: cost,
});

const setUp = async (csv: string) => {
  const lake = await writeChargeLake(tempFolder(), [
    {
      id: "jan",
      billingPeriod: "2026-01-01",
      charges: [
        charge("2026-01-01", "Compute", "10"),
        charge("2026-01-01", "Storage", "1"),
        charge("2026-01-02", "Compute", "20"),
        charge("2026-01-03", "Compute", "7"),
      ],
    },
  ]);
  onTestFinished(() => lake.close());
  const store = openMetricStore(lake.storage, lake.database, () => new Date());
  for (const [id, points] of parseMetricsCsv(csv, "metrics.csv")) await store.write(id, points);
  const metrics = await openMetrics(
    store,
    new Map([["users", { unit: "user", aggregation: "average" as const, target: "0.5" }]]),
  );
  const model = { ...BASE_MODEL, metrics };
  const ask = (text: string) =>
    runQuery(openDuckdbEngine(lake), parseQueryText(text, model), {
      scope: "unrestricted",
      currency: currencyCode("USD"),
      timeZone: "UTC",
      now: instant("2026-02-01T00:00:00Z"),
      signal: new AbortController().signal,
      model,
    });
  return { ask, store };
};

const csv =
  "time,metric,value,ServiceName\n2026-01-01,requests,4,\n2026-01-02,requests,3,\n" +
  "2026-01-01,users,10,\n2026-01-02,users,20,\n2026-01-03,users,30,\n" +
  '2026-01-01,files,5,Compute\n2026-01-01,files,"2",Storage\n';

describe("unit costs", () => {
  it("divides cost by a metric, by day and service, and says where the metric is missing", async () => {
    const { ask } = await setUp(csv);
    const result = await ask("cost-per:requests by ServiceName per day");
    expect(result.rows).toEqual([
      ["2026-01-01", "Compute", "2.5"],
      ["2026-01-01", "Storage", "0.25"],
      ["2026-01-02", "Compute", "6.666666666667"],
      ["2026-01-03", "Compute", null],
    ]);
    expect(result.total.at(-1)).toBe("5.428571428571");
    expect(result.unknown).toMatchObject([{ reason: "the metric has no value here", cells: [3] }]);
  });

  it("adds up each metric in its own way and keeps labelled values with their dimension", async () => {
    const { ask } = await setUp(csv);
    const users = await ask("cost-per:users per month");
    expect(users.rows).toEqual([["2026-01", "1.9"]]);
    expect(users.columns[1]).toMatchObject({ kind: "price", target: "0.5" });
    const files = await ask("cost-per:files by ServiceName from 2026-01-01 to 2026-01-01");
    expect(files.rows).toEqual([
      ["Compute", "2"],
      ["Storage", "0.5"],
    ]);
    expect(files.total).toEqual([null, "1.571428571429"]);
  });

  it("replaces points of the same time and labels when loaded again", async () => {
    const { store } = await setUp(csv);
    for (let again = 0; again < 12; again += 1) {
      await store.write("requests", [
        { time: "2026-01-02 00:00:00", value: "5", labels: {} },
        { time: "2026-01-02 00:00:00", value: "1", labels: { "tag:a": "x", ServiceName: "y" } },
      ]);
    }
    expect(await store.read("requests", null, null)).toEqual([
      { time: "2026-01-01 00:00:00", value: "4.000000000000", labels: {} },
      { time: "2026-01-02 00:00:00", value: "1.000000000000", labels: { ServiceName: "y", "tag:a": "x" } },
      { time: "2026-01-02 00:00:00", value: "5.000000000000", labels: {} },
    ]);
    expect((await store.list()).get("requests")).toMatchObject({ rows: 3, start: "2026-01-01 00:00:00" });
  });

  it("keeps what both of two writers at once have written", async () => {
    const { store } = await setUp(csv);
    const write = (day: number) =>
      store.write("requests", [{ time: `2026-02-0${day} 00:00:00`, value: String(day), labels: {} }]);
    await Promise.all([1, 2, 3, 4].map(write));
    expect(
      (await store.read("requests", "2026-02-01 00:00:00", null)).map(({ value }) => Number(value)),
    ).toEqual([1, 2, 3, 4]);
  });

  it.each([
    ["time,value\n", 1],
    ["time,metric,value,Servce\n", 1],
    ["time,metric,value\n2026-01-01,a,1\n2026-02-30,a,1\n", 3],
    ["time,metric,value\n2026-01-01,a,NaN\n", 2],
    ["time,metric,value\n2026-01-01,a,1,2\n", 2],
    ["time,metric,value\n2026-01-01,a,1\n2026-01-01,a,2\n", 3],
    ['time,metric,value\n2026-01-01,"a,1\n', 2],
  ])("names the line that is wrong in %j", (text, line) => {
    const read = () => parseMetricsCsv(text, "m.csv");
    expect(read).toThrow(expect.objectContaining({ code: "METRIC_INVALID" }));
    try {
      read();
    } catch (error) {
      expect((error as TrimtabError).details.line).toBe(line);
    }
  });
});

const serve = async (answer: (form: URLSearchParams) => unknown): Promise<string> => {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += String(chunk);
    });
    request.on("end", () => {
      const reply = request.url === "/api/v1/query_range" ? answer(new URLSearchParams(body)) : "not here";
      response.end(typeof reply === "string" ? reply : JSON.stringify(reply));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
};

const matrix = (result: unknown) => ({ status: "success", data: { resultType: "matrix", result } });

describe("readPrometheus", () => {
  it("reads series in chunks, stamps them with the step they cover and skips what is no number", async () => {
    const asked: string[] = [];
    const url = await serve((form) => {
      asked.push(`${form.get("start")}-${form.get("end")}/${form.get("step")} ${form.get("query")}`);
      const time = Number(form.get("start"));
      return matrix([
        { metric: { team: "a" }, values: [[time, "1.5e+03"]] },
        { metric: {}, values: [[time, "NaN"]] },
      ]);
    });
    const request = { url, query: "sum(x) by (team)", stepSeconds: 60, labels: { "tag:team": "team" } };
    const answer = await readPrometheus({
      ...request,
      start: 1_767_225_660,
      end: 1_767_225_660 + 60 * 10_000,
    });
    expect(asked).toEqual([
      "1767225660-1767825600/60 sum(x) by (team)",
      "1767825660-1767825660/60 sum(x) by (team)",
    ]);
    expect(answer).toEqual({
      points: [
        { time: "2026-01-01 00:00:00", value: "1500", labels: { "tag:team": "a" } },
        { time: "2026-01-07 22:40:00", value: "1500", labels: { "tag:team": "a" } },
      ],
      skipped: 2,
    });
  });

  it.each([
    [{ status: "error", errorType: "bad_data", error: "parse error" }, "bad_data: parse error"],
    ["<html>", "not Prometheus'"],
    [
      matrix([
        { metric: { pod: "1" }, values: [[0, "1"]] },
        { metric: { pod: "2" }, values: [[0, "1"]] },
      ]),
      "same dimensions",
    ],
  ])("says why %j is no metric", async (reply, reason) => {
    const url = await serve(() => reply);
    const request = { url, query: "x", stepSeconds: 60, start: 0, end: 0 };
    await expect(readPrometheus(request)).rejects.toThrow(reason);
  });

  it("says that nobody answers, without the password", async () => {
    const request = { url: "http://user:secret@127.0.0.1:1", query: "x", stepSeconds: 60, start: 0, end: 0 };
    const failure = await readPrometheus(request).catch((error: TrimtabError) => error);
    expect(failure).toMatchObject({ code: "METRIC_SOURCE_FAILED" });
    expect(String(failure)).not.toContain("secret");
  });
});
