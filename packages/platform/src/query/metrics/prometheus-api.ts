import { setTimeout as sleep } from "node:timers/promises";
import { TrimtabError } from "@trimtab/domain";
import { z } from "zod";
import { queryErrors } from "../errors.ts";

/** Prometheus refuses to answer with more points per series than this. */
export const MAX_POINTS = 10_000;
const MAX_ATTEMPTS = 4;
const FIRST_WAIT_MS = 500;

/** One question to `query_range`; times in seconds since 1970, both included. */
export interface RangeQuestion {
  /** Base address, e.g. `http://prometheus:9090`. */
  readonly url: string;
  /** PromQL. */
  readonly query: string;
  readonly stepSeconds: number;
  readonly start: number;
  readonly end: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

const sample = z.tuple([z.number(), z.string()]);
/** Rule (which ends belong to it), lower and upper end, count. */
const bucket = z.tuple([z.number(), z.string(), z.string(), z.string()]);
const histogram = z.object({ count: z.string(), sum: z.string(), buckets: z.array(bucket).default([]) });
const series = z.object({
  metric: z.record(z.string(), z.string()),
  values: z.array(sample).default([]),
  histograms: z.array(z.tuple([z.number(), histogram])).default([]),
});
const reply = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("success"),
    data: z.object({ resultType: z.literal("matrix"), result: z.array(series) }),
    warnings: z.array(z.string()).default([]),
  }),
  z.object({ status: z.literal("error"), errorType: z.string(), error: z.string() }),
]);

export type PrometheusSeries = z.output<typeof series>;
export type PrometheusHistogram = z.output<typeof histogram>;

/**
 * Series of one answer. An answer that says of itself that it is not whole (a store that did not reply) is refused.
 * @throws METRIC_SOURCE_FAILED
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/#range-queries, 2026-06
 */
export const queryRange = async (question: RangeQuestion): Promise<readonly PrometheusSeries[]> => {
  const text = await fetchText(question);
  const parsed = reply.safeParse(parseJson(text));
  if (!parsed.success)
    throw sourceFailed(question, `its reply is not Prometheus' (${text.slice(0, 80)})`, parsed.error);
  const { data } = parsed;
  if (data.status === "error") throw sourceFailed(question, `${data.errorType}: ${data.error}`);
  const partial = data.warnings.find((warning) => /partial|no store|unavailable/i.test(warning));
  if (partial !== undefined)
    throw sourceFailed(question, `its answer is not whole: ${partial.slice(0, 200)}`);
  return data.data.result;
};

export const sourceFailed = ({ url }: Pick<RangeQuestion, "url">, reason: string, cause?: unknown) =>
  queryErrors.create("METRIC_SOURCE_FAILED", { url: withoutPassword(url), reason }, { cause });

const withoutPassword = (url: string): string => url.replace(/\/\/[^/]*@/, "//");

/** A name and password in the address become a header: fetch refuses them there. */
const headersOf = ({ url, headers = {} }: RangeQuestion): Readonly<Record<string, string>> => {
  const { username, password } = URL.canParse(url) ? new URL(url) : { username: "", password: "" };
  if (username === "") return headers;
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString("base64")}`, ...headers };
};

/** A server that is busy (429, 503) is asked again a few times. */
const fetchText = async (question: RangeQuestion): Promise<string> => {
  const body = new URLSearchParams({
    query: question.query,
    start: String(question.start),
    end: String(question.end),
    step: String(question.stepSeconds),
  });
  try {
    const address = `${withoutPassword(question.url).replace(/\/+$/, "")}/api/v1/query_range`;
    for (let attempt = 1; ; attempt += 1) {
      const response = await fetch(address, {
        method: "POST",
        body,
        headers: headersOf(question),
        signal: question.signal ?? null,
      });
      const text = await response.text();
      const isBusy = response.status === 429 || response.status === 503;
      const isAnswer = parseJson(text) !== undefined;
      if (!isBusy || attempt === MAX_ATTEMPTS) {
        if (response.status === 401 || response.status === 403)
          throw sourceFailed(question, `it refused the credentials (HTTP ${response.status})`);
        if (!response.ok && !isAnswer)
          throw sourceFailed(question, `HTTP ${response.status} ${text.slice(0, 80)}`);
        return text;
      }
      await sleep(FIRST_WAIT_MS * 2 ** (attempt - 1));
    }
  } catch (error) {
    if (error instanceof TrimtabError) throw error;
    const { cause } = error instanceof Error ? error : {};
    const reason = cause instanceof Error ? cause : error;
    throw sourceFailed(question, reason instanceof Error ? reason.message : String(reason), error);
  }
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
