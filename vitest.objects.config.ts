import { defineConfig } from "vitest/config";
import base from "./vitest.config.ts";

/**
 * The lake's tests over a bucket, `npm run test:objects`: its own ones, and those of lakes in folders, which then put
 * their lakes there.
 */
// biome-ignore lint/style/noDefaultExport: vitest reads its configuration from the default export
export default defineConfig({
  test: {
    ...base.test,
    include: [
      "packages/**/src/**/*.objects.test.ts",
      "test/**/*.objects.test.ts",
      "packages/platform/src/lake/{manifest-store,expire}.test.ts",
      "packages/platform/src/lake/ingest/*.test.ts",
      "packages/platform/src/insight/kubernetes/share-out.test.ts",
      "test/reliability/{kill,race}.test.ts",
    ],
    exclude: ["**/node_modules/**"],
    testTimeout: 300_000,
  },
});
