import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import type {} from "../packages/platform/src/testing/shared-demo.ts";

/**
 * A folder for what suites of one run share, and one for what Node has compiled: suites start hundreds of processes, which
 * would each compile the program anew.
 */
export const setup = ({ provide }: TestProject): (() => void) => {
  process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), "trimtab-compiled-tests");
  const folder = mkdtempSync(join(tmpdir(), "trimtab-shared-"));
  provide("sharedFolder", folder);
  return () => rmSync(folder, { recursive: true, force: true });
};
