import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A new empty folder, removed when the running test ends. */
export const tempFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "trimtab-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};
