import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "../packages/platform/src/cli/commands/registry.ts";
import { generatePages } from "./generate-docs.ts";

const pages = await generatePages();

describe("the generated reference", () => {
  it.each(Object.entries(pages))("%s is what the code says (else: npm run docs)", async (path, text) => {
    expect(await readFile(join(import.meta.dirname, "..", path), "utf8")).toBe(text);
  });

  it("has every command and every room's errors", () => {
    const { "docs/reference/cli.md": cli = "", "docs/reference/errors.md": errors = "" } = pages;
    for (const name of Object.keys(COMMANDS)) expect(cli).toContain(`\n## trimtab ${name}\n`);
    for (const code of ["DECIMAL_INVALID", "CLI_FAULT", "LAKE_QUERY_FAILED", "SOURCE_NOT_RECOGNISED"]) {
      expect(errors).toContain(`\n## ${code}\n`);
    }
  });
});
