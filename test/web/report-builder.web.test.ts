import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeFocusBill } from "../../packages/platform/src/testing/focus-bill.ts";
import { readSheet } from "../../packages/platform/src/testing/read-workbook.ts";
import { makeFirstAccount } from "./support/account.ts";
import { launchBrowser, type Visit, visit } from "./support/browser.ts";
import { openLooks } from "./support/looks.ts";
import { downloadAs, readCsv, readPdf } from "./support/read-exports.ts";
import { addBlock, sendByMail } from "./support/report-steps.ts";
import { startWebServer, type WebServer } from "./support/web-server.ts";

let browser: Browser;
let server: WebServer;
let admin: Visit;
let folder: string;
/** Of the report that the first test builds. */
let place = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "trimtab-builder-"));
  [browser, server] = await Promise.all([launchBrowser(), startWebServer()]);
  admin = await visit(browser);
  admin.page.setDefaultTimeout(60_000);
  await makeFirstAccount(admin.page, server);
  await admin.page.getByLabel("Bills").setInputFiles(bill());
  await admin.page.getByText("Month by month").waitFor();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** May and June; June costs 1234.56 in all. */
const bill = (): string =>
  writeFocusBill(
    join(folder, "bill.csv"),
    [
      { service: "Compute", region: "eu-west-1", day: "2026-05-01", until: "2026-06-01", billed: "900.25" },
      { service: "Storage", region: "eu-west-1", day: "2026-05-01", until: "2026-06-01", billed: "200" },
      { service: "Compute", region: "eu-west-1", day: "2026-06-01", until: "2026-07-01", billed: "700" },
      { service: "Compute", region: "us-east-1", day: "2026-06-01", until: "2026-07-01", billed: "300.06" },
      { service: "Storage", region: "eu-west-1", day: "2026-06-01", until: "2026-07-01", billed: "234.5" },
    ].map((charge, index) => ({ ...charge, resource: `resource-${index}` })),
  );

const zone = (page: Page, name: string) => page.locator(`[data-zone=${name}]`);
const field = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).first();
const preview = (page: Page) => page.getByRole("region", { name: "Preview" });
const chip = (page: Page, name: string, zoneName: string): Locator =>
  zone(page, zoneName).getByRole("button", { name, exact: true });

/** By the mouse, as a hand does it: not at once. */
const drag = async (page: Page, from: Locator, to: Locator): Promise<void> => {
  await from.scrollIntoViewIfNeeded();
  const [start, end] = [await from.boundingBox(), await to.boundingBox()];
  if (start === null || end === null) throw new Error("nothing to drag");
  await page.mouse.move(start.x + 30, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(start.x + 40, start.y + start.height / 2 + 8, { steps: 3 });
  await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 8 });
  // a hand rests before it lets go: a busy page sees by then what it is over
  await page.waitForTimeout(600);
  await page.mouse.move(end.x + end.width / 2 + 1, end.y + end.height / 2);
  await page.waitForTimeout(300);
  await page.mouse.up();
};

/** By keyboard, listening to what is read out: picked up, moved, dropped. */
const carry = async (page: Page, what: Locator, key: string, heard: string): Promise<void> => {
  await what.focus();
  await page.keyboard.press("Space");
  // it is read out, not seen
  await page
    .getByText(/^Picked up | is over /)
    .first()
    .waitFor({ state: "attached" });
  await page.waitForTimeout(600);
  await page.keyboard.press(key);
  await page.getByText(heard).waitFor({ state: "attached" });
  await page.keyboard.press("Space");
};

