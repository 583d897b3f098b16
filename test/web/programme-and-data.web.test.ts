import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readSheet } from "../../packages/platform/src/testing/read-workbook.ts";
import { ADMIN, makeFirstAccount } from "./support/account.ts";
import { axeFindings, launchBrowser, type Visit, visit } from "./support/browser.ts";
import { type Looks, openLooks } from "./support/looks.ts";
import { downloadAs, readCsv } from "./support/read-exports.ts";
import { startWebServer, type WebServer } from "./support/web-server.ts";

const root = resolve(import.meta.dirname, "../..");

let browser: Browser;
let server: WebServer;
let admin: Visit;
let looks: Looks;
/** Where the programme is, once there is one. */
let programme = "";

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startWebServer()]);
  admin = await visit(browser);
  await makeFirstAccount(admin.page, server);
  looks = await openLooks(browser, admin.context);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const expectSound = (place: string, text: string): Promise<void> =>
  looks.expectSound(server.address + place, (page) =>
    page.getByText(text).filter({ visible: true }).first().waitFor(),
  );

const cli = (...args: readonly string[]): string => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [resolve(root, "packages/platform/bin/trimtab.js"), ...args],
    { env: server.env, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(stderr);
  return stdout;
};

test("without bills and programmes, both pages say what to do", async () => {
  await expectSound("/data", "Bring your first bill");
  await expectSound("/programme", "No programme yet");
});

test("a programme can't be made of nothing, and it says why", async () => {
  const { page } = admin;
  await page.goto(`${server.address}/programme`);
  await page.getByRole("button", { name: "Make a programme" }).click();
  await page.getByLabel("Name").fill("Savings");
  await page.getByRole("button", { name: "Make programme", exact: true }).click();
  await page.getByText("No recommendation is accepted").waitFor();
});

test("the data page fills with a demo company", async () => {
  const { page } = admin;
  await page.goto(`${server.address}/data`);
  await page.getByRole("button", { name: /ION/ }).click();
  await page.getByText("complete to").first().waitFor({ timeout: 150_000 });
});

test.each([
  ["sources", "Newest load"],
  ["loads", "What counts now"],
  ["conformance", "rules that the specification requires"],
  ["changes", "version"],
  ["reconciliation", "Files against lake"],
  ["quarantine", "Every row was read"],
])("the part %s of Data is sound in every size and theme", async (part, text) => {
  await expectSound(`/data${part === "sources" ? "" : `?view=${part}`}`, text);
});

test("a load tells its sums to the last digit", async () => {
  const { page } = admin;
  await page.goto(`${server.address}/data?view=loads`);
  await page
    .getByRole("button", { name: /Sep 2025/ })
    .first()
    .click();
  const details = page.getByRole("dialog", { name: "September 2025" });
  await details.getByText("Billed cost").waitFor();
  expect(await axeFindings(page)).toEqual([]);
});

test("a programme shows its plan, and a task is given an owner and started where it stands", async () => {
  const { page } = admin;
  cli("programme", "import", resolve(root, "examples/estates/ion/programme.yaml"));
  await page.goto(`${server.address}/programme`);
  await page.getByRole("link", { name: /tasks done/ }).click();
  await page.getByRole("region", { name: "Owners and days of tasks" }).waitFor();
  const place = new URL(page.url()).pathname;
  const tasks = page.getByRole("region", { name: "Owners and days of tasks" });
  const set = tasks.getByRole("button", { name: /Owner of/ }).first();
  await set.click();
  await tasks.getByRole("textbox").fill("ada@example.com");
  await page.keyboard.press("Enter");
  await tasks.getByText("ada@example.com").waitFor();
  const told = JSON.parse(cli("programme", "export", "--json"));
  expect(JSON.stringify(told)).toContain("ada@example.com");
  programme = place;
});

test.each([
  ["", "As things stand"],
  ["?view=proof", "What shows that it is done"],
  ["?view=records", "Budget and return"],
  ["?view=report", "Costs of a month"],
])("the part %s of a programme is sound in every size and theme", async (search, text) => {
  await expectSound(programme + search, text);
});

