import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ADMIN, makeFirstAccount } from "./support/account.ts";
import { axeFindings, launchBrowser, type Visit, visit } from "./support/browser.ts";
import { type Looks, openLooks } from "./support/looks.ts";
import { startWebServer, type WebServer } from "./support/web-server.ts";

const bin = resolve(import.meta.dirname, "../../packages/platform/bin/trimtab.js");

let browser: Browser;
let server: WebServer;
/** The admin's browser, in which the tests go on one after the other. */
let admin: Visit;
let looks: Looks;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startWebServer()]);
  admin = await visit(browser, { hasTour: true });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const expectSound = (place: string, ready: (page: Visit["page"]) => Promise<unknown>): Promise<void> =>
  looks.expectSound(server.address + place, ready);

const cli = (...args: readonly string[]): string => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [bin, ...args], {
    env: server.env,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
};

test("the one-time link makes the first account, once", async () => {
  const outside = await visit(browser);
  const signedOut = await openLooks(browser, outside.context);
  await signedOut.expectSound(server.setupLink, (page) => page.getByLabel("Your name").waitFor());
  await makeFirstAccount(admin.page, server);
  await signedOut.expectSound(`${server.address}/sign-in`, (page) => page.getByLabel("Password").waitFor());
  await outside.context.close();
  looks = await openLooks(browser, admin.context);
  const second = await visit(browser);
  await second.page.goto(server.setupLink);
  await second.page.getByRole("heading", { name: "This link can't be used" }).waitFor();
  await second.context.close();
});

test("the tour is shown once", async () => {
  const { page } = admin;
  const tour = page.getByRole("region", { name: "Tour" });
  for (let step = 0; step < 3; step++) await tour.getByRole("button", { name: "Next" }).click();
  await tour.getByRole("button", { name: "Done" }).click();
  await page.reload();
  await page.getByText("Bring your first bill").waitFor();
  expect(await tour.count()).toBe(0);
});

test("an empty lake says what to do, and is sound", async () => {
  await expectSound("/", (page) => page.getByText("Bring your first bill").waitFor());
  await expectSound("/explorer", (page) => page.getByText("Bring your first bill").waitFor());
});

test("a file that is no bill is refused with what to do", async () => {
  const { page } = admin;
  await page.getByLabel("Bills").setInputFiles({
    name: "notes.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("Monday,Tuesday\n1,2\n"),
  });
  await page.getByText("notes.csv").waitFor();
  await page
    .getByText(/SOURCE_|INGEST_|LAKE_/)
    .first()
    .waitFor();
});

test("one click fills the lake with a demo company, and the page follows by itself", async () => {
  const { page } = admin;
  await page.getByRole("button", { name: /ION/ }).click();
  await page.getByText("Month by month").waitFor({ timeout: 150_000 });
  const told = JSON.parse(cli("query", "effective from 2025-09 to 2025-09", "--json"));
  expect(told.total).toEqual(["2460"]);
  expect(await page.getByText("$2,460").count()).toBeGreaterThan(0);
});

test("Overview is sound in every size and theme", async () => {
  await expectSound("/", (page) => page.getByText("Month by month").waitFor());
});

test("a figure says what it counts", async () => {
  const { page } = admin;
  await page.getByRole("button", { name: "About spend of September 2025" }).click();
  const about = page.getByRole("dialog", { name: "About spend of September 2025" });
  const text = await about.innerText();
  expect(text).toContain("$2,460.00");
  expect(text).toMatch(/effective cost/);
  expect(text).toContain("closed by the provider");
  await page.keyboard.press("Escape");
});

test.each(["bar", "area", "line", "ranking", "donut", "treemap", "heatmap", "sankey", "waterfall", "pivot"])(
  "the Explorer draws %s, soundly",
  async (chart) => {
    const by = encodeURIComponent(
      JSON.stringify(chart === "sankey" ? ["ServiceName", "RegionId"] : ["ServiceName"]),
    );
    const range = chart === "waterfall" ? "month" : "all";
    await expectSound(`/explorer?chart=${chart}&by=${by}&range=${range}`, (page) =>
      chart === "pivot"
        ? page.getByRole("cell", { name: "Cloud Run" }).waitFor()
        : page.locator("canvas").first().waitFor(),
    );
  },
);

