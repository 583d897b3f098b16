import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { writeFocusBill } from "../../testing/focus-bill.ts";
import { runCli } from "../../testing/run-cli.ts";
import { tempFolder } from "../../testing/temp-folder.ts";

const PROGRAMME = `version: 1
name: Autumn
currency: USD
starts: 2026-07-20
baseline: {from: 2026-06}
tasks:
  - {id: fewer, title: Fewer, days: 3, effects: [-17.123456789 on Cloud Run]}
`;

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

  it("are reports of templates, and say what they can't show", async () => {
    const { folder, cli } = await withBill();
    const answer = await cli("report", "run", "executive-summary", "--to", "out.pdf", "--json");
    expect(answer).toMatchObject({ code: 0 });
    expect(JSON.parse(answer.out).withheld).toContainEqual(expect.stringContaining("What can be saved"));
    expect(readFileSync(join(folder, "out.pdf")).subarray(0, 5).toString()).toBe("%PDF-");
    expect(await cli("report", "run", "nothing", "--to", "out.pdf")).toMatchObject({ code: 2 });
  });

  it("bring the programme's waterfall into every format", async () => {
    const { folder, cli } = await withBill();
    writeFileSync(join(folder, "p.yaml"), PROGRAMME);
    expect(await cli("programme", "import", "p.yaml")).toMatchObject({ code: 0 });
    const saved = async (file: string, ...more: readonly string[]) => {
      const answer = await cli("report", "run", "savings", "--to", file, "--json", ...more);
      expect(answer, answer.err).toMatchObject({ code: 0 });
      return readFileSync(join(folder, file));
    };
    const csv = await saved("out.csv", "--block", "waterfall");
    expect(parse(csv.toString())).toEqual([
      ["Step", "Cost a month"],
      ["Today", "417.123456789"],
      ["Fewer", "-17.123456789"],
      ["All done", "400"],
    ]);
    const { default: excel } = await import("exceljs");
    const book = new excel.Workbook();
    await book.xlsx.load((await saved("out.xlsx")) as never);
    const sheet = book.worksheets.find(({ name }) => name.startsWith("Task by task"));
    expect(sheet?.getCell("C2").value).toBe(17.123456789);
    const run = JSON.parse((await saved("out.json")).toString());
    expect(run.blocks.map(({ dataset }: { dataset?: string }) => dataset).filter(Boolean)).toContain(
      "savings-waterfall",
    );
    const sums = await cli("report", "run", "compliance", "--to", "sums.csv", "--block", "sums");
    expect(sums, sums.err).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, "sums.csv"), "utf8")).toContain(
      "417.123456789,417.123456789,0,0,0,exact",
    );
  });
});
