import { readFileSync } from "node:fs";
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

test.each(["reports", "templates", "views"])("Reports, %s: sound in every size and theme", async (tab) => {
  for (const size of Object.keys(SIZES) as Size[]) {
    for (const theme of ["light", "dark"] as const) {
      const { page, context, complaints } = await visit(browser, { size, theme, session: admin.context });
      await page.goto(`${server.address}/reports?tab=${tab}`);
      await page
        .getByText(/yours · version 1|To the Explorer|blocks/)
        .first()
        .waitFor();
      if (process.env.TRIMTAB_PICTURES !== undefined) {
        const path = `${process.env.TRIMTAB_PICTURES}/reports-${tab}-${size}-${theme}.png`;
        await page.screenshot({ path });
      }
      const found = { axe: await axeFindings(page), overflow: await overflow(page), complaints };
      expect(found, `${tab} ${size} ${theme}`).toEqual({ axe: [], overflow: 0, complaints: [] });
      await context.close();
    }
  }
});
