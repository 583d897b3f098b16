import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { requireVersion } from "./server-version.ts";
import { openTrinoClient } from "./trino-client.ts";
import { readTrinoSettings } from "./trino-settings.ts";

type Handler = (request: IncomingMessage, response: ServerResponse, origin: string) => void;

const answer = (response: ServerResponse, body: unknown, status = 200): void => {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
};

/** What gateways and coordinators do that a healthy cluster can't be brought to: a server that speaks as they do. */
const serve = async (handler: Handler, env: Record<string, string> = {}) => {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    handler(request, response, `http://${request.headers.host}`);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const client = openTrinoClient(
    readTrinoSettings({ TRIMTAB_TRINO_URL: `http://127.0.0.1:${port}`, ...env }),
  );
  return { client, seen };
};

const columns = [
  { name: "n", type: "bigint" },
  { name: "d", type: "decimal(38,12)" },
  { name: "t", type: "timestamp(6)" },
];

describe("the client of Trino", () => {
  it("follows pages, tries again what a gateway answers, and loses no digit", async () => {
    let gateway = 0;
    const { client, seen } = await serve((request, response, origin) => {
      if (request.method === "POST") return answer(response, { id: "q", nextUri: `${origin}/v1/1` });
      gateway += 1;
      if (gateway === 1) return answer(response, "bad gateway", 502);
      if (gateway === 2) return answer(response, "", 503);
      const row = '[9223372036854775807, "0.100000000000", "2026-01-01 00:00:00.250000"]';
      return answer(
        response,
        `{"id": "q", "columns": ${JSON.stringify(columns)}, "data": [${row}, [1, null, null]]}`,
      );
    });
    const ids: string[] = [];
    const { rows } = await client.run("SELECT 1", { onQueryId: (id) => ids.push(id) });
    expect(ids).toEqual(["q"]);
    expect(rows).toEqual([
      ["9223372036854775807", "0.100000000000", "2026-01-01 00:00:00.25"],
      ["1", null, null],
    ]);
    expect(seen.map(({ method }) => method)).toEqual(["POST", "GET", "GET", "GET"]);
    expect(seen[0]?.headers).toMatchObject({ "x-trino-user": "trimtab", "x-trino-catalog": "trimtab" });
  });

  it("ends the query on the cluster when it is cancelled", async () => {
    const controller = new AbortController();
    const { client, seen } = await serve((request, response, origin) => {
      if (request.method === "DELETE") return answer(response, {}, 204);
      if (request.method === "GET") controller.abort();
      return setTimeout(() => answer(response, { id: "q", nextUri: `${origin}/v1/1` }), 20);
    });
    await expect(client.run("SELECT 1", { signal: controller.signal })).rejects.toMatchObject({
      code: "LAKE_CANCELLED",
    });
    expect(seen.at(-1)?.method).toBe("DELETE");
  });

  it("sends credentials to no other address", async () => {
    const { client, seen } = await serve(
      (_, response) => answer(response, { id: "q", nextUri: "http://elsewhere.example/v1/1" }),
      { TRIMTAB_TRINO_PASSWORD: "s3cret" },
    );
    const failure = await client.run("SELECT 1").catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "CLUSTER_NOT_TRINO" });
    expect(JSON.stringify(failure)).not.toContain("s3cret");
    expect(seen).toHaveLength(1);
  });

  it.each([
    [401, "CLUSTER_SIGN_IN"],
    [403, "CLUSTER_FORBIDDEN"],
    [404, "CLUSTER_NOT_TRINO"],
    [500, "CLUSTER_NOT_TRINO"],
  ])("says what to do about HTTP %i", async (status, code) => {
    const { client } = await serve((_, response) => answer(response, "no", status));
    await expect(client.run("SELECT 1")).rejects.toMatchObject({ code });
  });

  it.each([
    ["CATALOG_NOT_FOUND", "CLUSTER_CATALOG_UNKNOWN"],
    ["TABLE_NOT_FOUND", "CLUSTER_NOT_PUBLISHED"],
    ["COLUMN_NOT_FOUND", "CLUSTER_TABLE_CHANGED"],
    ["PERMISSION_DENIED", "CLUSTER_FORBIDDEN"],
    ["EXCEEDED_LOCAL_MEMORY_LIMIT", "CLUSTER_OUT_OF_MEMORY"],
    ["QUERY_QUEUE_FULL", "CLUSTER_BUSY"],
    ["DIVISION_BY_ZERO", "CLUSTER_QUERY_FAILED"],
  ])("says what to do about %s", async (errorName, code) => {
    const { client } = await serve((_, response) =>
      answer(response, { id: "q", error: { message: "m", errorName, errorCode: 1 } }),
    );
    await expect(client.run("SELECT 1")).rejects.toMatchObject({ code });
  });

  it("tells a server that is no Trino, or too old, or not there", async () => {
    const { client: other } = await serve((_, response) => answer(response, "<html>"));
    await expect(other.info()).rejects.toMatchObject({ code: "CLUSTER_NOT_TRINO" });
    const { client: old } = await serve((_, response) =>
      answer(response, { nodeVersion: { version: "351-e.2" }, starting: false }),
    );
    await expect(requireVersion(old)).rejects.toMatchObject({ code: "CLUSTER_VERSION_OLD" });
    const nobody = openTrinoClient(readTrinoSettings({ TRIMTAB_TRINO_URL: "http://127.0.0.1:1" }));
    await expect(nobody.run("SELECT 1")).rejects.toMatchObject({ code: "CLUSTER_UNREACHABLE" });
  });
});

describe("the settings of a cluster", () => {
  it.each([
    [{}, "CLUSTER_NOT_CONFIGURED"],
    [{ TRIMTAB_TRINO_URL: "trino:8080" }, "CLUSTER_SETTING_INVALID"],
    [{ TRIMTAB_TRINO_URL: "https://me:pw@trino" }, "CLUSTER_SETTING_INVALID"],
    [{ TRIMTAB_TRINO_URL: "https://trino/ui" }, "CLUSTER_SETTING_INVALID"],
    [{ TRIMTAB_TRINO_URL: "http://trino.example", TRIMTAB_TRINO_PASSWORD: "x" }, "CLUSTER_SETTING_INVALID"],
    [{ TRIMTAB_TRINO_URL: "https://trino", TRIMTAB_TRINO_SCHEMA: 'a"b' }, "CLUSTER_SETTING_INVALID"],
    [{ TRIMTAB_TRINO_URL: "https://trino", TRIMTAB_TRINO_SESSION: "spill" }, "CLUSTER_SETTING_INVALID"],
  ])("refuse %j", (env: Record<string, string>, code) => {
    expect(() => readTrinoSettings(env)).toThrow(expect.objectContaining({ code }));
  });

  it("take session properties and a place without its last slash", () => {
    const settings = readTrinoSettings({
      TRIMTAB_TRINO_URL: "https://trino",
      TRIMTAB_TRINO_SESSION: "spill_enabled=true, retry_policy=TASK",
      TRIMTAB_TRINO_LOCATION: "s3://bucket/lake/",
    });
    expect(settings).toMatchObject({
      session: { spill_enabled: "true", retry_policy: "TASK" },
      location: "s3://bucket/lake",
    });
  });
});
