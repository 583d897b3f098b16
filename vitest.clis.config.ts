import { defineConfig } from "vitest/config";
import base from "./vitest.config.ts";

/** The actions' commands, run by the clouds' real CLIs against servers on this machine: `npm run test:clis`. */
// biome-ignore lint/style/noDefaultExport: vitest reads its configuration from the default export
export default defineConfig({
  test: {
    ...base.test,
    include: ["packages/**/src/**/*.clis.test.ts", "test/**/*.clis.test.ts"],
    exclude: ["**/node_modules/**"],
    testTimeout: 900_000,
  },
});
