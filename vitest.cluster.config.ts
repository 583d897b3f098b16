import { defineConfig } from "vitest/config";
import base from "./vitest.config.ts";

/** The tests that need a cluster, `npm run test:cluster`; all else is as in the ordinary tests. */
// biome-ignore lint/style/noDefaultExport: vitest reads its configuration from the default export
export default defineConfig({
  test: {
    ...base.test,
    include: [
      "packages/**/src/**/*.cluster.test.ts",
      "test/**/*.cluster.test.ts",
      "scripts/**/*.cluster.test.ts",
    ],
    exclude: ["**/node_modules/**"],
    // They share one cluster on the same cores.
    maxWorkers: 1,
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
