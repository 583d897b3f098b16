import { describe, expect, it } from "vitest";
import { didYouMean, nearestName } from "./nearest-name.ts";

const names = ["analyze", "ingest", "query", "lake history", "lake diff", "reconcile"];

describe("a suggestion", () => {
  it.each([
    ["anlyze", "analyze"],
    ["analyse", "analyze"],
    ["igenst", "ingest"],
    ["QUERY", "query"],
    ["lake hisotry", "lake history"],
    ["rec", "reconcile"],
    ["deploy", undefined],
    ["", undefined],
  ])("for %j is %j", (typed, expected) => {
    expect(nearestName(typed, names)).toBe(expected);
  });

  it("starts a hint", () => {
    expect(didYouMean("jsno", ["json"], "--")).toBe('Did you mean "--json"? ');
    expect(didYouMean("nothing near", ["json"])).toBe("");
  });
});
