import type { Page } from "playwright-core";
import { type BenchBrowser, freshContext } from "./bench-browser.ts";
import type { PageServer } from "./page-server.ts";

/** How long each click or key took until the next frame was painted, in milliseconds; rounded to 8 by the browser. */
export type Interactions = readonly number[];

/** Every interaction's longest event; those under 16 ms are not told by the browser. */
const OBSERVE = `
  window.interactions = new Map();
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries())
      if (interactionId) interactions.set(interactionId, Math.max(duration, interactions.get(interactionId) ?? 0));
  }).observe({ type: "event", durationThreshold: 16, buffered: true });
`;

const CHARTS = [
  "Stacked areas",
  "Lines",
  "Ranking",
  "Donut",
  "Treemap",
  "Heatmap",
  "Pivot table",
  "Stacked bars",
];

/** Through the Explorer as somebody does who looks for something: charts, grains, a filter, down to the lines of a bill. */
const explore = async (page: Page): Promise<number> => {
  let done = 0;
  const settle = async () => {
    done += 1;
    await page.waitForTimeout(250);
  };
  const numbers = page.getByRole("region", { name: "Numbers" });
  await numbers.getByRole("button").first().waitFor();
  for (const name of CHARTS) {
    await page.getByRole("radio", { name }).click();
    await settle();
  }
  for (const grain of ["per week", "per month"]) {
    await page.getByRole("button", { name: /^Per: / }).click();
    await settle();
    await page.getByRole("menuitemradio", { name: grain }).click();
    await settle();
  }
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await settle();
  for (const letter of "region") {
    await page.keyboard.press(letter);
    await settle();
  }
  await page.keyboard.press("Escape");
  await settle();
  await numbers.getByRole("row").nth(1).getByRole("button").first().click();
  await settle();
  return done;
};

/** @returns one figure for each interaction of which the browser tells; and how many there were */
export const measureInteractions = async (
  browser: BenchBrowser,
  server: PageServer,
): Promise<{ readonly told: Interactions; readonly count: number }> => {
  const context = await freshContext(browser, server);
  try {
    await context.addInitScript(OBSERVE);
    const page = await context.newPage();
    await page.goto(`${server.address}/explorer?range=all`);
    const count = await explore(page);
    return { told: await page.evaluate<number[]>("[...interactions.values()]"), count };
  } finally {
    await context.close();
  }
};
