import { defineConfig } from "vitest/config";
import base from "./vitest.config.ts";

/** Tests that kill workers or want one alone, so that nothing else may be asked of the cluster meanwhile. */
const FAULTS = "test/cluster/fault-tolerance.cluster.test.ts";

/** Statements on small data wait for the coordinator most of their time, so that the suites of two share two cores well. */
const AT_ONCE = 2;

const { reporters, ...shared } = base.test ?? {};
const common = {
  ...shared,
  testTimeout: 600_000,
  hookTimeout: 600_000,
};

/** The tests that need a cluster, `npm run test:cluster`; all else is as in the ordinary tests. */
// biome-ignore lint/style/noDefaultExport: vitest reads its configuration from the default export
export default defineConfig({
  test: {
    ...(reporters === undefined ? {} : { reporters }),
    projects: [
      {
        test: {
          ...common,
          name: "cluster",
          include: [
            "packages/**/src/**/*.cluster.test.ts",
            "test/**/*.cluster.test.ts",
            "scripts/**/*.cluster.test.ts",
          ],
          exclude: ["**/node_modules/**", FAULTS],
          maxWorkers: AT_ONCE,
        },
      },
      {
        test: {
          ...common,
          name: "faults",
          include: [FAULTS],
          exclude: ["**/node_modules/**"],
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
