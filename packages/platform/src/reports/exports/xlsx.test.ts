import { buffer } from "node:stream/consumers";
import excel from "exceljs";
import { describe, expect, it } from "vitest";
import yauzl from "yauzl";
import type { DataColumn, DataTable } from "../data-table.ts";
import { xlsxOf } from "./xlsx.ts";

const text = (name: string): DataColumn => ({ name, role: "dimension", kind: "text" });
const figure = (name: string, kind: DataColumn["kind"], currency?: string): DataColumn => ({
  ...{ name, role: "measure", kind },
  ...(currency === undefined ? {} : { currency }),
});
const TIME: DataColumn = { name: "time", role: "time", kind: "time" };

const saved = async (...tables: readonly DataTable[]) => {
  const sheets = tables.map((table) => ({ title: "Result", table }));
  const bytes = await buffer(xlsxOf({ title: 'A & "B"', sheets, about: [["Basis", "<all>"]] }));
  const book = new excel.Workbook();
  await book.xlsx.load(bytes as never);
  return { bytes, book, sheet: book.getWorksheet("Result") as excel.Worksheet };
};

const partOf = async (bytes: Buffer, path: string): Promise<string> => {
  const zip = await yauzl.fromBufferPromise(bytes);
  for await (const entry of zip.eachEntry())
    if (entry.fileName === path) return (await buffer(await zip.openReadStreamPromise(entry))).toString();
  throw new Error(`no ${path}`);
};

describe("workbooks", () => {
  it("have typed cells, number formats, dates, a frozen header and filters", async () => {
    const columns = [
      TIME,
      text("Service"),
      figure("cost", "money", "USD"),
      figure("yen", "money", "JPY"),
      figure("share", "ratio"),
      figure("rows", "count"),
    ];
    const rows = [
      ["2026-06", "Compute", "10.5", "1200", "0.25", "3"],
      ["2026-06-30", null, "-0.1", null, "0", "0"],
      ["2026-06-30T05:00", "Zeit", "0", "1", null, "1"],
    ];
    const { sheet, book } = await saved({ columns, rows });
    expect(sheet.getRow(1).values).toEqual([undefined, "time", "Service", "cost", "yen", "share", "rows"]);
    expect(sheet.getCell("A1").font).toMatchObject({ bold: true });
    expect(sheet.getCell("A2").value).toEqual(new Date("2026-06-01T00:00:00Z"));
    expect(sheet.getCell("A3").value).toEqual(new Date("2026-06-30T00:00:00Z"));
    expect(sheet.getCell("A4").value).toBe("2026-06-30T05:00");
    expect(sheet.getCell("B3").value).toBeNull();
    expect([2, 3, 4].map((row) => sheet.getCell(row, 3).value)).toEqual([10.5, -0.1, 0]);
    const formats = ["A2", "C2", "D2", "E2", "F2"].map((cell) => sheet.getCell(cell).numFmt);
    expect(formats).toEqual(["yyyy-mm-dd", '#,##0.00 "USD"', '#,##0 "JPY"', "0.0%", "#,##0"]);
    expect(sheet.views[0]).toMatchObject({ state: "frozen", ySplit: 1 });
    expect(sheet.autoFilter).toBe("A1:F4");
    expect(book.title).toBe('A & "B"');
    expect(book.getWorksheet("About")?.getCell("B1").value).toBe("<all>");
  });

  it("hold every digit, and say how many numbers Excel itself can't keep", async () => {
    const rows = [["1234567.123456789012345678"], ["0.000000000000000000123"], ["5"]];
    const { bytes, book } = await saved({ columns: [figure("cost", "money", "USD")], rows });
    const xml = await partOf(bytes, "xl/worksheets/sheet1.xml");
    for (const [digits] of rows) expect(xml).toContain(`<v>${digits}</v>`);
    expect(book.getWorksheet("About")?.getCell("B2").value).toContain(
      "1 numbers have more than the 15 digits",
    );
  });

  it("run nothing that stands in a bill, and are well formed whatever does", async () => {
    const hostile = [
      "=cmd|'/C calc'!A0",
      "@SUM(A1)",
      "</t></is></c><c><f>1+1</f></c>",
      "a\u0000b\uffffc\ud800d",
      "_x0041_",
      "x".repeat(40_000),
      "  two spaces ",
    ];
    const { sheet, bytes, book } = await saved({
      columns: [text("=1+1")],
      rows: hostile.map((one) => [one]),
    });
    const cells = hostile.map((_, index) => sheet.getCell(index + 2, 1).value);
    expect(sheet.getCell("A1").value).toBe("'=1+1");
    expect(cells.slice(0, 3)).toEqual(["'=cmd|'/C calc'!A0", "'@SUM(A1)", hostile[2]]);
    expect(cells[3]).toBe("abc\ufffdd");
    expect(String(cells[5])).toHaveLength(32_767);
    expect(cells[6]).toBe("  two spaces ");
    const xml = await partOf(bytes, "xl/worksheets/sheet1.xml");
    expect(xml).not.toContain("<f>");
    // Excel would read it as A.
    expect(xml).toContain(">_x005F_x0041_<");
    expect(book.getWorksheet("About")?.getCell("B2").value).toContain("1 texts are longer");
  });

  it("name each sheet once, also where there is nothing in one", async () => {
    const wide = {
      columns: Array.from({ length: 28 }, (_, at) => text(`c${at}`)),
      rows: [Array(28).fill("v")],
    };
    const { book } = await saved(wide, { columns: [text("a")], rows: [] }, { columns: [], rows: [] });
    expect(book.worksheets.map(({ name }) => name)).toEqual(["Result", "Result 2", "Result 3", "About"]);
    expect(book.getWorksheet("Result")?.getCell("AB2").value).toBe("v");
  });

  it("are made no faster than they are read", async () => {
    let read = 0;
    const row = {
      get 0() {
        read += 1;
        return String(read);
      },
    } as unknown as readonly string[];
    const table = { columns: [text("a")], rows: Array<readonly string[]>(300_000).fill(row) };
    const reading = xlsxOf({ title: "t", sheets: [{ title: "t", table }], about: [] })[
      Symbol.asyncIterator
    ]();
    while (read < 1000) await reading.next();
    await new Promise((resume) => setTimeout(resume, 300));
    expect(read).toBeLessThan(150_000);
    await reading.return?.();
  });
});
