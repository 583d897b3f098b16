import { describe, expect, test } from "vitest";
import { domainErrors } from "./domain-errors.ts";
import { defineErrors, TrimtabError } from "./errors.ts";

const errors = defineErrors({
  ROW_UNREADABLE: {
    message: "File {file}, line {line}: {reason}",
    hint: "Open {file} at line {line}.",
    exitCode: 3,
    status: 422,
  },
});

describe("an error", () => {
  test("says what happened and what to do, with a permanent code", () => {
    const cause = new Error("quote");
    const error = errors.create(
      "ROW_UNREADABLE",
      { file: "a.csv", line: 7, reason: "a quote is open" },
      { cause },
    );
    expect(error).toBeInstanceOf(TrimtabError);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: "TrimtabError",
      code: "ROW_UNREADABLE",
      message: "File a.csv, line 7: a quote is open",
      hint: "Open a.csv at line 7.",
      details: { file: "a.csv", line: 7, reason: "a quote is open" },
      exitCode: 3,
      status: 422,
      cause,
    });
    expect(error.stack).toContain("errors.test.ts");
  });

  test("leaves out what it was not told, and never fills in from elsewhere", () => {
    expect(errors.create("ROW_UNREADABLE").message).toBe("File , line : ");
    expect(errors.create("ROW_UNREADABLE", { file: "{line}", line: 1 }).hint).toBe("Open {line} at line 1.");
    expect(defineErrors({ A: { message: "{toString}", hint: "" } }).create("A").message).toBe("");
  });
});

test("values from bills cannot steer a terminal", () => {
  const { message, details } = errors.create("ROW_UNREADABLE", {
    file: "\u001b[31ma\u009b2J.csv\r",
    line: 1,
  });
  expect(message).toBe("File \uFFFD[31ma\uFFFD2J.csv\uFFFD, line 1: ");
  expect(details.line).toBe(1);
});

test("every error of the domain has a code in capitals, a message and a hint", () => {
  for (const [code, entry] of Object.entries(domainErrors.catalogue)) {
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)+$/);
    expect(entry.message).not.toBe("");
    expect(entry.hint).toMatch(/\.$/);
  }
});
