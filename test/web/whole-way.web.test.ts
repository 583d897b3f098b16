import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeFocusBill } from "../../packages/platform/src/testing/focus-bill.ts";
import { readSheet } from "../../packages/platform/src/testing/read-workbook.ts";
import { ADMIN, makeFirstAccount } from "./support/account.ts";
import { launchBrowser, overflow, SIZES, type Size, type Visit, visit } from "./support/browser.ts";
import { downloadAs, readCsv, readPdf } from "./support/read-exports.ts";
import { addBlock, sendByMail } from "./support/report-steps.ts";
import { startWebServer, type WebServer } from "./support/web-server.ts";

/** An anonymised bill of AWS, 1,281 lines, of the inputs from outside. */
const shared = resolve(process.env.TRIMTAB_SHARED ?? resolve(import.meta.dirname, "../../../shared/data"));
const realBill = join(shared, "billing/aws-cur/focus_converters_aws_cur.csv");

/** Everything that somebody without a terminal does, from the sign-in to the report in the mail. */
describe.each(Object.keys(SIZES) as Size[])("the whole way, %s", (size) => {
  let browser: Browser;
  let server: WebServer;
  let somebody: Visit;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "trimtab-way-"));
    [browser, server] = await Promise.all([launchBrowser(), startWebServer()]);
    somebody = await visit(browser, { size });
    somebody.page.setDefaultTimeout(60_000);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const bill = (): string =>
    writeFocusBill(
      join(folder, "june.csv"),
      [
        { service: "Compute", region: "eu-west-1", resource: "vm-large", billed: "700" },
        { service: "Compute", region: "us-east-1", resource: "vm-small", billed: "300.06" },
        { service: "Storage", region: "eu-west-1", resource: "bucket", billed: "234.5" },
      ].map((charge) => ({ ...charge, day: "2026-06-01", until: "2026-07-01" })),
    );

  test("an account is made, left and signed in to", async () => {
    const { page, context } = somebody;
    await makeFirstAccount(page, server);
    await context.clearCookies();
    await page.goto(`${server.address}/explorer`);
    await page.getByLabel("Email").fill(ADMIN.email);
    await page.getByLabel("Password").fill("not these four words");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("alert").waitFor();
    await page.getByLabel("Password").fill(ADMIN.password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("heading", { name: "Explorer", level: 1 }).waitFor();
    // the browser tells of the refusal, too
    expect(somebody.complaints.splice(0).filter((one) => !one.includes("401"))).toEqual([]);
  });

  test("a bill is brought in, and leads to a resource", async () => {
    const { page } = somebody;
    await page.goto(server.address);
    await page.getByLabel("Bills").setInputFiles(bill());
    await page.getByText("Month by month").waitFor();
    await page.getByText("$1,234.56").or(page.getByText("$1,235")).first().waitFor();
    await page.goto(`${server.address}/explorer?range=all`);
    const numbers = page.getByRole("region", { name: "Numbers" });
    await numbers.getByRole("button", { name: "Compute", exact: true }).click();
    await page.waitForURL(/ResourceId/);
    await numbers.getByRole("button").filter({ hasText: "vm-large" }).first().click();
    const lines = page.getByRole("dialog", { name: "Bill lines" });
    await lines.getByText("Compute usage").first().waitFor();
    expect(await lines.innerText()).toMatch(/\$700/);
  });

  test("a report is built, without dragging", async () => {
    const { page } = somebody;
    await page.goto(`${server.address}/reports`);
    await page.getByRole("link", { name: "New report" }).click();
    await page.getByRole("link", { name: "Start empty" }).click();
    await page.getByLabel("Title of the report").fill("June by service");
    await addBlock(page, "Table or pivot");
    await page.getByLabel("Title", { exact: true }).fill("Services");
    for (const [field, zone] of [
      ["Service", "Rows"],
      ["Region", "Columns"],
    ] as const) {
      await page.getByRole("button", { name: `Add ${field} to…` }).click();
      await page.getByRole("menuitem", { name: zone }).click();
      await page.getByRole("menu").waitFor({ state: "detached" });
    }
    const preview = page.getByRole("region", { name: "Preview" });
    await preview.getByRole("columnheader", { name: "us-east-1, USD" }).waitFor();
    await page.getByRole("button", { name: "Save report" }).click();
    await page.getByText(/yours · version 1/).waitFor();
    await page.getByRole("article").getByText("1,234.56").first().waitFor();
    expect(await overflow(page)).toBe(0);
  });

  test("each format opens again, and says the same totals", async () => {
    const { page } = somebody;
    const { blocks } = JSON.parse(readFileSync(await downloadAs(page, "JSON"), "utf8"));
    expect(blocks[0].data.total.at(-1)).toBe("1234.56");
    const [, ...rows] = await readCsv(await downloadAs(page, "CSV"));
    expect(rows.map((row) => row.at(-1)).toSorted()).toEqual(["1000.06", "234.5"]);
    const sheet = await readSheet(await downloadAs(page, "Excel"), "Services");
    expect(sheet.find(([name]) => name === "Compute")).toEqual(["Compute", 700, 300.06, 1000.06]);
    const pdf = await downloadAs(page, "PDF");
    expect(readFileSync(pdf).subarray(0, 5).toString()).toBe("%PDF-");
    const words = await readPdf(pdf);
    if (words !== undefined) expect(words).toMatch(/Total\s+934\.50\s+300\.06\s+1,234\.56/);
  });

  test("it is scheduled, and a mail server on this machine receives it", async () => {
    const { page, context, complaints } = somebody;
    const received = await sendByMail({ page, request: context.request, server, report: "June by service" });
    expect(received.to).toEqual(["board@example.com"]);
    expect(received.source).toContain("june-by-service.xlsx");
    expect(complaints).toEqual([]);
  });

  test.skipIf(!existsSync(realBill))("a real bill is brought in beside it, line for line", async () => {
    const { page } = somebody;
    await page.goto(`${server.address}/data`);
    await page.getByRole("button", { name: "Upload bills" }).click();
    const dialog = page.getByRole("dialog", { name: /Upload/ });
    await dialog.getByLabel("Bills").setInputFiles(realBill);
    // whoever leaves the page sooner takes the file back
    const sent = dialog.getByRole("listitem").filter({ hasText: "focus_converters_aws_cur.csv" });
    await sent.getByText(/charges loaded/).waitFor();
    await page.keyboard.press("Escape");
    await page.goto(`${server.address}/data?view=reconciliation`);
    await page.getByText(/It matches to the last digit/).waitFor({ timeout: 120_000 });
    await page.goto(`${server.address}/data`);
    await page.getByText(/1,28\d charges/).waitFor();
  });
});
