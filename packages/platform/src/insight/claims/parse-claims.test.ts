import { TrimtabError } from "@trimtab/domain";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { auditClaims } from "./audit-claims.ts";
import { type ClaimsFormat, parseClaims } from "./parse-claims.ts";

const yaml = (text: string) => parseClaims(text, "yaml", "sheet.yaml");

function errorOf(text: string, format: ClaimsFormat = "yaml"): TrimtabError {
  try {
    parseClaims(text, format, `sheet.${format}`);
  } catch (error) {
    if (error instanceof TrimtabError) return error;
    throw error;
  }
  throw new Error("the sheet was read");
}

describe("a sheet in YAML", () => {
  it("has claims in a short and a long form", () => {
    const sheet = yaml(
      [
        "title: A paper",
        "paper: status.md",
        "claims:",
        '  run: "$3,500/month @122"',
        "  sql: $1.5K/month @123,135",
        "  total:",
        "    says: $5,000/month @128 = run + sql",
        "    kind: cost",
      ].join("\n"),
    );
    expect(sheet.title).toBe("A paper");
    expect(sheet.claims.map(({ id, says, source, kind }) => [id, says, source, kind])).toEqual([
      ["run", "$3,500/month", "status.md:122", "figure"],
      ["sql", "$1.5K/month", "status.md:123,135", "figure"],
      ["total", "$5,000/month", "status.md:128", "cost"],
    ]);
    expect(sheet.byId.get("total")?.is?.text).toBe("run + sql");
  });

  it("takes what a section says for its claims, and the sheet's for its sections", () => {
    const sheet = yaml(
      [
        "basis: plan",
        "sections:",
        "  - paper: a.md",
        "    claims: {one: 1 @5}",
        "  - paper: b.md",
        "    basis: measured",
        "    claims: {two: 2 @6}",
      ].join("\n"),
    );
    expect(sheet.claims.map(({ source, basis }) => [source, basis])).toEqual([
      ["a.md:5", "plan"],
      ["b.md:6", "measured"],
    ]);
  });

  it.each([
    [
      "a figure that is none",
      "claims:\n  run: lots @4",
      "CLAIMS_INVALID",
      2,
      3,
      "neither a figure nor a date",
    ],
    [
      "an unknown key",
      "claims:\n  run:\n    says: 5\n    sais: 6",
      "CLAIMS_INVALID",
      4,
      5,
      'no key is called "sais"',
    ],
    [
      "a comma between braces",
      "claims:\n  a: {says: 1 @2,3, kind: cost}",
      "CLAIMS_INVALID",
      2,
      18,
      "with a comma needs quotes",
    ],
    ["a wrong kind", "claims:\n  run:\n    says: 5\n    kind: costs", "CLAIMS_INVALID", 4, 5, "kind"],
    [
      "an unknown id",
      "claims:\n  run: 5\n  all:\n    says: 5\n    is: run + sql",
      "CLAIMS_UNKNOWN_ID",
      5,
      5,
      "sql",
    ],
    [
      "a formula cut short",
      "claims:\n  run: 5\n  all: 5 = run +",
      "CLAIMS_EXPRESSION",
      3,
      3,
      "is missing, at character 6",
    ],
    [
      "an unknown function",
      "claims:\n  run: 5\n  all: 5 = twice(run)",
      "CLAIMS_EXPRESSION",
      3,
      3,
      "no function twice",
    ],
    [
      "too many parts",
      "claims:\n  run: 5\n  all: 5 = cut(run, run, run)",
      "CLAIMS_EXPRESSION",
      3,
      3,
      "takes 1 to 2",
    ],
    [
      "a claim from itself",
      "claims:\n  a: = b + 1\n  b: = a + 1",
      "CLAIMS_CIRCULAR",
      2,
      3,
      "worked out from itself",
    ],
    ["an id twice", "sections:\n  - claims: {a: 1}\n  - claims: {a: 2}", "CLAIMS_DUPLICATE_ID", 3, 14, "a"],
    ["a key twice", "claims:\n  a: 1\n  a: 2", "CLAIMS_SYNTAX", 3, 3, "a second time"],
    ["no YAML", "claims:\n  a: [1\n", "CLAIMS_SYNTAX", 3, 1, ""],
    ["a list", "- 1", "CLAIMS_INVALID", 1, 1, "object"],
    ["nothing said", "claims:\n  a:\n    kind: cost", "CLAIMS_INVALID", 2, 3, "needs what the paper says"],
    ["a date that is none", "claims:\n  a:\n    says: 5\nas-of: 5 May", "CLAIMS_INVALID", 2, 3, "not a date"],
  ])("names the place of %s", (_, text, code, line, column, problem) => {
    const error = errorOf(text);
    expect(error).toMatchObject({ code, details: { file: "sheet.yaml", line, column } });
    expect(error.message).toMatch(new RegExp(problem));
  });
});

