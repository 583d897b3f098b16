import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { clusterErrors } from "./errors.ts";

const replySchema = z.object({
  id: z.string(),
  nextUri: z.string().optional(),
  columns: z.array(z.object({ name: z.string(), type: z.string() })).optional(),
  data: z.array(z.array(z.unknown())).optional(),
  stats: z.object({ state: z.string() }),
  error: z.object({ message: z.string(), errorName: z.string() }).optional(),
});

export interface StatementResult {
  readonly queryId: string;
  readonly columns: readonly string[];
  /** As Trino writes them in JSON: decimals and timestamps are texts. */
  readonly rows: readonly (readonly unknown[])[];
}

export interface StatementOptions {
  readonly catalog?: string;
  readonly schema?: string;
  readonly session?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Told once, when Trino has given the query its id. */
  readonly onQueryId?: (id: string) => void;
}

const headersOf = ({
  catalog = "trimtab",
  schema,
  session = {},
}: StatementOptions): Record<string, string> => {
  const settings = Object.entries(session).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return {
    "X-Trino-User": "trimtab",
    "X-Trino-Source": "trimtab-cluster",
    // Without it timestamps are cut to milliseconds.
    "X-Trino-Client-Capabilities": "PARAMETRIC_DATETIME",
    "X-Trino-Catalog": catalog,
    ...(schema === undefined ? {} : { "X-Trino-Schema": schema }),
    ...(settings.length === 0 ? {} : { "X-Trino-Session": settings.join(",") }),
  };
};

const ask = async (url: string, init: RequestInit): Promise<z.infer<typeof replySchema>> => {
  for (let tries = 0; ; tries++) {
    const reply = await fetch(url, init).catch((error) => {
      if (init.signal?.aborted) throw error;
      const problem = String(error.cause?.message ?? error.message);
      throw clusterErrors.create(
        "CLUSTER_UNREACHABLE",
        { url: new URL(url).origin, problem },
        { cause: error },
      );
    });
    if (reply.ok) return replySchema.parse(await reply.json());
    // 429, 502, 503 and 504 ask for another try; see the client protocol.
    if (![429, 502, 503, 504].includes(reply.status) || tries >= 50) {
      const problem = `HTTP ${reply.status} ${(await reply.text()).slice(0, 200)}`;
      throw clusterErrors.create("CLUSTER_UNREACHABLE", { url: new URL(url).origin, problem });
    }
    await sleep(100);
  }
};

/**
 * Runs one statement to its end. For scripts and tests of the cluster itself; questions go through the engine.
 * @throws CLUSTER_STATEMENT_FAILED, CLUSTER_UNREACHABLE
 * @see https://trino.io/docs/476/develop/client-protocol.html (read 2026-11-22)
 */
export const runStatement = async (
  url: string,
  statement: string,
  options: StatementOptions = {},
): Promise<StatementResult> => {
  const signal = options.signal === undefined ? {} : { signal: options.signal };
  const headers = headersOf(options);
  let reply = await ask(`${url}/v1/statement`, { method: "POST", body: statement, headers, ...signal });
  options.onQueryId?.(reply.id);
  let columns: readonly string[] = [];
  const rows: (readonly unknown[])[] = [];
  for (;;) {
    if (reply.error !== undefined) {
      const { errorName, message } = reply.error;
      const details = { errorName, problem: message, statement: statement.slice(0, 500) };
      throw clusterErrors.create("CLUSTER_STATEMENT_FAILED", details);
    }
    columns = reply.columns?.map(({ name }) => name) ?? columns;
    rows.push(...(reply.data ?? []));
    if (reply.nextUri === undefined) return { queryId: reply.id, columns, rows };
    reply = await ask(reply.nextUri, { headers, ...signal });
  }
};
