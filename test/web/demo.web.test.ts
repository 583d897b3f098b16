import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeFirstAccount } from "./support/account.ts";
import {
  axeFindings,
  launchBrowser,
  overflow,
  SIZES,
  type Size,
  type Visit,
  visit,
} from "./support/browser.ts";
import { takePicture } from "./support/looks.ts";
import { startWebServer, type WebServer } from "./support/web-server.ts";

/** The demo company whose resources are known: one click, and everything that the advisors find in it is there. */
let browser: Browser;
let server: WebServer;
let admin: Visit;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startWebServer()]);
  admin = await visit(browser);
  await makeFirstAccount(admin.page, server);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const listed = async (): Promise<readonly { readonly id: string; readonly saving: object }[]> => {
  const answer = await admin.context.request.get(`${server.address}/api/v1/recommendations`);
  return (await answer.json()).items;
};

test("one click brings its bills and what the advisors find, and the page follows by itself", async () => {
  const { page, complaints } = admin;
  await page.getByRole("button", { name: /aiprod/i }).click();
  await page.getByText("Month by month").waitFor({ timeout: 150_000 });
  const savings = page.getByRole("region", { name: "Savings, from found to proven" });
  await savings.getByText(/^\d+ changes/).waitFor({ timeout: 60_000 });
  const found = await listed();
  expect(found.length).toBeGreaterThan(3);
  await savings.getByText(`${found.length} changes`).waitFor();
  expect(complaints).toEqual([]);
});

test("asked again with the limits that it was asked with, an advisor says the same of the same evidence", async () => {
  for (const { id, saving } of await listed()) {
    const answer = await admin.context.request.post(
      `${server.address}/api/v1/recommendations/${id}/what-if`,
      { data: { settings: {} }, headers: { "x-trimtab-request": "1" } },
    );
    const { recommendations } = await answer.json();
    const nets = recommendations.map((one: { readonly saving: { readonly net: object } }) => one.saving.net);
    expect(nets).toContainEqual(saving);
  }
});

test.each(Object.keys(SIZES) as Size[])(
  "a limit is dragged, and the advisor says what it would recommend then, %s",
  async (size) => {
    const { page, context, complaints } = await visit(browser, { size, session: admin.context });
    await page.goto(`${server.address}/recommendations`);
    await page
      .getByRole("link", { name: /^pipeline-worker: / })
      .locator("visible=true")
      .first()
      .click();
    const card = page.getByRole("region", { name: "What if the limits were others?" });
    const slider = card.getByRole("slider", { name: /^Memory above the most/ });
    await slider.scrollIntoViewIfNeeded();
    const box = await slider.boundingBox();
    if (box === null) throw new Error("The slider has no place.");
    const before = await slider.inputValue();
    const middle = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width / 3, middle);
    await page.mouse.down();
    for (const share of [0.4, 0.6, 0.8]) await page.mouse.move(box.x + box.width * share, middle);
    const dragged = await slider.inputValue();
    expect(Number(dragged)).toBeGreaterThan(Number(before));
    await page.mouse.up();
    await card.getByRole("columnheader", { name: "With these limits" }).waitFor();
    const found = { axe: await axeFindings(page), overflow: await overflow(page), complaints };
    expect(found).toEqual({ axe: [], overflow: 0, complaints: [] });
    await takePicture(page, `${size} light`);
    await page.emulateMedia({ colorScheme: "dark" });
    await takePicture(page, `${size} dark`);
    // What was tried stands in the address.
    await page.reload();
    await card.getByRole("columnheader", { name: "With these limits" }).waitFor();
    expect(await slider.inputValue()).toBe(dragged);
    await card.getByRole("button", { name: "As it was" }).click();
    expect(await slider.inputValue()).toBe(before);
    await page.waitForURL((url) => url.search === "");
    await context.close();
  },
);
