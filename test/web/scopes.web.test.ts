import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { APIRequestContext, Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeFocusBill } from "../../packages/platform/src/testing/focus-bill.ts";
import { makeFirstAccount } from "./support/account.ts";
import { launchBrowser, SIZES, type Size, type Visit, visit } from "./support/browser.ts";
import { startWebServer, type WebServer } from "./support/web-server.ts";

const sizes = Object.keys(SIZES) as Size[];
const PASSWORD = "five words of another person";

let browser: Browser;
let server: WebServer;
let admin: Visit;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "trimtab-journeys-"));
  [browser, server] = await Promise.all([launchBrowser(), startWebServer()]);
  admin = await visit(browser);
  await makeFirstAccount(admin.page, server);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A whole month of two services, each with resources of its own. */
const juneBill = (): string =>
  writeFocusBill(join(folder, "june.csv"), [
    ...[
      { service: "Compute", resource: "vm-large", billed: "700" },
      { service: "Compute", resource: "vm-small", billed: "300" },
      { service: "Storage", resource: "bucket-1", billed: "234" },
    ].map((charge) => ({ ...charge, day: "2026-06-01", until: "2026-07-01" })),
  ]);

const post = async (request: APIRequestContext, path: string, data: object) => {
  const answer = await request.post(server.address + path, { data, headers: { "x-trimtab-request": "1" } });
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
  return await answer.json();
};

/** Somebody who was invited, has taken the invitation and is signed in. */
const invited = async (name: string, size: Size, teamIds: readonly string[]): Promise<Visit> => {
  const email = `${name}.${size}@example.com`;
  const { link } = await post(admin.context.request, "/api/v1/people", {
    ...{ email, name, role: "analyst", teamIds },
  });
  const their = await visit(browser, { size });
  await post(their.context.request, "/api/v1/links/use", { code: link.code, password: PASSWORD });
  await post(their.context.request, "/api/auth/sign-in/email", { email, password: PASSWORD });
  return their;
};

test("a bill is brought in, with progress, and its cost stands in Overview", async () => {
  const { page } = admin;
  await page.goto(server.address);
  await page.getByLabel("Bills").setInputFiles(juneBill());
  await page.getByText("june.csv").first().waitFor();
  await page.getByText("Month by month").waitFor();
  await page.getByText("$1,234").first().waitFor();
});

test.each(sizes)(
  "two people with different scopes see different totals on the same pages, %s",
  async (size) => {
    const team = await post(admin.context.request, "/api/v1/teams", {
      ...{ name: `compute ${size}`, scope: { dimension: "ServiceName", op: "=", value: "Compute" } },
    });
    const everything = await post(admin.context.request, "/api/v1/teams", {
      ...{ name: `everything ${size}`, scope: null },
    });
    const people = [
      { who: await invited("cora", size, [team.id]), total: "$1,000", seesStorage: false },
      {
        who: await invited("ada", size, [everything.id]),
        total: "$1,234",
        other: "$1,000",
        seesStorage: true,
      },
    ];
    for (const { who, total, seesStorage } of people) {
      const { page, context } = who;
      await page.goto(server.address);
      await page.getByText(total, { exact: true }).first().waitFor();
      const overview = await page.locator("main").innerText();
      // Neither the whole total, nor what the rest of it is called or costs.
      for (const hidden of ["1,234", "Storage", "234.00"])
        expect(overview.includes(hidden), hidden).toBe(seesStorage);
      await page.goto(`${server.address}/explorer?range=all`);
      const numbers = page.getByRole("region", { name: "Numbers" });
      await numbers.getByRole("button", { name: "Compute", exact: true }).waitFor();
      expect(await numbers.getByRole("button", { name: "Storage", exact: true }).count()).toBe(
        seesStorage ? 1 : 0,
      );
      const shown = await page.locator("main").innerText();
      expect(shown).toContain(total);
      await context.close();
    }
  },
);
