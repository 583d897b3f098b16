import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { writeFocusBill } from "../../testing/focus-bill.ts";
import { runCli } from "../../testing/run-cli.ts";
import { tempFolder } from "../../testing/temp-folder.ts";

const withBill = async () => {
  const folder = tempFolder();
  const at = { cwd: folder, now: "2026-07-20T00:00:00Z", env: { TRIMTAB_LAKE: "lake" } };
  writeFocusBill(join(folder, "june.csv"), [
    { day: "2026-06-02", service: "Cloud Run", billed: "412.123456789" },
    { day: "2026-06-03", service: "@SUM(A1)", billed: "5" },
  ]);
  expect(await runCli(["ingest", "june.csv"], at)).toMatchObject({ code: 0 });
  return { folder, cli: (...words: readonly string[]) => runCli(words, at) };
};

describe("files of answers", () => {
  it("are CSV with every digit and without formulas", async () => {
    const { folder, cli } = await withBill();
    expect(await cli("export", "billed by ServiceName", "--to", "out.csv")).toMatchObject({ code: 0 });
    expect(parse(readFileSync(join(folder, "out.csv"), "utf8"))).toEqual([
      ["ServiceName", "billed"],
      ["Cloud Run", "412.123456789"],
      ["'@SUM(A1)", "5"],
    ]);
  });

  it("are refused by an ending that says no format", async () => {
    const { cli } = await withBill();
    expect(await cli("export", "billed", "--to", "out.doc")).toMatchObject({ code: 2 });
  });

  it("are reports of templates, and say what the command line can't bring", async () => {
    const { folder, cli } = await withBill();
    const answer = await cli("report", "run", "executive-summary", "--to", "out.pdf", "--json");
    expect(answer).toMatchObject({ code: 0 });
    expect(JSON.parse(answer.out).withheld).toContainEqual(expect.stringContaining("What can be saved"));
    expect(readFileSync(join(folder, "out.pdf")).subarray(0, 5).toString()).toBe("%PDF-");
    expect(await cli("report", "run", "nothing", "--to", "out.pdf")).toMatchObject({ code: 2 });
  });
});