test("from the service to the resource to the lines of the bill, with everything in the address", async () => {
  const { page } = admin;
  await page.goto(`${server.address}/explorer?range=all`);
  const numbers = page.getByRole("region", { name: "Numbers" });
  await numbers.getByRole("button", { name: "Cloud SQL", exact: true }).click();
  await page.waitForURL(/ResourceId/);
  // Of a long path only the end is shown; the title has all of it.
  await numbers.getByTitle("/projects/").first().click();
  const lines = page.getByRole("dialog", { name: "Bill lines" });
  await lines.getByRole("cell", { name: "Cloud SQL" }).first().waitFor();
  expect(await axeFindings(page)).toEqual([]);
  const address = page.url();
  await page.goto(address);
  await lines.getByRole("cell", { name: "Cloud SQL" }).first().waitFor();
  await page.goBack();
});

test("a filter is set by keyboard alone, and the command of the view gives the same total", async () => {
  const { page, context } = admin;
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`${server.address}/explorer?range=all`);
  const numbers = page.getByRole("region", { name: "Numbers" });
  await numbers.getByRole("button", { name: "Cloud Run", exact: true }).waitFor();
  await page.getByRole("button", { name: "Filter", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.type("region");
  await page.keyboard.press("Enter");
  await page.getByRole("option", { name: /europe-west1/ }).waitFor();
  await page.keyboard.type("europe");
  await page.getByRole("option", { name: /us-central1/ }).waitFor({ state: "detached" });
  await page.keyboard.press("Enter");
  await page.waitForURL(/europe-west1/);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("menuitem", { name: "Copy as command" }).click();
  await page.getByText("Command copied").waitFor();
  const command: string = await page.evaluate("navigator.clipboard.readText()");
  const question = /'(.*)'/s.exec(command)?.[1]?.replaceAll(`'\\''`, "'") ?? "";
  const told = JSON.parse(cli("query", question, "--json"));
  const [total] = told.total.filter((cell: string | null) => cell !== null);
  const shown = new Intl.NumberFormat("en-US", {
    style: "currency",
    currency: "USD",
    maximumFractionDigits: 0,
  });
  await page.getByRole("region", { name: "Chart" }).getByText(shown.format(total), { exact: true }).waitFor();
});

test("why it changed, in place: the parts are there, and lead to their lines", async () => {
  const { page } = admin;
  await page.goto(`${server.address}/explorer?range=month&compare=month`);
  await page.getByRole("button", { name: "Why did this change?" }).click();
  const why = page.getByRole("region", { name: "Why did this change?" });
  await why.getByText("from $").waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await why.getByRole("listitem").getByRole("button").first().click();
  await page.getByRole("dialog", { name: "Bill lines" }).getByRole("row").nth(1).waitFor();
});

test("the palette jumps by a few letters", async () => {
  const { page } = admin;
  await page.goto(server.address);
  await page.getByText("Month by month").waitFor();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Page or question" }).fill("cost region");
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press("Enter");
  await page.waitForURL(/explorer\?by=.*RegionId/);
});

test("signing out and in again leads back to the place", async () => {
  const { page } = admin;
  await page.getByRole("button", { name: /Ada Admin/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.goto(`${server.address}/explorer?chart=line`);
  await page.getByLabel("Email").fill(ADMIN.email);
  await page.getByLabel("Password").fill("something else entirely");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("Email or password is wrong.").waitFor();
  await page.getByLabel("Password").fill(ADMIN.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/explorer\?chart=line/);
  await page.locator("canvas").first().waitFor();
});

test("the first load of Overview stays under 300 KiB of compressed JavaScript", async () => {
  const fresh = await visit(browser, { session: admin.context });
  let bytes = 0;
  const sizes: Promise<unknown>[] = [];
  fresh.page.on("requestfinished", (request) => {
    if (request.resourceType() !== "script") return;
    sizes.push(request.sizes().then(({ responseBodySize }) => (bytes += responseBodySize)));
  });
  await fresh.page.goto(server.address);
  await fresh.page.getByText("Month by month").waitFor();
  await Promise.all(sizes);
  expect(bytes).toBeGreaterThan(50 * 1024);
  expect(bytes).toBeLessThan(300 * 1024);
  await fresh.context.close();
});