test("Overview tells before and after and what is next, and leads into the task", async () => {
  await expectSound("/", "Programme timeline");
  const { page } = admin;
  await page.goto(server.address);
  const before = page.getByRole("region", { name: "Before and after" });
  await before.getByText("Target").waitFor();
  const told = JSON.parse(cli("programme", "status", "--json"));
  const money = (amount: string) => `$${Math.round(Number(amount)).toLocaleString("en-US")}`;
  const shown = await before.innerText();
  for (const amount of [told.total.baseline, told.total.target]) expect(shown).toContain(money(amount));
  await page.getByRole("list", { name: "Tasks over time" }).getByRole("link").first().click();
  await page.getByRole("dialog").getByText("What it saves a month").waitFor();
});

test("a report's data set is of the programme that its builder chose, and each of its tables is a CSV", async () => {
  const { page } = admin;
  const folder = mkdtempSync(join(tmpdir(), "trimtab-second-"));
  const file = join(folder, "second.yaml");
  const text = readFileSync(resolve(root, "examples/estates/ion/programme.yaml"), "utf8");
  writeFileSync(file, text.replace(/^name: .*$/m, "name: Second"));
  cli("programme", "import", file);
  rmSync(folder, { recursive: true });

  await page.goto(`${server.address}/reports/new`);
  await page.getByRole("link", { name: "Start empty" }).click();
  await page.getByLabel("Title of the report").fill("Where we stand");
  await page.getByRole("button", { name: "Add block" }).click();
  await page.getByRole("menuitem", { name: "Data set", exact: true }).click();
  await page.getByLabel("What it shows").selectOption("programme-status");
  const preview = page.getByRole("region", { name: "Preview" });
  await preview.getByText(/There are several programmes/).waitFor();
  await page.getByLabel("Programme", { exact: true }).selectOption({ label: "Second" });
  await preview.getByText("Tasks done").waitFor();
  await page.getByRole("button", { name: "Save report" }).click();
  await page.getByText(/yours · version 1/).waitFor();
  await page.getByRole("article").getByText("Tasks done").waitFor();

  const tasks = await readCsv(await downloadAs(page, "CSV: Programme status: Tasks"));
  const told = JSON.parse(cli("programme", "status", "Second", "--json"));
  expect(tasks.slice(1)).toHaveLength(told.steps.length);
  const sheet = await readSheet(await downloadAs(page, "Excel"), "Tasks");
  expect(sheet[0]).toEqual(tasks[0]);
  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByRole("list", { name: "Blocks" }).getByText("Programme status").click();
  await expect
    .poll(() => page.getByLabel("Programme", { exact: true }).locator("option:checked").innerText())
    .toBe("Second");
  expect(await axeFindings(page)).toEqual([]);
});

test("the profile decides how numbers and moments are written, and signs another browser out", async () => {
  const { page } = admin;
  await page.goto(`${server.address}/settings/profile`);
  const there = await visit(browser);
  const answer = await there.context.request.post(`${server.address}/api/auth/sign-in/email`, {
    data: { email: ADMIN.email, password: ADMIN.password },
    headers: { "x-trimtab-request": "1" },
  });
  expect(answer.ok()).toBe(true);
  await page.getByLabel("Numbers and dates").selectOption("de-DE");
  await page.getByLabel("Time zone").selectOption("Asia/Tokyo");
  await page.getByRole("button", { name: "Save language and time zone" }).click();
  await page.getByText("pages show numbers and dates this way").waitFor();
  await page.goto(server.address);
  await page
    .getByText(/2\.460\s\$/)
    .first()
    .waitFor();
  await page.goto(`${server.address}/settings/profile`);
  await page.getByRole("list", { name: "Browsers" }).getByRole("listitem").nth(1).waitFor();
  await page
    .getByRole("button", { name: /^Sign out Chrome on/ })
    .first()
    .click();
  await page.getByText("That browser is signed out").waitFor();
  expect((await there.context.request.get(`${server.address}/api/v1/me`)).status()).toBe(401);
  await there.context.close();
});
