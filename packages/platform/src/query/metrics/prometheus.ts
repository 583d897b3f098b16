import { z } from "zod";
import { queryErrors } from "../errors.ts";
import type { MetricPoint } from "../model/model.ts";
import { pointValue } from "./metrics-csv.ts";

/** Prometheus refuses to answer with more points per series than this. */
const MAX_POINTS = 10_000;

export interface PrometheusRequest {
  /** Base address, e.g. `http://prometheus:9090`. */
  readonly url: string;
  /** PromQL, e.g. `sum(increase(http_requests_total[1d])) by (team)`. */
  readonly query: string;
  /** Seconds between points, e.g. 86400. */
  readonly stepSeconds: number;
  /** Seconds since 1970, both included; multiples of the step give days that start at midnight. */
  readonly start: number;
  readonly end: number;
  /** Dimension → Prometheus label, e.g. `{"tag:team": "team"}`; other labels must not be in the answer. */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * How far a point's time is moved back: a value over the last day (`[1d]`) is stamped at that day's end.
   * Default: one step.
   */
  readonly offsetSeconds?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

export interface PrometheusAnswer {
  readonly points: readonly MetricPoint[];
  /** Samples that are no number (NaN, Inf): left out, for they are no evidence. */
  readonly skipped: number;
}

const sample = z.tuple([z.number(), z.string()]);
const reply = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("success"),
    data: z.object({
      resultType: z.literal("matrix"),
      result: z.array(z.object({ metric: z.record(z.string(), z.string()), values: z.array(sample) })),
    }),
  }),
  z.object({ status: z.literal("error"), errorType: z.string(), error: z.string() }),
]);

/**
 * Reads a metric over a time from Prometheus or anything that speaks its HTTP API.
 * @throws METRIC_SOURCE_FAILED
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/#range-queries, 2026-06
 */
export const readPrometheus = async (request: PrometheusRequest): Promise<PrometheusAnswer> => {
  const points: MetricPoint[] = [];
  let skipped = 0;
  const chunk = request.stepSeconds * (MAX_POINTS - 1);
  for (let start = request.start; start <= request.end; start += chunk + request.stepSeconds) {
    const series = await fetchChunk(request, start, Math.min(start + chunk, request.end));
    for (const { metric, values } of series) {
      const labels = labelsOf(request, metric);
      for (const [time, text] of values) {
        const value = pointValue(text);
        if (value === undefined) skipped += 1;
        else
          points.push({
            time: timeText(time - (request.offsetSeconds ?? request.stepSeconds)),
            value,
            labels,
          });
      }
    }
  }
  return { points: unique(request, points), skipped };
};

const timeText = (seconds: number): string =>
  new Date(Math.round(seconds) * 1000).toISOString().slice(0, 19).replace("T", " ");

const failed = ({ url }: PrometheusRequest, reason: string, cause?: unknown) =>
  queryErrors.create("METRIC_SOURCE_FAILED", { url: withoutPassword(url), reason }, { cause });

const withoutPassword = (url: string): string => url.replace(/\/\/[^/]*@/, "//");

/** A name and password in the address become a header: fetch refuses them there. */
const headersOf = ({ url, headers = {} }: PrometheusRequest): Readonly<Record<string, string>> => {
  const { username, password } = URL.canParse(url) ? new URL(url) : { username: "", password: "" };
  if (username === "") return headers;
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString("base64")}`, ...headers };
};

const fetchChunk = async (request: PrometheusRequest, start: number, end: number) => {
  const body = new URLSearchParams({
    query: request.query,
    start: String(start),
    end: String(end),
    step: String(request.stepSeconds),
  });
  let text: string;
  try {
    const address = `${withoutPassword(request.url).replace(/\/+$/, "")}/api/v1/query_range`;
    const response = await fetch(address, {
      method: "POST",
      body,
      headers: headersOf(request),
      signal: request.signal ?? null,
    });
    text = await response.text();
  } catch (error) {
    const { cause } = error instanceof Error ? error : {};
    const reason = cause instanceof Error ? cause : error;
    throw failed(request, reason instanceof Error ? reason.message : String(reason), error);
  }
  const parsed = reply.safeParse(parseJson(text));
  if (!parsed.success)
    throw failed(request, `its reply is not Prometheus' (${text.slice(0, 80)})`, parsed.error);
  if (parsed.data.status === "error") throw failed(request, `${parsed.data.errorType}: ${parsed.data.error}`);
  return parsed.data.data.result;
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const labelsOf = ({ labels = {} }: PrometheusRequest, metric: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(labels).flatMap(([dimension, label]) => {
      const value = metric[label];
      return value === undefined || value === "" ? [] : [[dimension, value]];
    }),
  );

/** Two series with the same dimensions would silently replace each other: the query must add them up. */
const unique = (request: PrometheusRequest, points: readonly MetricPoint[]): readonly MetricPoint[] => {
  const seen = new Set<string>();
  for (const { time, labels } of points) {
    const key = JSON.stringify([time, labels]);
    if (seen.has(key)) {
      const reason =
        "several series have the same dimensions; add them up with sum(…) by (…), or map their labels";
      throw failed(request, reason);
    }
    seen.add(key);
  }
  return points;
};
