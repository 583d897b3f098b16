import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { lakeErrors } from "../../../lake/errors.ts";
import type { CellValue, ResultSet } from "../../../lake/result-set.ts";
import { clusterErrors } from "./errors.ts";
import { parseAnswer, resultColumn } from "./result-cells.ts";
import { queryErrorShape, toClusterFailure } from "./to-cluster-failure.ts";
import type { TrinoSettings } from "./trino-settings.ts";

interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told once: the cluster's own name for the statement, by which its system tables know it. */
  readonly onQueryId?: ((id: string) => void) | undefined;
}

/** The little of Trino that this program needs. */
export interface TrinoClient {
  readonly settings: TrinoSettings;
  /** @throws CLUSTER_*, LAKE_CANCELLED */
  run(statement: string, options?: RunOptions): Promise<ResultSet>;
  /** Version and state of the coordinator. @throws CLUSTER_UNREACHABLE, CLUSTER_NOT_TRINO */
  info(signal?: AbortSignal): Promise<ServerInfo>;
}

export interface ServerInfo {
  /** As the server writes it, e.g. `476` or `476-e.1`. */
  readonly version: string;
  readonly starting: boolean;
  /** The coordinator's clock, from its HTTP answer; undefined where a proxy took it out. */
  readonly date: Date | undefined;
}

/** A request that gets no answer for so long is lost; the cluster itself answers within a second or so. */
const REQUEST_MS = 60_000;
/** What a gateway says while the coordinator is away is tried again for so long. */
const PATIENCE_MS = 30_000;
const FIRST_DELAY_MS = 50;
const MAX_DELAY_MS = 2000;

const infoShape = z.object({
  nodeVersion: z.object({ version: z.string() }),
  starting: z.boolean().default(false),
});
const answerShape = z.object({
  id: z.string(),
  nextUri: z.string().optional(),
  columns: z.array(z.object({ name: z.string(), type: z.string() })).optional(),
  data: z.array(z.array(z.unknown())).optional(),
  error: queryErrorShape.optional(),
});
type Answer = z.output<typeof answerShape>;

/** @see https://trino.io/docs/476/develop/client-protocol.html (read 2026-11-22) */
export const openTrinoClient = (settings: TrinoSettings): TrinoClient => {
  const exchange = exchangeOf(settings);
  return {
    settings,
    run: async (statement, options = {}) => {
      if (options.signal?.aborted) throw lakeErrors.create("LAKE_CANCELLED");
      return await runStatement(exchange, settings, statement, options);
    },
    info: async (signal) => {
      const response = await exchange(new URL("/v1/info", settings.url), { method: "GET", signal });
      const parsed = infoShape.safeParse(await jsonOf(response, settings));
      if (!parsed.success) throw notTrino(settings, "/v1/info is not what a coordinator says");
      const date = Date.parse(response.headers.get("date") ?? "");
      return {
        version: parsed.data.nodeVersion.version,
        starting: parsed.data.starting,
        date: Number.isNaN(date) ? undefined : new Date(date),
      };
    },
  };
};

const runStatement = async (
  exchange: Exchange,
  settings: TrinoSettings,
  statement: string,
  { signal, onQueryId }: RunOptions,
): Promise<ResultSet> => {
  let next: URL | undefined;
  try {
    const start = new URL("/v1/statement", settings.url);
    let answer = await answerOf(await exchange(start, { method: "POST", body: statement, signal }), settings);
    onQueryId?.(answer.id);
    let columns: readonly ReturnType<typeof resultColumn>[] = [];
    const rows: (readonly CellValue[])[] = [];
    for (;;) {
      if (answer.error !== undefined) throw toClusterFailure(answer.error, answer.id, settings);
      if (answer.columns !== undefined && columns.length === 0) columns = answer.columns.map(resultColumn);
      for (const row of answer.data ?? [])
        rows.push(columns.map(({ convert }, index) => convert(row[index])));
      if (answer.nextUri === undefined) break;
      next = followed(answer.nextUri, settings);
      answer = await answerOf(await exchange(next, { method: "GET", signal }), settings);
    }
    return { columns: columns.map(({ name, type }) => ({ name, type })), rows };
  } catch (error) {
    if (!signal?.aborted) throw error;
    // Without this the cluster would work on for nobody, until it misses the client.
    if (next !== undefined) await exchange(next, { method: "DELETE" }).catch(() => undefined);
    throw lakeErrors.create("LAKE_CANCELLED", {}, { cause: error });
  }
};

/** Credentials go to the configured address and nowhere else. */
const followed = (uri: string, settings: TrinoSettings): URL => {
  const next = URL.canParse(uri) ? new URL(uri) : undefined;
  if (next?.origin === settings.url.origin) return next;
  throw notTrino(settings, `it continues at another address, ${next?.origin ?? "which is none"}`);
};