describe("a sheet in CSV", () => {
  const csv = [
    "id,says,at,paper,is,kind,lists,open",
    'run,"$3,500/month",122,status.md,,cost,,',
    'all,"$7,000/month",128,status.md,run * 2,,,',
    "names,2 names,5,status.md,,,a;b,",
  ].join("\r\n");

  it("is the same sheet as in YAML", async () => {
    const other = yaml(
      [
        "paper: status.md",
        "claims:",
        '  run: {says: "$3,500/month @122", kind: cost}',
        "  all: $7,000/month @128 = run * 2",
        "  names: {says: 2 names @5, lists: [a, b]}",
      ].join("\n"),
    );
    const sheet = parseClaims(`\uFEFF${csv}`, "csv", "sheet.yaml");
    expect({ ...(await auditClaims(sheet)), title: "" }).toEqual({
      ...(await auditClaims(other)),
      title: "",
    });
  });

  it.each([
    ["an unknown column", "id,sais\na,1", "CLAIMS_INVALID", 1, 4, 'no column is called "sais"'],
    ["a missing id", "id,says\n,5", "CLAIMS_INVALID", 2, 1, "has no id"],
    ["no column of ids", "says\n5", "CLAIMS_INVALID", 1, 1, '"id" is missing'],
    ["too many cells", "id,says\na,1,2", "CLAIMS_INVALID", 2, 5, "more cells"],
    ["an id twice", "id,says\na,1\na,2", "CLAIMS_DUPLICATE_ID", 3, 1, "a"],
    ["an open quote", 'id,says\na,"1', "CLAIMS_SYNTAX", 2, 3, "never ends"],
    ["text after a quote", 'id,says\n"a"b,1', "CLAIMS_SYNTAX", 2, 4, "follows a closing quote"],
    ["a figure that is none", "id,says\na,much", "CLAIMS_INVALID", 2, 3, "neither a figure"],
    ["an unknown id", "id,says,is\na,1,b", "CLAIMS_UNKNOWN_ID", 2, 5, "b"],
  ])("names the place of %s", (_, text, code, line, column, problem) => {
    const error = errorOf(text, "csv");
    expect(error).toMatchObject({ code, details: { file: "sheet.csv", line, column } });
    expect(error.message).toContain(problem);
  });
});

describe("any text at all", () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom(
      "claims:",
      "  a: $5/month @3 = b",
      "  b: 4-6K",
      "id,says,is",
      'a,"1,2",b',
      "  c: {says: 1}",
      "  d: = a + b",
    ),
  );

  it.each(["yaml", "csv"] as const)("is a sheet or an error with a place, as %s", (format) => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        try {
          parseClaims(lines.join("\n"), format, "any");
        } catch (error) {
          expect(error).toBeInstanceOf(TrimtabError);
          expect((error as TrimtabError).message).toMatch(/^any:\d+:\d+: /);
        }
      }),
      { numRuns: 300 },
    );
  });
});
