import { describe, expect, it } from "vitest";
import { sampleDocument } from "../../testing/sample-document.ts";
import type { Table } from "./document.ts";
import { createStyle } from "./style.ts";
import { renderTerminal } from "./terminal.ts";
import { textWidth } from "./text-width.ts";

const render = (width: number, colour = false, isQuiet = false) =>
  renderTerminal(sampleDocument, { style: createStyle(colour), width, isQuiet });

describe("a page in a terminal", () => {
  it.each([60, 80, 140])("at %i columns", async (width) => {
    const page = render(width);
    for (const line of page.split("\n")) expect(textWidth(line)).toBeLessThanOrEqual(width);
    await expect(page).toMatchFileSnapshot(`goldens/page-${width}.txt`);
  });

  it("in colours", async () => {
    await expect(render(140, true)).toMatchFileSnapshot("goldens/page-140-colours.txt");
  });

  it("without an edge shows whole names", async () => {
    await expect(render(Number.POSITIVE_INFINITY)).toMatchFileSnapshot("goldens/page-endless.txt");
  });

  it("leaves remarks out when quiet", () => {
    expect(render(80)).toContain("Next, ask why:");
    expect(render(80, false, true)).not.toContain("Next, ask why:");
  });

  it("lines up columns that hold wide characters and marks", () => {
    const names = ["東京", "e\u0301cole", "☁️", "👩‍👩‍👧", "plain"];
    const table: Table = {
      kind: "table",
      id: "wide",
      columns: [
        { name: "Name", kind: "text" },
        { name: "Cost", kind: "amount" },
      ],
      rows: names.map((name) => [name, "1"]),
    };
    const page = renderTerminal(
      { title: "", blocks: [table] },
      { style: createStyle(false), width: 80, isQuiet: false },
    );
    const ends = page.split("\n").flatMap((line) => (line.endsWith("1.00") ? [textWidth(line)] : []));
    expect(ends).toHaveLength(names.length);
    expect(new Set(ends).size).toBe(1);
  });

  it("says that a table has no rows", () => {
    const table: Table = { kind: "table", id: "none", columns: [{ name: "Name", kind: "text" }], rows: [] };
    const page = { style: createStyle(false), width: 80, isQuiet: false };
    expect(renderTerminal({ title: "Nothing", blocks: [table] }, page)).toContain("(no rows)");
  });

  describe("advice on narrow pages", () => {
    const table: Table = {
      kind: "table",
      id: "advice",
      columns: [
        { name: "Id", kind: "text", whole: true },
        { name: "What", kind: "text", wrap: true },
        { name: "Where", kind: "text", optional: true, foldsInto: "What" },
        { name: "Saves", kind: "amount" },
        { name: "Risk", kind: "text" },
      ],
      rows: [["rec-0123456789abcdef", "api: min instances 5 → 2", "acme-staging us-east1", "60.65", "low"]],
    };
    const at = (width: number) =>
      renderTerminal({ title: "", blocks: [table] }, { style: createStyle(false), width, isQuiet: false });

    it("says where in brackets when there is no room for its column", () => {
      expect(at(100)).toMatch(/What +Where +Saves/);
      const page = at(70);
      expect(page).not.toContain("Where");
      expect(page.replace(/\s+/g, " ")).toContain("(acme-staging us-east1)");
    });

    it("puts cells one below another rather than leaving some out, and never cuts an id", () => {
      const page = at(38);
      for (const line of page.split("\n")) expect(textWidth(line)).toBeLessThanOrEqual(38);
      expect(page).toMatch(/^ {2}rec-0123456789abcdef\n {2}What +api/);
      expect(page).toMatch(/Where +acme-staging/);
      expect(page).toMatch(/Saves +60\.65\n {2}Risk +low/);
    });
  });
});
