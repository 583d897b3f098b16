import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Scope } from "../query/types.ts";
import { openBillLake } from "../testing/bill-lake.ts";
import { type TestCharge, writeFocusBill } from "../testing/focus-bill.ts";
import { openTestServer } from "../testing/test-server.ts";
import { api } from "./api.ts";

const CHARGES: readonly TestCharge[] = [
  { day: "2026-05-03", billed: "10.5", service: "Compute", account: "acme", tags: { team: "search" } },
  { day: "2026-05-04", billed: "4", service: "Storage", account: "beta" },
  { day: "2026-06-03", billed: "20.25", service: "Compute", account: "acme", tags: { team: "search" } },
  { day: "2026-06-05", billed: "7", service: "Storage", account: "beta" },
];
const ONLY_COMPUTE: Scope = { dimension: "ServiceName", op: "=", value: "Compute" };

const serverWithBills = async () => {
  const bills = await openBillLake();
  writeFocusBill(join(bills.folder, "bill.csv"), CHARGES);
  await bills.load(["bill.csv"]);
  return await openTestServer({ lake: bills.lake });
};

describe("the API", () => {
  it("answers a question as the command line does, within the caller's scope", async () => {
    const server = await serverWithBills();
    const ask = async (headers: Record<string, string>) =>
      (
        await server.app.inject({
          method: "POST",
          url: "/api/v1/query",
          headers,
          payload: { measures: ["billed"], by: ["ServiceName"] },
        })
      ).json();
    const all = await ask(server.as("viewer"));
    expect(all.rows).toEqual([
      ["Compute", "30.75"],
      ["Storage", "11"],
    ]);
    const some = await ask(server.as("viewer", ONLY_COMPUTE, "narrow"));
    expect(some.rows).toEqual([["Compute", "30.75"]]);
    expect(some.total).toEqual([null, "30.75"]);
  });

  it("tells who is nobody, who may not and who sees too little", async () => {
    const server = await serverWithBills();
    const get = (url: string, headers = {}) => server.app.inject({ method: "GET", url, headers });
    const nobody = await get("/api/v1/model");
    expect(nobody.statusCode).toBe(401);
    expect(nobody.headers["content-type"]).toMatch(/^application\/problem\+json/);
    expect((await get("/api/v1/uploads", server.as("viewer"))).statusCode).toBe(403);
    const narrow = server.as("admin", ONLY_COMPUTE);
    expect((await get("/api/v1/lake", narrow)).statusCode).toBe(403);
    expect((await get("/api/v1/lake", server.as("admin"))).statusCode).toBe(200);
  });

  it("answers errors as problem details that name every wrong field", async () => {
    const server = await serverWithBills();
    const headers = server.as("viewer");
    const post = async (payload: object) => {
      const answer = await server.app.inject({ method: "POST", url: "/api/v1/query", headers, payload });
      return { status: answer.statusCode, problem: answer.json(), id: answer.headers["x-request-id"] };
    };
    const wrong = await post({ measures: [], limit: 0, unknown: 1 });
    expect(wrong).toMatchObject({
      status: 400,
      problem: {
        type: "/problems/SERVER_INPUT_INVALID",
        title: "Server input invalid",
        status: 400,
        code: "SERVER_INPUT_INVALID",
        hint: expect.any(String),
        instance: wrong.id,
      },
    });
    expect(wrong.problem.errors.map(({ path }: { path: string }) => path)).toEqual([
      "body.measures",
      "body.limit",
      "body",
    ]);
    expect(await post({ by: ["ServiceNam"] })).toMatchObject({
      status: 400,
      problem: { code: "QUERY_DIMENSION_UNKNOWN", detail: "There is no dimension ServiceNam" },
    });
    const unread = await server.app.inject({
      method: "POST",
      url: "/api/v1/query",
      headers: { ...headers, "content-type": "application/json" },
      payload: "{",
    });
    expect(unread).toMatchObject({ statusCode: 400 });
    expect(unread.json()).toMatchObject({ code: "SERVER_INPUT_INVALID" });
    const large = await server.app.inject({
      method: "POST",
      url: "/api/v1/query",
      headers,
      payload: { where: { dimension: "ServiceName", op: "=", value: "x".repeat(2_000_000) } },
    });
    expect(large.json()).toMatchObject({ code: "SERVER_BODY_TOO_LARGE", status: 413 });
    const missing = await server.app.inject({ method: "GET", url: "/api/v1/nothing?token=secret", headers });
    expect(missing.json()).toMatchObject({ code: "SERVER_ROUTE_UNKNOWN", status: 404 });
    expect(missing.body).not.toContain("secret");
  });

  it("says nothing of its inside where it fails", async () => {
    const server = await serverWithBills();
    server.lake.store.versions = async () => {
      throw new Error("password=hunter2 at /srv/lake");
    };
    const answer = await server.app.inject({
      method: "GET",
      url: "/api/v1/lake",
      headers: server.as("admin"),
    });
    expect(answer.json()).toMatchObject({ code: "SERVER_FAULT", status: 500 });
    expect(answer.body).not.toMatch(/hunter2|srv/);
    const ready = await server.app.inject({ method: "GET", url: "/ready" });
    expect(ready.json()).toMatchObject({ code: "SERVER_NOT_READY" });
    expect(ready.statusCode).toBe(503);
    expect((await server.app.inject({ method: "GET", url: "/health" })).json()).toMatchObject({
      status: "ok",
    });
  });

  it("tags what a GET answers, and says 304 to who has it", async () => {
    const server = await serverWithBills();
    const headers = server.as("viewer");
    const first = await server.app.inject({ method: "GET", url: "/api/v1/model", headers });
    const etag = String(first.headers.etag);
    expect(etag).toMatch(/^W\/"[\w-]{22}"$/);
    const again = { ...headers, "if-none-match": `"other", ${etag}` };
    const second = await server.app.inject({ method: "GET", url: "/api/v1/model", headers: again });
    expect(second.statusCode).toBe(304);
    expect(second.body).toBe("");
    const narrow = { ...server.as("viewer", ONLY_COMPUTE, "narrow"), "if-none-match": etag };
    const overview = await server.app.inject({ method: "GET", url: "/api/v1/overview", headers: narrow });
    expect(overview.statusCode).toBe(200);
  });

  it.each(["br", "gzip", "zstd"])("compresses by %s", async (encoding) => {
    const server = await serverWithBills();
    const headers = { ...server.as("viewer"), "accept-encoding": encoding };
    const answer = await server.app.inject({ method: "GET", url: "/api/v1/model", headers });
    expect(answer.headers["content-encoding"]).toBe(encoding);
    expect(answer.headers.vary).toMatch(/accept-encoding/i);
  });

  it("lets scripts and styles come from its own files only", async () => {
    const server = await serverWithBills();
    const { headers } = await server.app.inject({ method: "GET", url: "/api/v1/health" });
    expect(headers["content-security-policy"]).toContain("script-src 'self';");
    expect(headers["content-security-policy"]).not.toContain("unsafe");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["cache-control"]).toBe("private, no-cache");
  });

  it("limits requests by who makes them", async () => {
    const bills = await openBillLake();
    const server = await openTestServer({
      lake: bills.lake,
      app: { requestsPerMinute: { person: 2, token: 2, service: 2, address: 2 } },
    });
    const anna = server.as("viewer", "unrestricted", "anna");
    const get = (headers: Record<string, string>) =>
      server.app.inject({ method: "GET", url: "/api/v1/demo", headers });
    const statuses = [await get(anna), await get(anna), await get(anna)].map(({ statusCode }) => statusCode);
    expect(statuses).toEqual([200, 200, 429]);
    const refused = await get(anna);
    expect(refused.json()).toMatchObject({ code: "SERVER_TOO_MANY_REQUESTS" });
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    expect((await get(server.as("viewer", "unrestricted", "ben"))).statusCode).toBe(200);
  });

  it("gives no path of an address twice, and none outside its version", () => {
    const names = Object.values(api).map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ":")}`);
    expect(new Set(names).size).toBe(names.length);
    expect(names.every((name) => name.includes(" /api/v1/"))).toBe(true);
  });
});
