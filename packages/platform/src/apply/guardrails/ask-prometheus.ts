import { type Known, known, unknown } from "@trimtab/domain";
import { z } from "zod";
import { applyErrors } from "../errors.ts";

/** The value of an expression now; unknown where there is no data. @throws GUARDRAIL_SOURCE_FAILED */
export type AskMetric = (query: string, signal: AbortSignal) => Promise<Known<number>>;

const PATIENCE_MS = 10_000;

const sample = z.tuple([z.number(), z.string()]);
const reply = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("success"),
    data: z.discriminatedUnion("resultType", [
      z.object({ resultType: z.literal("vector"), result: z.array(z.object({ value: sample })) }),
      z.object({ resultType: z.literal("scalar"), result: sample }),
      z.object({ resultType: z.literal("matrix"), result: z.array(z.unknown()) }),
      z.object({ resultType: z.literal("string"), result: z.unknown() }),
    ]),
  }),
  z.object({ status: z.literal("error"), errorType: z.string(), error: z.string() }),
]);

/** @see https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries, 2026-06 */
export const prometheusAt =
  (url: string, env: Readonly<Record<string, string | undefined>>): AskMetric =>
  async (query, signal) => {
    const address = new URL(url);
    const { username, password } = address;
    address.username = "";
    address.password = "";
    const shown = address.href.replace(/\/+$/, "");
    const failed = (reason: string, cause?: unknown) =>
      applyErrors.create("GUARDRAIL_SOURCE_FAILED", { url: shown, reason }, { cause });
    let text: string;
    try {
      const response = await fetch(`${shown}/api/v1/query`, {
        method: "POST",
        body: new URLSearchParams({ query }),
        headers: authorization(env.TRIMTAB_PROMETHEUS_TOKEN, username, password),
        signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
      });
      text = await response.text();
    } catch (error) {
      signal.throwIfAborted();
      const { cause } = error instanceof Error ? error : {};
      const reason = cause instanceof Error ? cause : error;
      throw failed(reason instanceof Error ? reason.message : String(reason), error);
    }
    const parsed = reply.safeParse(parseJson(text));
    if (!parsed.success) throw failed(`its reply is not Prometheus' (${text.slice(0, 80)})`);
    if (parsed.data.status === "error") throw failed(`${parsed.data.errorType}: ${parsed.data.error}`);
    const { data } = parsed.data;
    if (data.resultType === "scalar") return toNumber(data.result[1]);
    if (data.resultType !== "vector") throw failed(`the query gives a ${data.resultType}, not one value`);
    const [first, second] = data.result;
    if (second !== undefined) throw failed("the query gives several series: add them up");
    return first === undefined ? unknown("the query finds no data") : toNumber(first.value[1]);
  };

const authorization = (
  token: string | undefined,
  username: string,
  password: string,
): Record<string, string> => {
  if (token) return { authorization: `Bearer ${token}` };
  if (username === "") return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
};

/** 0 ÷ 0 of an idle minute is no evidence of anything. */
const toNumber = (text: string): Known<number> => {
  const value = Number(text);
  return Number.isFinite(value) ? known(value) : unknown(`the query gives ${text}`);
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
