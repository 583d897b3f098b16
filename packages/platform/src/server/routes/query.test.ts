import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Scope } from "../../query/types.ts";
import { openBillLake } from "../../testing/bill-lake.ts";
import { type TestCharge, writeFocusBill } from "../../testing/focus-bill.ts";
import { openTestServer } from "../../testing/test-server.ts";

const ONLY_COMPUTE: Scope = { dimension: "ServiceName", op: "=", value: "Compute" };

const CHARGES: readonly TestCharge[] = [
  ...Array.from({ length: 7 }, (_, index) => ({
    day: `2026-06-0${index + 1}`,
    billed: String(index + 1),
    service: "Compute",
    tags: { team: "search", secret: "a" },
  })),
  { day: "2026-06-02", billed: "100", service: "50% off.*", currency: "EUR", tags: { hidden: "b" } },
  { day: "2026-05-02", billed: "3", service: "Compute" },
];

const openServer = async () => {
  const bills = await openBillLake();
  writeFocusBill(join(bills.folder, "bill.csv"), CHARGES);
  await bills.load(["bill.csv"]);
  const server = await openTestServer({ lake: bills.lake });
  const call = async (
    method: "GET" | "POST",
    url: string,
    headers: Record<string, string>,
    payload?: object,
  ) => {
    const answer = await server.app.inject({
      method,
      url: `/api/v1${url}`,
      headers,
      ...(payload ? { payload } : {}),
    });
    return { status: answer.statusCode, body: answer.json() };
  };
  return { ...server, call };
};

describe("questions over HTTP", () => {
  it("lists the bill lines behind a number page by page, each once, the dearest first", async () => {
    const { as, call } = await openServer();
    const headers = as("viewer");
    const question = {
      where: { dimension: "ServiceName", op: "=", value: "Compute" },
      period: { start: "2026-06", end: "2026-07" },
      columns: ["ChargePeriodStart", "EffectiveCost", "tag:team", "source"],
      limit: 3,
    };
    const rows: unknown[][] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const payload = { ...question, ...(cursor === undefined ? {} : { cursor }) };
      const { status, body } = await call("POST", "/charges", headers, payload);
      expect(status).toBe(200);
      rows.push(...body.items);
      cursor = body.nextCursor;
      pages += 1;
    } while (cursor !== undefined);
    expect(pages).toBe(3);
    expect(rows.map((row) => row[1])).toEqual(["7", "6", "5", "4", "3", "2", "1"]);
    expect(rows[0]).toEqual(["2026-06-07T00:00:00Z", "7", "search", "focus"]);
  });

  it("refuses a cursor of another question", async () => {
    const { as, call } = await openServer();
    const headers = as("viewer");
    const { body } = await call("POST", "/charges", headers, { limit: 1 });
    const other = { limit: 1, cursor: body.nextCursor, timeAxis: "invoice" };
    expect((await call("POST", "/charges", headers, other)).body).toMatchObject({
      code: "SERVER_CURSOR_INVALID",
    });
    const none = { limit: 1, cursor: "bm90aGluZw" };
    expect((await call("POST", "/charges", headers, none)).status).toBe(400);
  });

  it("lists no charge that the scope hides, whatever the filter says", async () => {
    const { as, call } = await openServer();
    const headers = as("viewer", ONLY_COMPUTE);
    const filters = [
      undefined,
      { dimension: "ServiceName", op: "!=", value: "Compute" },
      { or: [{ dimension: "BillingCurrency", op: "=", value: "EUR" }] },
      { not: ONLY_COMPUTE },
    ];
    for (const where of filters) {
      const payload = { columns: ["ServiceName", "BillingCurrency"], ...(where ? { where } : {}) };
      const { body } = await call("POST", "/charges", headers, payload);
      expect(body.items.every(([service]: string[]) => service === "Compute")).toBe(true);
    }
  });

  it("finds values by any part of them, and takes no part for a pattern", async () => {
    const { as, call } = await openServer();
    const headers = as("viewer");
    const find = async (search: string) => {
      const url = `/dimensions/servicename/values?search=${encodeURIComponent(search)}`;
      const { body } = await call("GET", url, headers);
      return body.items.map(({ value }: { value: string }) => value);
    };
    expect(await find("COMP")).toEqual(["Compute"]);
    expect(await find("% off.*")).toEqual(["50% off.*"]);
    expect(await find(".*")).toEqual(["50% off.*"]);
    expect(await find("")).toHaveLength(2);
    const all = await call("GET", "/dimensions/ServiceName/values", headers);
    expect(all.body).toMatchObject({ count: 2 });
    expect(all.body.items).toContainEqual({ value: "Compute", amounts: { EUR: "0", USD: "31" }, rows: "8" });
    expect((await call("GET", "/dimensions/Nothing/values", headers)).status).toBe(400);
  });

  it("describes what can be asked, and nothing that the scope hides", async () => {
    const { as, call } = await openServer();
    const all = (await call("GET", "/model", as("viewer"))).body;
    expect(all.measures.map(({ id }: { id: string }) => id)).toContain("effective");
    expect(all).toMatchObject({
      currencies: ["EUR", "USD"],
      covers: { start: "2026-05-02", end: "2026-06-08" },
    });
    const some = (await call("GET", "/model", as("viewer", ONLY_COMPUTE, "narrow"))).body;
    expect(some.currencies).toEqual(["USD"]);
    expect(JSON.stringify(some)).not.toContain("hidden");
  });

  it("reads and writes questions as text", async () => {
    const { as, call } = await openServer();
    const headers = as("viewer");
    const text = "billed by ServiceName where ServiceName = 'it''s' top 3";
    const { body: request } = await call("POST", "/query/parse", headers, { text });
    expect(request).toMatchObject({ measures: ["billed"], top: 3 });
    const { body } = await call("POST", "/query/text", headers, { ...request, currency: "USD" });
    expect(body.text).toContain("by ServiceName");
    expect(body.command).toMatch(/^trimtab query '.*' --currency USD$/);
    expect(body.command).toContain("'\\''");
  });

  it("explains and analyzes", async () => {
    const { as, call } = await openServer();
    const headers = as("viewer");
    const may = { start: "2026-05-01", end: "2026-06-01" };
    const june = { start: "2026-06-01", end: "2026-07-01" };
    const { body } = await call("POST", "/explain", headers, { from: may, to: june, currency: "USD" });
    expect(body[0]).toMatchObject({ currency: "USD", change: "25" });
    const overlap = await call("POST", "/explain", headers, { from: may, to: may });
    expect(overlap.body).toMatchObject({ code: "SERVER_INPUT_INVALID" });
    const analyses = await call("POST", "/analyze", as("viewer", ONLY_COMPUTE, "narrow"), {
      currency: "USD",
    });
    expect(analyses.body[0]).toMatchObject({ totals: { billed: "31" }, oddities: [] });
    expect(analyses.body[0].tags.map(({ key }: { key: string }) => key)).not.toContain("hidden");
  });
});
