import { defineConfig } from "vitest/config";
import base from "./vitest.config.ts";

/** Journeys through the browser app, `npm run test:web`: each file starts servers and browsers of its own. */
// biome-ignore lint/style/noDefaultExport: vitest reads its configuration from the default export
export default defineConfig({
  test: {
    ...base.test,
    include: ["test/web/**/*.web.test.ts"],
    exclude: ["**/node_modules/**"],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
