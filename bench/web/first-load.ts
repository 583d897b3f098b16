import { median } from "../figure.ts";
import { type BenchBrowser, freshContext } from "./bench-browser.ts";
import type { PageServer } from "./page-server.ts";

export interface FirstLoad {
  readonly largestPaintMs: number;
  readonly scriptKib: number;
}

const LARGEST = `new Promise((done) => {
  new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime)).observe({
    type: "largest-contentful-paint",
    buffered: true,
  });
})`;

/** Overview with a cold cache, over and over. */
export const measureFirstLoad = async (
  browser: BenchBrowser,
  server: PageServer,
  rounds: number,
): Promise<FirstLoad> => {
  const paints: number[] = [];
  let scriptKib = 0;
  for (let round = 0; round < rounds; round++) {
    const context = await freshContext(browser, server);
    const page = await context.newPage();
    const sizes: Promise<number>[] = [];
    page.on("requestfinished", (request) => {
      if (request.resourceType() === "script")
        sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
    });
    await page.goto(server.address);
    await page.getByText("Month by month").waitFor();
    // What is painted last may be larger still.
    await page.waitForTimeout(500);
    paints.push(await page.evaluate<number>(LARGEST));
    scriptKib = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1024;
    await context.close();
  }
  return { largestPaintMs: median(paints), scriptKib };
};
