import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeFocusBill } from "../../testing/focus-bill.ts";
import { runCli } from "../../testing/run-cli.ts";
import { tempFolder } from "../../testing/temp-folder.ts";

/** May has one row that can't be read (line 3), June two (lines 2 and 4); one ingest loads both. */
async function spoiled() {
  const folder = tempFolder();
  const cli = (...words: readonly string[]) =>
    runCli(words, { cwd: folder, env: { TRIMTAB_LAKE: "lake" }, columns: 200 });
  const bill = (month: string, ...amounts: readonly string[]) =>
    writeFocusBill(
      join(folder, `${month}.csv`),
      amounts.map((billed, index) => ({ day: `2026-${month}-0${index + 1}`, billed })),
    );
  bill("05", "10", "ten");
  bill("06", "=1+1", "20", "1,5");
  expect(await cli("ingest", "05.csv", "06.csv")).toMatchObject({ code: 0 });
  return { folder, cli, bill };
}

describe("lake quarantine", () => {
  it("lists what could not be read, with its place", async () => {
    const { folder, cli } = await spoiled();
    const { rows, ...rest } = JSON.parse((await cli("lake", "quarantine", "--json")).out);
    expect(rest).toEqual({ lakeVersion: 1, quarantined: 3 });
    expect(rows).toMatchObject([
      { source: "focus", file: join(folder, "05.csv"), line: 3, column: "BilledCost" },
      { source: "focus", file: join(folder, "06.csv"), line: 2, column: "BilledCost" },
      { source: "focus", file: join(folder, "06.csv"), line: 4, column: "BilledCost" },
    ]);
    expect(rows[0].reason).toBe("BilledCost: not a decimal number");
    expect(rows[0].raw).toContain('"ten"');
    expect(rows[2].raw).toContain('"1,5"');
  });

  it("shows as many as asked for, and gives a spreadsheet all, without formulas", async () => {
    const { cli } = await spoiled();
    const page = await cli("lake", "quarantine", "--limit", "1");
    expect(page.out).toMatch(/3 rows are in quarantine[\s\S]*05\.csv +3 +BilledCost +not a decimal number/);
    expect(page.out).toContain("The first 1 of 3");
    expect(page.out).not.toContain("06.csv");
    const csv = await cli("lake", "quarantine", "--limit", "1", "--csv");
    expect(csv.out.split("\n").filter((line) => /^[^,]*\/0[56]\.csv,\d,BilledCost,/.test(line))).toHaveLength(
      3,
    );
    expect(csv.out).not.toMatch(/(^|,)"?=/m);
  });

  it("forgets the rows of a file whose load a mended one replaced", async () => {
    const { cli, bill } = await spoiled();
    bill("06", "2", "20", "1.5");
    expect(await cli("ingest", "06.csv")).toMatchObject({ code: 0 });
    expect((await cli("lake", "quarantine")).out).toContain("1 row is in quarantine");
    bill("05", "10", "10");
    expect(await cli("ingest", "05.csv")).toMatchObject({ code: 0 });
    expect((await cli("lake", "quarantine")).out).toContain("Nothing is in quarantine");
  });

  it("is where 'ingest' and 'analyze' point to", async () => {
    const { cli, bill } = await spoiled();
    bill("07", "30", "?");
    const loaded = await cli("ingest", "07.csv");
    expect(loaded.out).toMatch(/1 row could not be read and is in no total\.[^.]*trimtab lake quarantine/);
    const { out } = await cli("analyze");
    expect(out.replaceAll(/\s+/g, " ")).toContain("1 row could not be read and is in quarantine");
    expect(out.replaceAll(/\s+/g, " ")).toContain("'trimtab lake quarantine' lists them");
  });
});
