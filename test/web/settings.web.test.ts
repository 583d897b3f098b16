import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeFirstAccount } from "./support/account.ts";
import { launchBrowser, type Visit, visit } from "./support/browser.ts";
import { type Looks, openLooks } from "./support/looks.ts";
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

const open = (section: string) => admin.page.goto(`${server.address}/settings/${section}`);

test("a colleague is invited by a link that is shown once, and signs in with it", async () => {
  const { page } = admin;
  await open("people");
  await page.getByRole("button", { name: "Invite" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Email").fill("finn@example.com");
  await dialog.getByLabel("Name").fill("Finn Finance");
  await dialog.getByLabel("Role").selectOption("analyst");
  await dialog.getByRole("button", { name: "Invite" }).click();
  const link = await page.getByRole("dialog", { name: "Link for Finn Finance" }).locator("code").innerText();
  expect(link).toMatch(/\/welcome#.{20,}/);
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByText("invited", { exact: true }).waitFor();

  const finn = await visit(browser);
  await finn.page.goto(link);
  await finn.page.getByLabel("Password").fill("four other words here");
  await finn.page.getByRole("button", { name: /Make account/ }).click();
  await finn.page.getByRole("heading", { name: "Overview", level: 1 }).waitFor();
  await finn.page.goto(`${server.address}/settings/people`);
  await finn.page.getByText("This part of the settings is not for you").waitFor();
  await finn.context.close();
});

test("somebody's role changes, and they are turned off", async () => {
  const { page } = admin;
  await open("people");
  await page.getByLabel("Role of Finn Finance").selectOption("viewer");
  await page.getByText("Role of Finn Finance changed").waitFor();
  await page.getByRole("button", { name: "Actions for Finn Finance" }).click();
  await page.getByRole("menuitem", { name: "Turn off" }).click();
  await page.getByText("turned off", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Actions for Finn Finance" }).click();
  await page.getByRole("menuitem", { name: "Turn on again" }).click();
  await page.getByText("active", { exact: true }).nth(1).waitFor();
});

test("a team says who is in it and what it sees", async () => {
  const { page } = admin;
  await open("teams");
  await page.getByRole("button", { name: "New team" }).click();
  await page.getByLabel("Name").fill("Finance");
  expect(await page.getByRole("button", { name: "Save team" }).isDisabled()).toBe(true);
  await page.getByRole("radio", { name: "All charges" }).click();
  await page.getByRole("button", { name: "Save team" }).click();
  await page.getByText("Sees all charges").waitFor();
  await page.getByLabel("Add somebody to Finance").selectOption("Finn Finance");
  await page.getByRole("button", { name: "Take Finn Finance out of Finance" }).waitFor();
});

test("a token is shown once, works, and ends", async () => {
  const { page } = admin;
  await open("tokens");
  await page.getByRole("button", { name: "New token" }).click();
  await page.getByLabel("Name").fill("Nightly export");
  await page.getByRole("button", { name: "Make token" }).click();
  const secret = await page.getByRole("dialog").locator("code").last().innerText();
  const ask = () => fetch(`${server.address}/api/v1/me`, { headers: { authorization: `Bearer ${secret}` } });
  expect((await ask()).status).toBe(200);
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "End Nightly export" }).click();
  await page.getByRole("button", { name: "End token" }).click();
  await page.getByText(/^ended/).waitFor();
  expect((await ask()).status).toBe(401);
});

test("a webhook is added; its test message says why it can't go to a private address", async () => {
  const { page } = admin;
  await open("channels");
  await page.getByRole("button", { name: "Add channel" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Kind").selectOption("webhook");
  await dialog.getByLabel("Name", { exact: true }).fill("Chat bridge");
  for (const secret of await dialog.locator("input[type=password][required]").all()) {
    await secret.fill("a-secret-of-thirty-two-characters-00");
  }
  await dialog.getByLabel("Address").fill("http://127.0.0.1:9/hook");
  await dialog.getByRole("button", { name: "Save channel" }).click();
  await page.getByRole("button", { name: "Test: Chat bridge" }).click();
  await page.getByText(/was not delivered/).waitFor();
});

test("a schedule is made in words, run by hand, and its runs are shown", async () => {
  const { page } = admin;
  await open("schedules");
  await page.getByRole("button", { name: "New schedule" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill("Weekly advice");
  await dialog.getByLabel("What is done").selectOption("advise");
  await dialog.getByLabel("Time zone").selectOption("Europe/Berlin");
  await dialog.getByText(/Next times: .*;/).waitFor();
  await dialog.getByRole("button", { name: "Save schedule" }).click();
  await page.getByText("every Monday at 07:00, Europe/Berlin").waitFor();
  await page.getByRole("button", { name: "Run now: Weekly advice" }).click();
  await page.getByRole("button", { name: "Runs of Weekly advice" }).click();
  await page.getByRole("dialog").getByText("by hand").waitFor();
});

test("the company's name and colours show everywhere, at once", async () => {
  const { page } = admin;
  await open("branding");
  await page.getByLabel("Name").fill("Acme Costs");
  await page.getByLabel("Own colours").check();
  await page.getByLabel("On light pages").fill("#7a1fa2");
  await page.getByRole("button", { name: "Save branding" }).click();
  await page.getByRole("complementary").getByText("Acme Costs").waitFor();
  await expect
    .poll(() => page.evaluate("document.documentElement.style.getPropertyValue('--accent')"))
    .toBe("#7a1fa2");
  expect(await page.title()).toContain("Acme Costs");
  await page.getByRole("button", { name: "Back to ours" }).click();
  await page.getByRole("button", { name: "Save branding" }).click();
  await page.getByRole("complementary").getByText("Trimtab").waitFor();
});

test("the audit log is filtered by its address, and verified", async () => {
  const { page } = admin;
  await open("audit?action=person.");
  await page.getByRole("table", { name: "Audit log" }).waitFor();
  const actions = await page.locator("td:nth-child(4)").allInnerTexts();
  expect(actions.length).toBeGreaterThan(0);
  expect(actions.every((action) => action.startsWith("person."))).toBe(true);
  await page.getByRole("button", { name: "Check now" }).click();
  await page.getByText("Whole.").waitFor();
});

test("a wrong current password is refused in the form", async () => {
  const { page } = admin;
  await open("profile");
  await page.getByLabel("Current password").fill("not the password");
  await page.getByLabel("New password").fill("another four words here");
  await page.getByRole("button", { name: "Change password" }).click();
  await page.getByRole("alert").waitFor();
});

describe("sound in every size and theme", () => {
  let looks: Looks;
  beforeAll(async () => {
    looks = await openLooks(browser, admin.context);
  });

  test.each([
    ["profile", "Password"],
    ["tokens", "Nightly export"],
    ["people", "Finn Finance"],
    ["teams", "Sees all charges"],
    ["channels", "Chat bridge"],
    ["schedules", "Weekly advice"],
    ["deliveries", "How messages are sent"],
    ["branding", "How it looks"],
    ["audit", "token.revoked"],
  ])("Settings, %s", async (section, text) => {
    await looks.expectSound(`${server.address}/settings/${section}`, (page) =>
      page.getByText(text).first().waitFor(),
    );
  });
});
