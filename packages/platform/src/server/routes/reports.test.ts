import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import type { Scope } from "../../query/types.ts";
import { tablesOf } from "../../reports/run/report-tables.ts";
import { readAudit } from "../../state/audit.ts";
import { openBillLake } from "../../testing/bill-lake.ts";
import { writeFocusBill } from "../../testing/focus-bill.ts";
import { openTestServer } from "../../testing/test-server.ts";

const ONLY_COMPUTE: Scope = { dimension: "ServiceName", op: "=", value: "Compute" };

const openHouse = async () => {
  const bills = await openBillLake();
  writeFocusBill(join(bills.folder, "bill.csv"), [
    { day: "2026-06-01", billed: "10.5", service: "Compute", tags: { team: "search" } },
    { day: "2026-06-02", billed: "7.25", service: "=cmd|'/C calc'!A0" },
    { day: "2026-05-02", billed: "3", service: "Compute" },
  ]);
  await bills.load(["bill.csv"]);
  const server = await openTestServer({ lake: bills.lake });
  const call = async (
    method: "GET" | "POST" | "PUT" | "DELETE",
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
    const isJson = String(answer.headers["content-type"]).includes("json") && answer.body !== "";
    return { status: answer.statusCode, body: isJson ? answer.json() : answer.body, raw: answer.rawPayload };
  };
  return { ...server, call };
};

const DEFINITION = {
  title: "June",
  parameters: { period: { start: "2026-06", end: "2026-07" } },
  blocks: [
    { type: "figure", id: "spend", title: "Spend", measure: "billed" },
    {
      type: "table",
      id: "services",
      title: "Services",
      query: { measures: ["billed"], by: ["ServiceName"] },
    },
    { type: "table", id: "gone", title: "Gone", query: { by: ["Nonsense"] } },
    { type: "dataset", id: "access", title: "Access", dataset: "access-review" },
    { type: "dataset", id: "tags", title: "Tags", dataset: "tag-coverage", tags: ["team"] },
  ],
};

