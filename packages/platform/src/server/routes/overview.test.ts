import { join } from "node:path";
import { add, decimal, formatDecimal } from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import type { Scope } from "../../query/types.ts";
import { createProgramme } from "../../state/programmes.ts";
import { addTask } from "../../state/tasks.ts";
import { openBillLake } from "../../testing/bill-lake.ts";
import { type TestCharge, writeFocusBill } from "../../testing/focus-bill.ts";
import { openTestServer } from "../../testing/test-server.ts";

const whole = (month: string, days: number, service: string, perDay: string): readonly TestCharge[] =>
  Array.from({ length: days }, (_, index) => ({
    day: `${month}-${String(index + 1).padStart(2, "0")}`,
    billed: perDay,
    list: perDay,
    service,
    ...(service === "Compute" ? { tags: { team: "search" } } : {}),
  }));

const CHARGES = [
  ...whole("2026-05", 31, "Compute", "1"),
  ...whole("2026-05", 31, "Storage", "0.5"),
  ...whole("2026-06", 30, "Compute", "2"),
  ...whole("2026-06", 30, "Storage", "0.5"),
];
const ONLY_STORAGE: Scope = { dimension: "ServiceName", op: "=", value: "Storage" };

const openServer = async (charges: readonly TestCharge[] = CHARGES) => {
  const bills = await openBillLake();
  if (charges.length > 0) {
    writeFocusBill(join(bills.folder, "bill.csv"), charges);
    await bills.load(["bill.csv"]);
  }
  const server = await openTestServer({ lake: bills.lake });
  const get = async (url: string, scope: Scope = "unrestricted") => {
    const headers = server.as("viewer", scope, JSON.stringify(scope));
    const answer = await server.app.inject({ method: "GET", url: `/api/v1${url}`, headers });
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json();
  };
  return { ...server, get };
};

describe("the overview", () => {
  it("tells the newest month against the one before, and why it changed, to the last digit", async () => {
    const { get } = await openServer();
    const page = await get("/overview");
    expect(page).toMatchObject({
      status: "ready",
      currency: "USD",
      measure: "effective",
      months: ["2026-05", "2026-06"],
      current: { month: "2026-06", amount: "75", status: "closed", days: 30, ofDays: 30 },
      previous: { month: "2026-05", amount: "46.5" },
      change: { amount: "28.5", before: "46.5", after: "75", days: 30 },
      hidden: [],
      savings: null,
      tasks: [],
    });
    expect(page.trend.map(({ amount }: { amount: string }) => amount)).toEqual(["46.5", "75"]);
    expect(page.services).toEqual([
      { name: "Compute", amount: "60", share: "0.8", before: "31", change: "29" },
      { name: "Storage", amount: "15", share: "0.2", before: "15.5", change: "-0.5" },
    ]);
    expect(page.movers[0]).toMatchObject({ name: "Compute", before: "31", after: "60", change: "29" });
    for (const { change, drivers } of page.movers) {
      const parts = drivers.map(({ amount }: { amount: string }) => decimal(amount));
      expect(formatDecimal(parts.reduce(add, decimal("0")))).toBe(change);
    }
    expect(page.tags).toEqual([{ key: "team", tagged: "60", share: "0.8" }]);
  });

  it("tells an earlier month, and a first one without anything to compare", async () => {
    const { get } = await openServer();
    expect(await get("/overview?month=2026-05")).toMatchObject({
      current: { month: "2026-05", amount: "46.5" },
      previous: null,
      change: null,
      compared: null,
      movers: [],
    });
  });

  it("shows a team its own part of everything, and neither savings nor tasks", async () => {
    const { get } = await openServer();
    const page = await get("/overview", ONLY_STORAGE);
    expect(page).toMatchObject({
      current: { amount: "15" },
      previous: { amount: "15.5" },
      savings: null,
      hidden: ["savings", "tasks"],
      tags: [],
    });
    expect(JSON.stringify(page)).not.toContain("Compute");
  });

  it("is told again without being made again, shows a new task at once, and gives nobody what is another's", async () => {
    const { app, as, state } = await openServer();
    const everything = as("viewer", "unrestricted", "ann");
    const headers = { everything, storage: as("viewer", ONLY_STORAGE, "ben") };
    const ask = (who: keyof typeof headers, etag = "") =>
      app.inject({
        method: "GET",
        url: "/api/v1/overview",
        headers: { ...headers[who], "if-none-match": etag },
      });
    const first = await ask("everything");
    const narrow = await ask("storage");
    const etags = [first, narrow].map((answer) => String(answer.headers.etag));
    expect(new Set(etags).size).toBe(2);
    expect((await ask("everything", etags[0])).statusCode).toBe(304);
    expect((await ask("storage", etags[0])).json()).toEqual(narrow.json());
    const programme = await createProgramme(state, "anna", { name: "Less" });
    await addTask(state, "anna", programme, { title: "Turn it off" });
    const later = await ask("everything", etags[0]);
    expect(later.json().tasks).toMatchObject([{ title: "Turn it off" }]);
    expect({ ...later.json(), tasks: [] }).toEqual(first.json());
    expect((await ask("storage", etags[1])).statusCode).toBe(304);
  });

  it("says that there is nothing, and whether there is anything for others", async () => {
    const empty = await openServer([]);
    expect(await empty.get("/overview")).toEqual({ status: "empty", lakeVersion: 0, isLakeEmpty: true });
    const { get } = await openServer();
    const nothing: Scope = { dimension: "ServiceName", op: "=", value: "Nothing" };
    expect(await get("/overview", nothing)).toMatchObject({ status: "empty", isLakeEmpty: false });
  });
});

describe("the data page", () => {
  it("tells what the lake holds, how it came there, and how well it keeps to FOCUS", async () => {
    const { get, lake, folder } = await openServer();
    writeFocusBill(join(folder, "again.csv"), [
      ...CHARGES.slice(0, -1),
      { day: "2026-06-30", billed: "9", service: "Storage" },
    ]);
    const { loadInto } = await import("../../testing/bill-lake.ts");
    await loadInto(lake, folder, ["again.csv"]);
    const held = await get("/lake");
    expect(held).toMatchObject({ version: 2, rows: CHARGES.length, currencies: ["USD"], quarantined: 0 });
    expect(held.loads.map(({ billingPeriod }: { billingPeriod: string }) => billingPeriod)).toEqual([
      "2026-06-01",
      "2026-05-01",
    ]);
    const first = await get("/lake/loads?limit=1");
    expect(first.items).toMatchObject([{ version: 2 }]);
    const second = await get(`/lake/loads?limit=1&cursor=${first.nextCursor}`);
    expect(second.items).toMatchObject([{ version: 1 }]);
    expect(second.nextCursor).toBeUndefined();
    const diff = await get("/lake/diff");
    expect(diff).toMatchObject({ from: 1, to: 2, lineCount: 1, versions: [2, 1] });
    expect(diff.lines[0]).toMatchObject({ day: "2026-06-30", billedChange: "8.5" });
    const { sources } = await get("/lake/conformance");
    expect(sources).toMatchObject([{ source: "focus", rows: CHARGES.length }]);
    expect(await get("/lake/quarantine")).toMatchObject({ items: [], quarantined: 0, lakeVersion: 2 });
  });
});
