import { describe, expect, it } from "vitest";
import { sampleDocument } from "../../testing/sample-document.ts";
import { chooseTable, renderCsv, tablesOf } from "./csv.ts";
import type { Document, Table } from "./document.ts";

const names = (...texts: readonly string[]): Table => ({
  kind: "table",
  id: "names",
  columns: [{ name: "Name", kind: "text" }],
  rows: texts.map((text) => [text]),
});
const cellsOf = (table: Table) => renderCsv(table).split("\n").slice(1, -1);

describe("CSV", () => {
  it("has full values, no totals and no drawings", async () => {
    await expect(renderCsv(chooseTable(tablesOf(sampleDocument), "services"))).toMatchFileSnapshot(
      "goldens/services.csv",
    );
  });

  it.each([
    '=HYPERLINK("http://x")',
    "+cmd|' /C calc'!A0",
    "-2+3+cmd",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    "＝1+1",
    "\u202e=1",
    "\u001b[0m=1",
  ])("takes the formula out of %j", (text) => {
    const [cell = ""] = cellsOf(names(text));
    expect(cell.replace(/^"/, "")).toMatch(/^'/);
  });

  it.each(["-5", "+5.10", "-1234567.891", "1e-7", "0"])("leaves the number %s a number", (text) => {
    expect(cellsOf(names(text))).toEqual([text]);
  });

  it("quotes separators, quotes and nothing else", () => {
    expect(cellsOf(names("a,b", 'say "a"', "plain text"))).toEqual(['"a,b"', '"say ""a"""', "plain text"]);
  });

  it("names the tables there are when asked for another", () => {
    expect(() => chooseTable(tablesOf(sampleDocument), "servces")).toThrow(
      expect.objectContaining({
        code: "CLI_TABLE_UNKNOWN",
        hint: 'Did you mean "services"? It has services, findings.',
      }),
    );
    const bare: Document = { title: "Nothing", blocks: [] };
    expect(() => chooseTable(tablesOf(bare), undefined)).toThrow(
      expect.objectContaining({ code: "CLI_TABLE_UNKNOWN" }),
    );
  });
});
