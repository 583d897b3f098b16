import { TrimtabError } from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import { parseRules } from "./rules.ts";

const valid = `
version: 1
fiscalYearStart: 4
dimensions:
  team:
    rules:
      - where: ServiceName = 'AWS Support'
        shared: support
        split: { by: metric, metric: effective }
      - where: { dimension: RegionId, op: in, values: [eu, us] }
        value: search
      - from: tag:team
`;

const failure = (text: string): TrimtabError => {
  try {
    parseRules(text, "rules.yaml");
  } catch (error) {
    if (error instanceof TrimtabError) return error;
    throw error;
  }
  throw new Error("the file was accepted");
};

describe("parseRules", () => {
  it("reads rules in their order", () => {
    const { virtual, fiscalYearStart } = parseRules(valid, "rules.yaml");
    expect(fiscalYearStart).toBe(4);
    expect(virtual.get("team")).toMatchObject({
      otherwise: "unallocated",
      rules: [
        { shared: { name: "support", split: { by: "metric", metric: "effective" } } },
        { value: "search", where: { dimension: "RegionId", op: "in", values: ["eu", "us"] } },
        { from: "tag:team" },
      ],
    });
  });

  it.each([
    ["a condition", "ServiceName =", "Servicename lik", 7, 16, "is no comparison"],
    [
      "a dimension",
      "ServiceName = 'AWS Support'",
      "Servicname = 'x'",
      7,
      16,
      "there is no dimension Servicname",
    ],
    ["a split", "by: metric, metric: effective", "by: metrics, metric: x", 9, 22, ""],
    ["a rule's key", "value: search", "values: search", 10, 9, ""],
    ["a version", "version: 1", "version: 2", 2, 10, ""],
    ["a source", "from: tag:team", "from: teams", 12, 15, "there is no dimension teams"],
    ["a name that is taken", "  team:", "  RegionId:", 6, 5, "already has a meaning"],
    ["a fiscal year", "fiscalYearStart: 4", "fiscalYearStart: 13", 3, 18, ""],
    ["YAML", "rules:", "rules: [", 7, undefined, ""],
    [
      "shares",
      "by: metric, metric: effective",
      "by: share, shares: {a: -1}",
      9,
      41,
      "no number of zero or more",
    ],
    [
      "shares of nobody",
      "by: metric, metric: effective",
      "by: share, shares: {a: 0}",
      9,
      37,
      "nobody has a share",
    ],
  ])("points at %s that is wrong", (_what, from, to, line, column, problem) => {
    const error = failure(valid.replace(from, to));
    expect(error.code).toBe("RULES_INVALID");
    expect(error.message).toContain(problem);
    expect(error.details).toMatchObject(column === undefined ? {} : { line, column });
  });
});
