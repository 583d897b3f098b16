import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeJson, sanitiseLine, sanitiseLines } from "./sanitise.ts";

const esc = "\u001b";
const hostile = [
  esc,
  `${esc}[31m`,
  `${esc}]0;title\u0007`,
  `${esc}]8;;http://x\u0007`,
  "\u009b31m",
  "\u202e",
  "\u2066",
  "\u200b",
  "\u2028",
  "\u0000",
  "\ud800",
  "\u{e0041}",
  "\r",
  "\n",
  "a",
  "ü",
  "東",
  "👩‍👩‍👧",
];
const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...hostile), fc.string()))
  .map((parts) => parts.join(""));

describe("sanitised text", () => {
  it.each([
    [`${esc}[31mred${esc}[0m`, "red"],
    [`${esc}]0;owned\u0007name`, "name"],
    ["gpj.\u202eexe", "gpj.exe"],
    ["two\r\nlines\tand a tab", "two lines and a tab"],
    ["over\rwritten", "over written"],
    ["\u009b2Jname", "name"],
    ["half \ud800 pair", "half \ufffd pair"],
    ["Größe 東京 👩‍👩‍👧 می‌خواهم", "Größe 東京 👩‍👩‍👧 می‌خواهم"],
  ])("%j becomes %j", (given, expected) => {
    expect(sanitiseLine(given)).toBe(expected);
  });

  it("holds nothing that steers a terminal, and cleaning it again changes nothing", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const clean = sanitiseLine(text);
        expect(clean).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
        expect(clean.isWellFormed()).toBe(true);
        expect(sanitiseLine(clean)).toBe(clean);
      }),
    );
  });

  it("keeps the lines of a text that has them", () => {
    expect(sanitiseLines(`a\n\t${esc}[1mb\n`)).toBe("a\n  b\n");
  });
});

describe("JSON", () => {
  it("says the same after its steering characters are escaped", () => {
    fc.assert(
      fc.property(fc.array(hostileText), (texts) => {
        const escaped = escapeJson(JSON.stringify(texts, undefined, 2));
        expect(JSON.parse(escaped)).toEqual(texts);
        expect(escaped.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});
