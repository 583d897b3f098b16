import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeFirstAccount } from "./support/account.ts";
import { launchBrowser, type Visit, visit } from "./support/browser.ts";
import { openLooks } from "./support/looks.ts";
import { startWebServer, type WebServer } from "./support/web-server.ts";

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

test("a report is made of a template, shared, and downloaded", async () => {
  const { page } = admin;
  await page.goto(`${server.address}/reports`);
  await page.getByRole("button", { name: "Choose a template" }).click();
  await page.getByRole("button", { name: "Use this: Cloud cost: executive summary" }).click();
  await page.getByText(/yours · version 1/).waitFor();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: /^Download/ }).click();
  await page.getByRole("menuitem", { name: "PDF" }).click();
  const file = readFileSync(await (await saved).path());
  expect(file.subarray(0, 5).toString()).toBe("%PDF-");
  await page.getByRole("link", { name: "Reports" }).first().click();
  await page.getByRole("button", { name: /^Actions for/ }).click();
  await page.getByRole("menuitem", { name: "Share" }).click();
  await page.getByLabel("Share with").selectOption({ label: "Whole company (team)" });
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await page.getByText("Shared", { exact: true }).waitFor();
});

test("Reports, templates and views: sound in every size and theme", async () => {
  const looks = await openLooks(browser, admin.context);
  for (const [tab, text] of [
    ["reports", "yours · version 1"],
    ["templates", "blocks"],
    ["views", "To the Explorer"],
  ] as const)
    await looks.expectSound(`${server.address}/reports?tab=${tab}`, (page) =>
      page.getByText(text).first().waitFor(),
    );
});