test("a report is built by dragging with the mouse and by keyboard, previewed and saved", async () => {
  const { page } = admin;
  await page.goto(`${server.address}/reports`);
  await page.getByRole("link", { name: "New report" }).click();
  await page.getByRole("link", { name: "Start empty" }).click();
  await page.getByLabel("Title of the report").fill("June by service");
  await addBlock(page, "Table or pivot");
  await page.getByLabel("Title", { exact: true }).fill("Services");

  await drag(page, field(page, "Service"), zone(page, "rows"));
  await chip(page, "Service", "rows").waitFor();
  await preview(page).getByRole("cell", { name: "1,000.06" }).waitFor();
  await drag(page, field(page, "Region"), zone(page, "columns"));
  await preview(page).getByRole("columnheader", { name: "us-east-1, USD" }).waitFor();
  // a measure is no row
  await drag(page, field(page, "Billed cost"), zone(page, "rows"));
  expect(await chip(page, "Billed cost", "rows").count()).toBe(0);

  await carry(page, field(page, "Billed cost"), "ArrowDown", "Billed cost is over Measures.");
  await chip(page, "Billed cost", "measures").waitFor();
  await page.getByRole("button", { name: "Remove Billed cost from Measures" }).click();
  await preview(page).getByRole("columnheader", { name: "us-east-1, USD" }).waitFor();

  await page.getByRole("button", { name: "Add Service to…" }).click();
  await page.getByRole("menuitem", { name: "Filters" }).click();
  await page.getByRole("option", { name: /Compute/ }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Remove filter: Service: Compute" }).waitFor();
  await preview(page).getByRole("cell", { name: "Storage" }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Remove filter: Service: Compute" }).click();
  await preview(page).getByRole("cell", { name: "Storage" }).waitFor();

  await addBlock(page, "Figure");
  const handle = page.getByRole("button", { name: "Move Effective cost" });
  await carry(page, handle, "ArrowUp", "Effective cost is over place 1 of 2.");
  await expect
    .poll(() => page.getByRole("list", { name: "Blocks" }).getByRole("listitem").allInnerTexts())
    .toEqual(["Effective cost", "Services"]);
  await preview(page).getByText("$1,234.56").first().waitFor();

  await page.getByRole("button", { name: "Save report" }).click();
  await page.getByRole("heading", { name: "June by service", level: 1 }).waitFor();
  await page.getByText(/yours · version 1/).waitFor();
  expect(await page.getByRole("article").getByText("$1,234.56").count()).toBeGreaterThan(0);
  place = new URL(page.url()).pathname;
});

test("each format opens again, and says the same totals", async () => {
  const { page } = admin;
  await page.goto(server.address + place);
  await page.getByRole("article").getByText("Services").first().waitFor();
  const json = JSON.parse(readFileSync(await downloadAs(page, "JSON"), "utf8"));
  const table = json.blocks.find(({ id }: { id: string }) => id === "table-1").data;
  expect(table.total.at(-1)).toBe("1234.56");

  const [head, ...rows] = await readCsv(await downloadAs(page, "CSV: Services"));
  expect(head).toEqual(["ServiceName", "eu-west-1", "us-east-1", "Total"]);
  expect(rows.reduce((sum, row) => sum + Number(row.at(-1)), 0)).toBeCloseTo(1234.56, 8);
  expect(rows.map(([name]) => name).toSorted()).toEqual(["Compute", "Storage"]);

  const sheet = await readSheet(await downloadAs(page, "Excel"), "Services");
  const compute = sheet.find(([name]) => name === "Compute");
  expect(compute).toEqual(["Compute", 700, 300.06, 1000.06]);

  const pdf = await downloadAs(page, "PDF");
  expect(readFileSync(pdf).subarray(0, 5).toString()).toBe("%PDF-");
  const words = await readPdf(pdf);
  if (words === undefined) return;
  expect(words).toContain("June by service");
  expect(words).toMatch(/Total\s+934\.50\s+300\.06\s+1,234\.56/);
});

test("a reader's period and filter stand in the address, and results come from the cache until read anew", async () => {
  const { page } = admin;
  await page.goto(server.address + place);
  await page.getByText(/From the cache, read/).waitFor();
  await page.getByRole("button", { name: "Read anew" }).click();
  await page.getByText(/^Read .*; kept until/).waitFor();

  await page.getByRole("button", { name: /^Period: As saved/ }).click();
  await page.getByLabel("First day").fill("2026-05-01");
  await page.getByLabel("Last day").fill("2026-05-31");
  await page.getByRole("button", { name: "Take these days" }).click();
  await page.getByRole("article").getByText("$1,100.25").first().waitFor();
  expect(page.url()).toContain("period=2026-05-01..2026-06-01");
  await page.reload();
  await page.getByRole("article").getByText("$1,100.25").first().waitFor();
  const csv = await readCsv(await downloadAs(page, "CSV: Services"));
  expect(csv.slice(1).reduce((sum, row) => sum + Number(row.at(-1)), 0)).toBeCloseTo(1100.25, 8);
  await page.getByRole("button", { name: "As saved", exact: true }).click();
  await page.getByRole("article").getByText("$1,234.56").first().waitFor();
});

const more = async (page: Page, item: string) => {
  await page.getByRole("button", { name: "More of this report" }).click();
  await page.getByRole("menuitem", { name: item }).click();
};

test("what it says is pinned and unpinned, and its expiry is set", async () => {
  const { page } = admin;
  await page.goto(server.address + place);
  await more(page, "Pinned results");
  await page.getByLabel("Name").fill("June as delivered");
  await page.getByRole("button", { name: "Pin what it says now" }).click();
  await page.getByRole("button", { name: "Show June as delivered" }).click();
  await page.getByText(/Pinned by /).waitFor();
  expect(page.url()).toContain("snapshot=");
  await page.getByRole("article").getByText("$1,234.56").first().waitFor();
  await page.getByRole("button", { name: "Unpin", exact: true }).click();
  await page.getByText("What it says now").waitFor({ state: "detached" });

  await more(page, "How long results are kept");
  await page.getByLabel("A result is shown again for").selectOption({ label: "A day" });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved", { exact: true }).waitFor();
  await more(page, "How long results are kept");
  await expect.poll(() => page.getByLabel("A result is shown again for").inputValue()).toBe("1440");
  await page.keyboard.press("Escape");
  // what it says is as it was
  await page.getByText(/yours · version 1/).waitFor();
});

test("changes that are not saved are warned about, kept, saved as a new version, and the old one restored", async () => {
  const { page } = admin;
  await page.goto(`${server.address}${place}/edit`);
  await page.getByLabel("Under the title").fill("For the board");
  await page.getByText("Changes that are not saved").waitFor();
  await page.getByRole("button", { name: "Leave", exact: true }).click();
  await page.getByRole("button", { name: "Stay" }).click();
  expect(await page.getByLabel("Under the title").inputValue()).toBe("For the board");
  await page.getByRole("button", { name: "Leave", exact: true }).click();
  await page.getByRole("button", { name: "Keep and leave" }).click();
  await page.getByText(/yours · version 1/).waitFor();
  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByText(/were kept in this browser/).waitFor();
  expect(await page.getByLabel("Under the title").inputValue()).toBe("For the board");
  await page.getByRole("button", { name: "Save as a new version" }).click();
  await page.getByText(/yours · version 2/).waitFor();
  await page.getByRole("article").getByText("For the board").waitFor();
  await more(page, "Versions");
  await page.getByRole("button", { name: "Restore version 1" }).click();
  await page.getByText(/yours · version 3/).waitFor();
  await page.getByRole("article").getByText("For the board").waitFor({ state: "detached" });
});

test("it is scheduled, and a mail server on this machine receives it", async () => {
  const { page, context } = admin;
  await page.goto(`${server.address}${place}`);
  const received = await sendByMail({ page, request: context.request, server, report: "June by service" });
  expect(received.to).toEqual(["board@example.com"]);
  expect(received.header("subject")).toContain("June by service");
  expect(received.source).toContain("application/pdf");
  expect(received.source).toContain("june-by-service.xlsx");
  await page.getByRole("button", { name: "Runs of June by service" }).click();
  await page.getByRole("dialog", { name: /^Runs/ }).getByText("sent to 1 of 1").waitFor();
});

test("a template with every kind of chart is read, and the builder begins with it", async () => {
  const { page, complaints } = admin;
  complaints.length = 0;
  await page.goto(`${server.address}/reports/new?from=executive-summary`);
  await preview(page)
    .getByRole("img", { name: /Where it goes.*donut/ })
    .waitFor();
  await page.getByRole("button", { name: "Save report" }).click();
  await page.getByText(/yours · version 1/).waitFor();
  await page.getByRole("img", { name: /What changed against the month before.*waterfall/ }).waitFor();
  expect(complaints).toEqual([]);
});

test("a report, its builder, its beginning and its schedules: sound in every size and theme", async () => {
  const looks = await openLooks(browser, admin.context);
  for (const [name, path, text] of [
    ["report", place, "Services"],
    ["report-builder", `${place}/edit?block=table-1`, "Rows"],
    ["report-new", "/reports/new", "Start empty"],
    ["report-schedules", `${place}?panel=schedules`, "every Monday at 07:00"],
  ] as const)
    await looks.expectSound(server.address + path, async (page) => {
      await page.getByText(text).first().waitFor();
      if (name !== "report-new") await page.getByRole("article").getByText("$1,234.56").first().waitFor();
    });
});
