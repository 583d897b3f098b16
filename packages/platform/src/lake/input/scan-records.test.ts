import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tempFolder } from "../../testing/temp-folder.ts";
import { fieldsOf, rawText, scanRecords, type TextRecord } from "./scan-records.ts";

const csv = { delimiter: ",", nullTexts: [] } as const;

const scan = async (content: string | Buffer, division = { csv } as { csv: typeof csv | undefined }) => {
  const path = join(tempFolder(), "bill");
  writeFileSync(path, content);
  const found: TextRecord[] = [];
  for await (const record of scanRecords({ path, compression: "none" }, division)) found.push(record);
  return found;
};

const told = (records: readonly TextRecord[]) =>
  records.map((record) => [record.line, record.fault ?? fieldsOf(record)]);

describe("the records of a text file", () => {
  it("end at any kind of line end; a quoted field may hold some", async () => {
    const text = 'a,b\r\n1,"x\r\ny"\r\n\n2,"say ""hi"""\r3,\n4,"u\rv\nw",';
    expect(told(await scan(text))).toEqual([
      [1, ["a", "b"]],
      [2, ["1", "x\r\ny"]],
      [5, ["2", 'say "hi"']],
      [6, ["3", ""]],
      [7, ["4", "u\rv\nw", ""]],
    ]);
  });

  it.each([
    [
      "text after a closing quote",
      'a,b\n1,"x"y\n2,z\n',
      [
        [1, ["a", "b"]],
        [2, "text after a closing quote"],
        [3, ["2", "z"]],
      ],
    ],
    [
      "a quote within an unquoted field",
      'a,b\n1,x"y\n',
      [
        [1, ["a", "b"]],
        [2, ["1", 'x"y']],
      ],
    ],
    [
      "a quote that is never closed",
      'a,b\n1,"x\n2,z\n',
      [
        [1, ["a", "b"]],
        [2, "a quote is never closed"],
      ],
    ],
    ["a byte order mark", "\uFEFFa,b\n", [[1, ["a", "b"]]]],
    ["NUL", "a,\0\n", [[1, ["a", "\0"]]]],
  ])("%s", async (_, text, expected) => {
    expect(told(await scan(text))).toEqual(expected);
  });

  it("that are no UTF-8 are told in Latin-1", async () => {
    const [record] = await scan(Buffer.from("1,caf\xe9\n", "latin1"));
    expect(record).toMatchObject({ line: 1, fault: "its text is not UTF-8" });
    expect(rawText(record as TextRecord)).toBe("1,café");
  });

  it("are lines where the format has no quotes", async () => {
    const records = await scan('{"a":"\n"b,c"\n', { csv: undefined });
    expect(records.map(rawText)).toEqual(['{"a":"', '"b,c"']);
  });

  it("are the same compressed, and over the edges of what is read at once", async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `${index},"é\n${index}"`);
    const path = join(tempFolder(), "bill.gz");
    writeFileSync(path, gzipSync(lines.join("\r\n")));
    let count = 0;
    for await (const record of scanRecords({ path, compression: "gzip" }, { csv })) {
      expect(record.line).toBe(1 + count * 2);
      expect(fieldsOf(record)).toEqual([String(count), `é\n${count}`]);
      count += 1;
    }
    expect(count).toBe(20_000);
  });

  it("are what was written, whatever the values and line ends", async () => {
    const value = fc.string({
      unit: fc.constantFrom("a", '"', ",", "\n", "\r", "é", " ", "\0"),
      maxLength: 6,
    });
    const rows = fc.array(fc.array(value, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    const end = fc.constantFrom("\n", "\r\n", "\r");
    await fc.assert(
      fc.asyncProperty(rows, end, async (table, newline) => {
        const text = table
          .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(","))
          .join(newline);
        expect((await scan(text)).map(fieldsOf)).toEqual(table);
      }),
      { numRuns: 100 },
    );
  });
});