const answerOf = async (response: Response, settings: TrinoSettings): Promise<Answer> => {
  const parsed = answerShape.safeParse(await jsonOf(response, settings));
  if (parsed.success) return parsed.data;
  throw notTrino(settings, "its answer has another form");
};

const jsonOf = async (response: Response, settings: TrinoSettings): Promise<unknown> => {
  const text = await response.text().catch((error: unknown) => {
    throw unreachable(settings, error);
  });
  try {
    return parseAnswer(text);
  } catch (error) {
    throw clusterErrors.create(
      "CLUSTER_NOT_TRINO",
      { url: settings.url.origin, reason: "its answer is no JSON" },
      { cause: error },
    );
  }
};

interface Sent {
  readonly method: "GET" | "POST" | "DELETE";
  readonly body?: string;
  readonly signal?: AbortSignal | undefined;
}
type Exchange = (url: URL, sent: Sent) => Promise<Response>;

const AWAY = new Set([429, 502, 503, 504]);

/** Sends a request; what a gateway answers for a coordinator that is away, and lost pages, are tried again. */
const exchangeOf = (settings: TrinoSettings): Exchange => {
  const headers = headersOf(settings);
  return async (url, { method, body, signal }) => {
    const start = Date.now();
    for (let delayMs = FIRST_DELAY_MS; ; delayMs = Math.min(delayMs * 2, MAX_DELAY_MS)) {
      const patience = AbortSignal.timeout(REQUEST_MS);
      const isLate = () => Date.now() - start > PATIENCE_MS;
      try {
        const response = await fetch(url, {
          method,
          headers,
          redirect: "error",
          signal: signal === undefined ? patience : AbortSignal.any([signal, patience]),
          ...(body === undefined ? {} : { body }),
        });
        if (!AWAY.has(response.status) || isLate()) return accepted(response, settings);
        await response.body?.cancel();
      } catch (error) {
        // A statement may have arrived before its connection broke; a page can always be asked for again.
        if (signal?.aborted || !(error instanceof TypeError) || url.pathname === "/v1/info")
          throw failed(settings, error);
        if (method === "POST" || isLate()) throw failed(settings, error);
      }
      await sleep(delayMs, undefined, signal === undefined ? {} : { signal });
    }
  };
};

const headersOf = ({ user, password, token, catalog, schema, session }: TrinoSettings): Headers => {
  const headers = new Headers({
    "X-Trino-User": user,
    "X-Trino-Source": "trimtab",
    "X-Trino-Catalog": catalog,
    "X-Trino-Schema": schema,
    "X-Trino-Time-Zone": "UTC",
    // Else times come cut to milliseconds.
    "X-Trino-Client-Capabilities": "PARAMETRIC_DATETIME",
    "User-Agent": "trimtab",
  });
  // Times of charges have microseconds; a catalog reads milliseconds unless it is told otherwise.
  const properties = { [`${catalog}.timestamp_precision`]: "MICROSECONDS", ...session };
  for (const [name, value] of Object.entries(properties))
    headers.append("X-Trino-Session", `${name}=${encodeURIComponent(value)}`);
  if (password !== undefined)
    headers.set("Authorization", `Basic ${Buffer.from(`${user}:${password}`, "utf8").toString("base64")}`);
  if (token !== undefined) headers.set("Authorization", `Bearer ${token}`);
  return headers;
};

const accepted = async (response: Response, settings: TrinoSettings): Promise<Response> => {
  if (response.ok) return response;
  const text = (await response.text().catch(() => "")).replace(/\s+/g, " ").slice(0, 200);
  const { user } = settings;
  if (response.status === 401)
    throw clusterErrors.create("CLUSTER_SIGN_IN", { url: settings.url.origin, user });
  if (response.status === 403)
    throw clusterErrors.create("CLUSTER_FORBIDDEN", { user, reason: text || "HTTP 403" });
  if (AWAY.has(response.status)) throw unreachable(settings, new Error(`HTTP ${response.status}`));
  throw notTrino(settings, `HTTP ${response.status} ${text}`.trim());
};

const failed = (settings: TrinoSettings, error: unknown): Error =>
  error instanceof Error && "code" in error && String(error.code).startsWith("CLUSTER_")
    ? error
    : unreachable(settings, error);

const unreachable = (settings: TrinoSettings, error: unknown) => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const message = cause instanceof Error ? cause.message : String(cause);
  const reason = message || code || "no reason given";
  return clusterErrors.create("CLUSTER_UNREACHABLE", { url: settings.url.origin, reason }, { cause: error });
};

const notTrino = (settings: TrinoSettings, reason: string) =>
  clusterErrors.create("CLUSTER_NOT_TRINO", { url: settings.url.origin, reason });
