import { describe, expect, it } from "vitest";
import { shareBar, sparkline } from "./glyphs.ts";

describe("a sparkline", () => {
  it.each([
    [["0", "1", "2", "3", "4", "5", "6", "7"], "▁▂▃▄▅▆▇█"],
    [["5", "5", "5"], "▄▄▄"],
    [["0", "0"], "▁▁"],
    [["1", null, "2"], "▅ █"],
    [["-2", "0", "2"], "▁▅█"],
    [["100", "110"], "▅█"],
    [[null, null], ""],
    [[], ""],
  ])("of %j is %j", (series, expected) => {
    expect(sparkline(series, 20)).toBe(expected);
  });

  it("joins neighbours where there are more values than columns", () => {
    const year = Array.from({ length: 365 }, (_, day) => String(day));
    expect(sparkline(year, 8)).toBe("▁▂▃▄▅▆▇█");
  });
});

describe("a share's bar", () => {
  it.each([
    ["1", "██████████"],
    ["0.5", "█████"],
    ["0.0625", "▋"],
    ["0.0001", "▏"],
    ["0", ""],
    ["-0.2", ""],
    ["1.7", "██████████"],
  ])("of %s is %j", (ratio, expected) => {
    expect(shareBar(ratio, 10)).toBe(expected);
  });
});
