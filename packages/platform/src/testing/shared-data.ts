import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

const root = process.env.TRIMTAB_TEST_DATA ?? resolve(import.meta.dirname, "../../../../../shared/data");

/**
 * Path of a real input from outside the repository, or undefined where this machine has none; tests then skip:
 * `describe.skipIf(sharedData('billing') === undefined)`.
 */
export const sharedData = (...segments: readonly string[]): string | undefined => {
  const path = join(root, ...segments);
  return existsSync(path) ? path : undefined;
};