describe("reports over HTTP", () => {
  it("are saved in versions, restored, refused where somebody was faster, and deleted", async () => {
    const { as, call } = await openHouse();
    const anna = as("analyst", "unrestricted", "anna");
    const made = await call("POST", "/reports", anna, { definition: DEFINITION });
    expect(made).toMatchObject({ status: 201, body: { title: "June", version: 1, level: "own" } });
    const url = `/reports/${made.body.id}`;
    const renamed = { definition: { ...DEFINITION, title: "Renamed" }, version: 1 };
    expect((await call("PUT", url, anna, renamed)).body).toMatchObject({ title: "Renamed", version: 2 });
    expect((await call("PUT", url, anna, renamed)).body).toMatchObject({ code: "STATE_CONFLICT" });
    expect((await call("POST", `${url}/versions/1/restore`, anna)).body).toMatchObject({
      title: "June",
      version: 3,
    });
    const versions = await call("GET", `${url}/versions`, anna);
    expect(versions.body.items.map((one: { version: number }) => one.version)).toEqual([3, 2, 1]);
    expect((await call("DELETE", url, anna)).status).toBe(204);
    expect((await call("GET", url, anna)).status).toBe(404);
  });

  it("are seen by those whom they are shared with, to look at or to edit", async () => {
    const { as, call } = await openHouse();
    const [anna, ben] = [as("analyst", "unrestricted", "anna"), as("analyst", "unrestricted", "ben")];
    const { body } = await call("POST", "/reports", anna, { template: "cost" });
    const url = `/reports/${body.id}`;
    expect((await call("GET", url, ben)).status).toBe(404);
    const share = (level: string) => ({ shares: [{ kind: "person", id: "ben", level }] });
    expect((await call("PUT", `${url}/shares`, anna, share("view"))).status).toBe(200);
    expect((await call("GET", url, ben)).body).toMatchObject({ level: "view" });
    expect((await call("PUT", url, ben, { definition: DEFINITION, version: 1 })).status).toBe(403);
    await call("PUT", `${url}/shares`, anna, share("edit"));
    expect((await call("PUT", url, ben, { definition: DEFINITION, version: 1 })).status).toBe(200);
    expect((await call("DELETE", url, ben)).status).toBe(403);
  });

  it("say to each what their scope shows, and say what they hold back", async () => {
    const { as, call } = await openHouse();
    const all = await call("POST", "/report-previews", as("admin"), { definition: DEFINITION });
    const part = await call("POST", "/report-previews", as("viewer", ONLY_COMPUTE), {
      definition: DEFINITION,
    });
    expect(all.body.blocks[0].values[0].value).toBe("17.75");
    expect(part.body.blocks[0].values[0].value).toBe("10.5");
    expect(part.body.scoped).toBe(true);
    expect(JSON.stringify(part.body)).not.toContain("calc");
    expect(all.body.blocks[2]).toMatchObject({ type: "withheld", code: "QUERY_DIMENSION_UNKNOWN" });
    expect(all.body.blocks[3].type).toBe("dataset");
    expect(part.body.blocks[3]).toMatchObject({ type: "withheld" });
    expect(all.body.blocks[4].parts[0].data.rows).toEqual([["team", "USD", "10.5", "17.75", "0.591549"]]);
  });

  it("keep a result until it expires, for the same scope only", async () => {
    const { as, call } = await openHouse();
    const anna = as("analyst", "unrestricted", "anna");
    const { body } = await call("POST", "/reports", anna, { definition: DEFINITION });
    const url = `/reports/${body.id}/result`;
    expect((await call("GET", url, anna)).body.cached).toBe(false);
    const again = await call("GET", url, anna);
    expect(again.body).toMatchObject({ cached: true, run: { title: "June" } });
    expect((await call("GET", `${url}?refresh=true`, anna)).body.cached).toBe(false);
    const scoped = await call("GET", url, as("admin", ONLY_COMPUTE, "carl"));
    expect(scoped.body.cached).toBe(false);
    expect(scoped.body.run.blocks[0].values[0].value).toBe("10.5");
  });

  it("keep their version when their owner says how long results are kept, which is heeded and audited", async () => {
    const { as, call, state } = await openHouse();
    const [anna, ben] = [as("analyst", "unrestricted", "anna"), as("analyst", "unrestricted", "ben")];
    const { body } = await call("POST", "/reports", anna, { definition: DEFINITION });
    const url = `/reports/${body.id}`;
    await call("PUT", `${url}/shares`, anna, { shares: [{ kind: "person", id: "ben", level: "edit" }] });
    await call("GET", `${url}/result`, anna);
    expect((await call("GET", `${url}/result`, anna)).body.cached).toBe(true);
    const set = (who: Record<string, string>, expiresAfterMinutes: number) =>
      call("PUT", `${url}/expiry`, who, { expiresAfterMinutes });
    expect((await set(ben, 5)).body).toMatchObject({ status: 403, code: "STATE_ACCESS_TOO_LOW" });
    expect((await set(anna, 10_081)).status).toBe(400);
    expect((await set(anna, 0)).body).toMatchObject({
      expiresAfterMinutes: 0,
      version: 1,
      updatedAt: body.updatedAt,
    });
    expect((await set(anna, 0)).status).toBe(200);
    expect((await call("GET", `${url}/result`, anna)).body.cached).toBe(false);
    expect((await call("GET", `${url}/versions`, anna)).body.items).toHaveLength(1);
    // Who was editing meanwhile still may save what they read.
    const saved = await call("PUT", url, ben, { definition: DEFINITION, version: 1 });
    expect(saved.body).toMatchObject({ version: 2, expiresAfterMinutes: 0 });
    const audited = await readAudit(state, { action: "report.expiry-set" });
    expect(audited).toMatchObject([
      { actor: "anna@example.com", details: { expiresAfterMinutes: { from: 60, to: 0 } } },
    ]);
  });

  it("are read as their reader asks this once: period and filter, in result, file and snapshot", async () => {
    const { as, call } = await openHouse();
    const anna = as("analyst", "unrestricted", "anna");
    const { body } = await call("POST", "/reports", anna, { definition: DEFINITION });
    const url = `/reports/${body.id}`;
    const spendOf = (run: { blocks: { values: { value: string }[] }[] }) => run.blocks[0]?.values[0]?.value;
    await call("GET", `${url}/result`, anna);
    const may = await call("GET", `${url}/result?period=2026-05..2026-06`, anna);
    expect(may.body.cached).toBe(false);
    expect(spendOf(may.body.run)).toBe("3");
    const filter = encodeURIComponent(JSON.stringify(ONLY_COMPUTE));
    const compute = await call("GET", `${url}/result?filter=${filter}`, anna);
    expect(spendOf(compute.body.run)).toBe("10.5");
    const file = await call("GET", `${url}/export?format=json&filter=${filter}`, anna);
    expect(spendOf(file.body)).toBe("10.5");
    const pinned = await call("POST", `${url}/snapshots`, anna, { reading: { period: "2026-05..2026-06" } });
    expect(pinned.body.mayDelete).toBe(true);
    expect(spendOf((await call("GET", `${url}/snapshots/${pinned.body.id}`, anna)).body.run)).toBe("3");
    expect(spendOf((await call("GET", `${url}/result`, anna)).body.run)).toBe("17.75");
    for (const wrong of ["period=someday", "filter=nonsense", "filter=%7B%7D", "currency=euro"])
      expect((await call("GET", `${url}/result?${wrong}`, anna)).status, wrong).toBe(400);
  });

  it("pin snapshots for those who see the same, and for others only if their maker sees all", async () => {
    const { as, call } = await openHouse();
    const [anna, scoped] = [as("admin", "unrestricted", "anna"), as("admin", ONLY_COMPUTE, "carl")];
    const { body } = await call("POST", "/reports", anna, { definition: DEFINITION });
    const url = `/reports/${body.id}/snapshots`;
    const same = await call("POST", url, anna, {});
    expect(same.status).toBe(201);
    expect((await call("GET", url, scoped)).body.items).toEqual([]);
    expect((await call("GET", `${url}/${same.body.id}`, scoped)).status).toBe(404);
    const exported = await call(
      "GET",
      `/reports/${body.id}/export?format=csv&snapshot=${same.body.id}`,
      scoped,
    );
    expect(exported.status).toBe(404);
    expect((await call("POST", url, scoped, { audience: "report" })).status).toBe(403);
    const open = await call("POST", url, anna, { audience: "report" });
    const seen = await call("GET", `${url}/${open.body.id}`, scoped);
    expect(seen.body.run.blocks[0].values[0].value).toBe("17.75");
    expect(seen.body.run.blocks[3].type).toBe("withheld");
  });

  it("are exported in every format, within the scope, formulas taken out", async () => {
    const { as, call } = await openHouse();
    const admin = as("admin");
    const ask = (format: string, headers = admin) =>
      call("POST", "/exports/query", headers, {
        query: { measures: ["billed"], by: ["ServiceName"], period: { start: "2026-06", end: "2026-07" } },
        format,
      });
    const csv = await ask("csv");
    expect(parse(csv.body)).toEqual([
      ["ServiceName", "billed"],
      ["Compute", "10.5"],
      ["'=cmd|'/C calc'!A0", "7.25"],
    ]);
    expect(parse((await ask("csv", as("viewer", ONLY_COMPUTE))).body)).toEqual([
      ["ServiceName", "billed"],
      ["Compute", "10.5"],
    ]);
    expect((await ask("pdf")).raw.subarray(0, 5).toString()).toBe("%PDF-");
    const { default: excel } = await import("exceljs");
    const book = new excel.Workbook();
    await book.xlsx.load((await ask("xlsx")).raw as never);
    const sheet = book.getWorksheet("Result");
    expect(sheet?.getCell("B2").value).toBe(10.5);
    expect(sheet?.getCell("B2").numFmt).toBe('#,##0.00 "USD"');
    expect(sheet?.getCell("A3").value).toBe("'=cmd|'/C calc'!A0");
    expect(sheet?.views[0]).toMatchObject({ state: "frozen", ySplit: 1 });
  });
});

