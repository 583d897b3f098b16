import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { auditClaims } from "./audit-claims.ts";
import { FUNCTION_PARTS } from "./evaluate.ts";
import { type ClaimsFormat, parseClaims } from "./parse-claims.ts";
import { CSV_COLUMNS } from "./sheet-schema.ts";

const path = fileURLToPath(new URL("../../../../../docs/reference/claims.md", import.meta.url));
const page = readFileSync(path, "utf8");

const example = (format: ClaimsFormat): string =>
  new RegExp(`\`\`\`${format}\n([^]*?)\`\`\``).exec(page)?.[1] ?? "";

describe("the reference page of claims", () => {
  it("has a YAML example in which the copied cost is found", async () => {
    const report = await auditClaims(parseClaims(example("yaml"), "yaml", "claims.md"));
    expect(report.findings.map(({ id }) => id)).toEqual(["cost-as-saving/run-saving"]);
    expect(report.counts.held).toBeGreaterThan(2);
  });

  it("has a CSV example that holds", async () => {
    const { counts } = await auditClaims(parseClaims(example("csv"), "csv", "claims.md"));
    expect(counts).toMatchObject({ claims: 4, wrong: 0, doubtful: 0, notes: 0 });
  });

  it.each([...CSV_COLUMNS])("tells of the key %s", (key) => {
    expect(page).toContain(`\`${key}\``);
  });

  it.each([...FUNCTION_PARTS.keys()])("tells of the function %s", (name) => {
    expect(page).toContain(`\`${name}(`);
  });
});
