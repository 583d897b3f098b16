import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { parseProgramme } from "../../ledger/programme/file/parse-programme.ts";
import { importProgramme } from "../../loop/programme/import-programme.ts";
import type { Scope } from "../../query/types.ts";
import { sumTexts } from "../../reports/charts/chart-data.ts";
import type { DatasetName } from "../../reports/definition/dataset-names.ts";
import type { RunPart } from "../../reports/run/report-run-schema.ts";
import { openBillLake } from "../../testing/bill-lake.ts";
import { writeFocusBill } from "../../testing/focus-bill.ts";
import { openTestServer } from "../../testing/test-server.ts";

const ONLY_RUN: Scope = { dimension: "ServiceName", op: "=", value: "Cloud Run" };

const AUTUMN = `version: 1
name: Autumn
currency: USD
starts: 2026-06-22
baseline: {from: 2026-05}
target: 1000
tasks:
  - id: resize
    title: Fewer instances
    days: 3
    effects: [-200/-250/-300 on Cloud Run]
  - id: indexes
    title: Indexes
    days: 2
    after: resize
    effects: [-10% on Cloud Run]
risks: [{title: Slower pages, impact: high, probability: low, trend: falling, mitigation: a canary}]
budget: [{title: Work, allocated: 1200, spent: 300, people: 2}]
`;

const openHouse = async () => {
  const bills = await openBillLake();
  writeFocusBill(join(bills.folder, "bill.csv"), [
    { day: "2026-05-01", billed: "900", service: "Cloud Run" },
    { day: "2026-05-31", billed: "99.999999999", service: "Cloud Run" },
    { day: "2026-05-31", billed: "300", service: "Cloud SQL" },
    { day: "2026-06-30", billed: "1200", service: "Cloud Run" },
  ]);
  await bills.load(["bill.csv"]);
  const server = await openTestServer({ lake: bills.lake });
  const keep = (text: string) =>
    importProgramme(server.state, "ana", parseProgramme(text, "p.yaml"), { isDryRun: false });
  const ask = async (
    dataset: DatasetName,
    { scope = "unrestricted", programme }: { readonly scope?: Scope; readonly programme?: string } = {},
  ) => {
    const block = { type: "dataset", id: "it", title: "It", dataset, ...(programme ? { programme } : {}) };
    const answer = await server.app.inject({
      method: "POST",
      url: "/api/v1/report-previews",
      headers: server.as("viewer", scope),
      payload: { definition: { title: "One", blocks: [block] } },
    });
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json().blocks[0];
  };
  return { ...server, bills, keep, ask };
};

const partOf = (block: { readonly parts: readonly RunPart[] }, id: string) => {
  const found = block.parts.find((part) => part.id === id);
  if (found === undefined) throw new Error(`no part ${id} in ${block.parts.map((part) => part.id).join()}`);
  return found;
};
const rowsOf = (block: { readonly parts: readonly RunPart[] }, id: string) => {
  const part = partOf(block, id);
  if (part.type !== "table" && part.type !== "chart") throw new Error(`${id} is no table`);
  return part.data.rows;
};

describe("data sets of reports", () => {
  it("go from today's spend to the target in the tasks' turns, exactly", async () => {
    const { keep, ask } = await openHouse();
    await keep(AUTUMN);
    const block = await ask("savings-waterfall");
    const steps = rowsOf(block, "waterfall");
    expect(steps).toEqual([
      ["Today", "1299.999999999"],
      ["Fewer instances", "-250"],
      ["Indexes", "-74.9999999999"],
      ["All done", "974.9999999991"],
    ]);
    const amounts = steps.map(([, amount]) => amount ?? null);
    expect(sumTexts(amounts.slice(0, -1))).toBe(amounts.at(-1));
    expect(partOf(block, "waterfall")).toMatchObject({
      chart: { type: "waterfall" },
      data: { levels: [0, 3] },
    });
    expect(rowsOf(block, "waterfall-tasks")[0]).toEqual([
      ...["Fewer instances", "200", "250", "300", "250", "1049.999999999"],
    ]);
    expect(rowsOf(block, "waterfall-remarks")[0]?.[0]).toContain("counts 25 USD");
  });

  it("say where a programme stands, and give no figure for what is not verified", async () => {
    const { keep, ask } = await openHouse();
    await keep(AUTUMN);
    const block = await ask("programme-status");
    expect(partOf(block, "status-now")).toMatchObject({
      values: [{ value: "1200", previous: "1299.999999999", change: "-99.999999999" }],
    });
    expect(partOf(block, "status-realised")).toMatchObject({ type: "withheld", reason: "not verified" });
    expect(rowsOf(block, "status-tasks").map(([title, status]) => [title, status])).toEqual([
      ["Fewer instances", "todo"],
      ["Indexes", "todo"],
    ]);
    expect(rowsOf(block, "status-lines")).toContainEqual(
      expect.arrayContaining(["Cloud SQL", "300", "not verified"]),
    );
    expect(rowsOf(block, "status-records")[0]).toEqual([
      ...["Risk", "Slower pages", "impact high, probability low, falling. a canary"],
    ]);
    expect(rowsOf(block, "status-budgets")).toEqual([["Work", "USD", "1200", "300"]]);
  });

  it("ask which programme where there are several, and tell in their place what is missing", async () => {
    const { keep, ask } = await openHouse();
    expect(await ask("programme-status")).toMatchObject({ type: "withheld", code: "PROGRAMME_NOT_CHOSEN" });
    await keep(AUTUMN);
    await keep(AUTUMN.replace("Autumn", "Winter").replace("2026-05", "2025-01"));
    expect(await ask("savings-waterfall")).toMatchObject({
      type: "withheld",
      reason: expect.stringContaining("several programmes"),
    });
    expect((await ask("savings-waterfall", { programme: "Autumn" })).type).toBe("dataset");
    expect(await ask("savings-waterfall", { programme: "Winter" })).toMatchObject({
      type: "withheld",
      code: "PROGRAMME_NO_BASELINE",
    });
  });

  it("compare the bills' files with the lake to the last digit", async () => {
    const { bills, ask } = await openHouse();
    const block = await ask("reconciliation");
    const billed = rowsOf(block, "sums").filter((row) => row[3] === "BilledCost");
    expect(billed.map((row) => [row[1], row[4], row[8], row[9]])).toEqual([
      ["2026-05", "1299.999999999", "0", "exact"],
      ["2026-06", "1200", "0", "exact"],
    ]);
    expect(partOf(block, "sums-off")).toMatchObject({ values: [{ value: "0" }] });
    writeFocusBill(join(bills.folder, "more.csv"), [{ day: "2026-04-30", billed: "1" }]);
    await bills.load(["more.csv"]);
    writeFocusBill(join(bills.folder, "more.csv"), [{ day: "2026-04-30", billed: "1.25" }]);
    // Until the server has seen the load, it answers of the version before.
    await vi.waitFor(async () => {
      const changed = await ask("reconciliation");
      expect(rowsOf(changed, "files-gone")).toEqual([[expect.stringContaining("more.csv")]]);
    }, 5000);
  });

  it("are refused in words to whoever sees part of the charges", async () => {
    const { keep, ask } = await openHouse();
    await keep(AUTUMN);
    for (const dataset of ["savings-waterfall", "programme-status", "reconciliation"] as const) {
      const block = await ask(dataset, { scope: ONLY_RUN });
      expect(block).toMatchObject({ type: "withheld", reason: expect.stringMatching(/you see part of/) });
      // Not even which programmes there are.
      expect(JSON.stringify(block)).not.toMatch(/Autumn|Indexes|\.csv|\d{3}/);
    }
  });
});