describe("tables of data sets over HTTP", () => {
  it("are each a CSV: by both names, or by the table's where that is enough", async () => {
    const { as, call } = await openHouse();
    const admin = as("admin");
    const tags = (id: string, key: string) => ({
      type: "dataset",
      id,
      title: id,
      dataset: "tag-coverage",
      tags: [key],
    });
    const definition = { ...DEFINITION, blocks: [tags("teams", "team"), tags("owners", "owner")] };
    const csv = async (block: string) => {
      const answer = await call("POST", "/exports/report", admin, { definition, format: "csv", block });
      return answer.status === 200 ? (parse(answer.body) as string[][])[1]?.[0] : answer.body.code;
    };
    const { body: run } = await call("POST", "/report-previews", admin, { definition });
    expect(tablesOf(run).map(({ id, title, of }) => [id, title, of])).toEqual([
      ["teams/tags", expect.any(String), "teams"],
      ["owners/tags", expect.any(String), "owners"],
    ]);
    expect(await csv("teams/tags")).toBe("team");
    expect(await csv("owners/tags")).toBe("owner");
    expect(await csv("tags")).toBe("team");
    expect(await csv("gone/tags")).toBe("REPORT_BLOCK_UNKNOWN");
  });
});

describe("saved views over HTTP", () => {
  it("are kept, changed, shared and deleted", async () => {
    const { as, call } = await openHouse();
    const [anna, ben] = [as("analyst", "unrestricted", "anna"), as("viewer", "unrestricted", "ben")];
    const place = { page: "explorer", search: { by: ["ServiceName"], chart: "bar" } };
    const made = await call("POST", "/views", anna, { name: "Services", place });
    expect(made).toMatchObject({ status: 201, body: { name: "Services", place } });
    const url = `/views/${made.body.id}`;
    expect((await call("GET", "/views?page=explorer", ben)).body.items).toEqual([]);
    const ids = [{ kind: "person", id: "ben", level: "view" }];
    await call("PUT", `${url}/shares`, anna, { shares: ids });
    expect((await call("GET", "/views?page=explorer", ben)).body.items).toMatchObject([
      { level: "view", place },
    ]);
    expect((await call("PUT", url, anna, { name: "Mine", place, version: 1 })).body.name).toBe("Mine");
    expect((await call("DELETE", url, anna)).status).toBe(204);
    expect((await call("GET", url, anna)).status).toBe(404);
  });
});
