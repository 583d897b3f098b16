import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type MetricAnswer, openMetricsServer } from "../../packages/platform/src/testing/metrics-server.ts";
import type { FileCloud } from "../reliability/file-cloud.ts";
import { ADMIN, makeFirstAccount } from "./support/account.ts";
import { keepAppliedPlan } from "./support/applied-plan.ts";
import { axeFindings, launchBrowser, overflow, type Visit, visit } from "./support/browser.ts";
import { makeDemoCloud } from "./support/demo-cloud.ts";
import { invite } from "./support/invite.ts";
import { type Looks, openLooks } from "./support/looks.ts";
import { startWebServer, type WebServer } from "./support/web-server.ts";

const bin = resolve(import.meta.dirname, "../../packages/platform/bin/trimtab.js");
const ADVICE_AT = "2026-02-01T00:00:00Z";

let browser: Browser;
let server: WebServer;
let folder: string;
let cloud: FileCloud;
let metrics: Awaited<ReturnType<typeof openMetricsServer>>;
/** What users of the service wait for, in milliseconds: far below the limits of the demo's services. */
let latency: MetricAnswer = 9000;
let applied: string;
let admin: Visit;

const answer = (query: string): MetricAnswer => {
  if (query.startsWith("latency")) return latency;
  return query.startsWith("availability") ? 0.9997 : 0.5;
};

const policy = (prometheus: string): string => `version: 1
approvals:
  rules: [{ about: Cloud Run, when: { action: cloud-run }, needs: 1 }]
watchSeconds: 4
canaryShares: [50, 100]
guardrails:
  prometheus: ${prometheus}
  intervalSeconds: 1
  graceSeconds: 20
  breaches: 2
  queries:
    request.latency/p95: latency{service="$service"}
    availability/mean: availability{service="$service"}
    memory.utilization/max: memory{service="$service"}
    cpu.utilization/p95: cpu{service="$service"}
`;

const cli = (env: Readonly<Record<string, string>>, ...args: readonly string[]): string => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [bin, ...args], {
    env: { ...process.env, HOME: folder, NO_COLOR: "1", DATABASE_URL: "", ...env },
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
};

let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "trimtab-plan-"));
  cloud = makeDemoCloud(folder);
  metrics = await openMetricsServer(answer);
  writeFileSync(join(folder, "policy.yaml"), policy(metrics.address));
  const data = join(folder, "data");
  env = {
    ...cloud.env,
    XDG_DATA_HOME: data,
    TRIMTAB_LAKE: join(data, "trimtab/demo/lakes/aiprod"),
    TRIMTAB_STATE: join(folder, "state.db"),
    TRIMTAB_POLICY: join(folder, "policy.yaml"),
  };
  cli(env, "demo", "--estate", "aiprod", "--quiet");
  cli(env, "advise", "--at", ADVICE_AT);
  applied = await keepAppliedPlan(join(folder, "state.db"));
  [browser, server] = await Promise.all([launchBrowser(), startWebServer(env)]);
  admin = await visit(browser);
  await makeFirstAccount(admin.page, server);
}, 600_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  metrics?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const sound = async (page: Page): Promise<void> => {
  expect({ axe: await axeFindings(page), overflow: await overflow(page) }).toEqual({ axe: [], overflow: 0 });
};

/** Accepts what was recommended for a service and freezes it. @returns the plan's address */
const planOf = async ({ page }: Visit, service: string, name: string): Promise<string> => {
  await page.goto(`${server.address}/recommendations`);
  await page
    .getByRole("link", { name: new RegExp(`^${service}: `) })
    .locator("visible=true")
    .first()
    .click();
  await page.getByRole("button", { name: "Accept", exact: true }).click();
  await page.getByRole("link", { name: "Make a plan…" }).click();
  await page.getByText("1 change, saving a month").waitFor();
  await sound(page);
  await page.getByLabel("Name (optional)").fill(name);
  await page.getByRole("button", { name: "Freeze plan" }).click();
  await page.getByRole("heading", { name, level: 1 }).waitFor();
  await page.getByText("It waits for an approval").waitFor();
  return page.url();
};

/** Another person reads the plan and approves it. */
const approve = async ({ page }: Visit, address: string): Promise<void> => {
  await page.goto(address);
  await page.getByRole("tab", { name: /^Steps/ }).click();
  await page.getByRole("button", { name: /without traffic/ }).click();
  await page
    .getByText(/^gcloud run services update .*--revision-suffix=/)
    .first()
    .waitFor();
  await page.getByRole("button", { name: "Approve…" }).click();
  const dialog = page.getByRole("dialog");
  const yes = dialog.getByRole("button", { name: "Approve", exact: true });
  expect(await yes.isDisabled()).toBe(true);
  await dialog.getByLabel(/what changes and the commands/).check();
  await dialog.getByLabel(/the way back/).check();
  await dialog.getByLabel("Comment (optional)").fill("Read; go on a weekday.");
  await sound(page);
  await yes.click();
  await page.getByText("It is approved and can be carried out").waitFor();
};

const begin = async (page: Page, button: string, action: string): Promise<void> => {
  const { pathname } = new URL(page.url());
  await page.goto(`${server.address}${pathname}?view=run`);
  await page.getByRole("region", { name: "What is next" }).getByRole("button", { name: button }).click();
  const dialog = page.getByRole("dialog");
  const yes = dialog.getByRole("button", { name: action, exact: true });
  expect(await yes.isDisabled()).toBe(true);
  await dialog.getByLabel(/^Yes, /).check();
  await yes.click();
  await dialog.waitFor({ state: "detached" });
};

const outcome = (page: Page, text: RegExp) =>
  page.getByRole("status").filter({ hasText: text }).first().waitFor({ timeout: 90_000 });

const minimumOf = (service: string): string | undefined =>
  cloud.read().services[service]?.service.spec.template.metadata?.annotations?.[
    "autoscaling.knative.dev/minScale"
  ];

const LONG = { timeout: 400_000 };

test(
  "accepted, planned, approved by another, tried, carried out, stopped, resumed and taken back",
  LONG,
  async () => {
    const olga = await invite(browser, { server, admin, name: "olga", role: "operator" });
    const paul = await invite(browser, { server, admin, name: "paul", role: "approver" });
    const { page } = olga;
    const address = await planOf(olga, "pipeline-worker", "Smaller workers");
    await page.getByText("Approvers and admins approve; your role is operator.").waitFor();
    expect(await page.getByRole("button", { name: "Approve…" }).count()).toBe(0);
    await approve(paul, address);

    // The operator's page is asked for anew; from here on it follows by itself.
    await page.goto(`${address}?view=run`);
    await page.getByRole("button", { name: "Start dry run" }).click();
    await page.getByText("Nothing is in the way.").waitFor();
    expect(await page.getByRole("meter").count()).toBe(4);
    await sound(page);
    expect(cloud.read().effects).toEqual([]);

    await paul.page.goto(`${address}?view=run`);
    await begin(page, "Execute…", "Execute");
    const steps = page.getByRole("list", { name: "Steps" });
    await steps.getByText("watched", { exact: true }).waitFor();
    const gauge = page.getByRole("meter", { name: "request.latency p95" });
    await gauge.waitFor();
    expect(await gauge.getAttribute("aria-valuetext")).toMatch(/^9,000, at most .*: holds$/);
    await sound(page);
    await page.getByRole("region", { name: "What is next" }).getByRole("button", { name: "Stop" }).click();
    await page.getByText("It stopped half-way").waitFor({ timeout: 60_000 });
    await paul.page.getByText("It stopped half-way").waitFor();
    expect(await paul.page.getByRole("button", { name: "Resume…" }).count()).toBe(0);
    await begin(page, "Resume…", "Resume");
    await outcome(page, /^Applied/);
    await paul.page.getByText("It is applied: now prove what it saved").waitFor();
    expect(minimumOf("pipeline-worker")).toBe("2");
    await page
      .getByRole("log", { name: "Log lines" })
      .getByText(/watching for 4 s/)
      .first()
      .waitFor();

    await begin(page, "Take back…", "Take back");
    await outcome(page, /^Taken back/);
    expect(minimumOf("pipeline-worker")).toBe("5");
    await page.getByText("It was taken back: everything is as before.").waitFor();
    await page.getByRole("table", { name: "Lines of the journal" }).getByText("take back").first().waitFor();
    await sound(page);
    expect([...olga.complaints, ...paul.complaints]).toEqual([]);
    await Promise.all([olga.context.close(), paul.context.close()]);
  },
);

// Of a recommendation that no test here accepts: the list shows those that are open.
test("people are named, mentioned and assigned by name, and addresses stay with who manages people", async () => {
  const olga = await invite(browser, { server, admin, name: "ottilie", role: "operator" });
  const { page } = olga;
  await page.goto(`${server.address}/recommendations`);
  await page
    .getByRole("link", { name: /^Make pipelines-replica / })
    .locator("visible=true")
    .first()
    .click();
  const box = page.getByRole("textbox", { name: "Say something" });
  await box.pressSequentially("Yours? @ada ad");
  await page.getByRole("option", { name: ADMIN.name }).waitFor();
  await page.keyboard.press("Enter");
  expect(await box.inputValue()).toBe(`Yours? @${ADMIN.name} `);
  await page.getByRole("button", { name: "Comment", exact: true }).click();
  await page.getByText(`Yours? @${ADMIN.name}`, { exact: true }).waitFor();
  await page.getByRole("button", { name: "Take this comment back" }).waitFor();
  await page.getByRole("button", { name: "Assign", exact: true }).click();
  await page.getByRole("menuitemradio", { name: ADMIN.name }).click();
  await page.getByRole("button", { name: `Assigned to ${ADMIN.name}` }).waitFor();
  expect(await page.locator("main").innerText()).not.toContain("@example.com");
  const mentions = await admin.context.request.get(`${server.address}/api/v1/mentions`);
  expect(await mentions.json()).toMatchObject({ unread: 1, items: [{ author: "ottilie", isOwn: false }] });
  await olga.context.close();
});

test("on a phone: a guardrail that breaks takes the change back, while one watches", LONG, async () => {
  const olga = await invite(browser, { server, admin, name: "olivia", role: "operator", size: "phone" });
  const paul = await invite(browser, { server, admin, name: "pia", role: "approver", size: "phone" });
  const { page } = olga;
  const address = await planOf(olga, "report-renderer", "Fewer idle renderers");
  await approve(paul, address);
  await page.reload();
  await begin(page, "Execute…", "Execute");
  await page.getByRole("list", { name: "Steps" }).getByText("watched", { exact: true }).waitFor();
  latency = 60_000;
  await page
    .getByRole("meter", { name: "request.latency p95" })
    .and(page.locator('[aria-valuetext*="broken"]'))
    .waitFor({ timeout: 30_000 });
  await outcome(page, /guardrail broken/);
  latency = 9000;
  expect(minimumOf("report-renderer")).toBe("5");
  await page.getByText("It was taken back: everything is as before.").waitFor();
  await sound(page);
  expect([...olga.complaints, ...paul.complaints]).toEqual([]);
  await Promise.all([olga.context.close(), paul.context.close()]);
});

test(
  "what a plan of the demo's company saved is verified on its bill, as the command line does",
  LONG,
  async () => {
    const { page } = admin;
    await page.goto(`${server.address}/plans/${applied}?view=proof`);
    await page.getByText("Nothing is verified yet").waitFor();
    await page.getByRole("button", { name: "Only look" }).click();
    await page.getByText("This verification is not kept").waitFor({ timeout: 120_000 });
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByText("Nothing is verified yet").waitFor();
    await page.getByRole("button", { name: "Verify now" }).click();
    const kept = page.getByRole("region", { name: "Verification 1" });
    await kept.locator("canvas").waitFor({ timeout: 120_000 });
    const told = JSON.parse(cli(env, "verify", applied, "--dry-run", "--json"));
    const month = await kept
      .locator("[title]")
      .filter({ hasText: /^-?\$[\d,.]+$/ })
      .first()
      .getAttribute("title");
    const exact = new Intl.NumberFormat("en-US", {
      ...{ style: "currency", currency: "USD", minimumFractionDigits: 2, maximumFractionDigits: 12 },
    });
    expect(month).toBe(exact.format(told.savingPerMonth.mid));
    const change = kept.getByRole("table", { name: "Parts of the change" });
    await change.getByText("Change, exactly the sum").waitFor();
    await kept.getByRole("table", { name: "Invoices" }).getByText("Dec 2025").waitFor();
    await page.goto(`${server.address}/plans?show=applied`);
    await page.getByText("realised").locator("visible=true").first().waitFor();
  },
);

test("on a phone: what was verified is read, and looked at again", LONG, async () => {
  const { page, context, complaints } = await visit(browser, { size: "phone", session: admin.context });
  await page.goto(`${server.address}/plans/${applied}?view=proof`);
  await page.getByRole("region", { name: "Verification 1" }).locator("canvas").waitFor();
  await page.getByRole("button", { name: "Only look" }).click();
  await page.getByText("This verification is not kept").waitFor({ timeout: 120_000 });
  await sound(page);
  await page.getByRole("button", { name: "Close" }).click();
  expect(complaints).toEqual([]);
  await context.close();
});

describe("sound in every size and theme", () => {
  let looks: Looks;
  let recommended: string;
  beforeAll(async () => {
    looks = await openLooks(browser, admin.context);
    const list = await admin.context.request.get(`${server.address}/api/v1/recommendations?status=all`);
    const { items } = await list.json();
    recommended = items.find(({ title }: { readonly title: string }) =>
      title.startsWith("pipeline-worker: "),
    ).id;
  });

  test.each([
    ["plans", () => "/plans", "Smaller workers"],
    ["new", () => "/plans/new", "Accepted recommendations"],
    ["changes", () => `/plans/${applied}`, "How the cloud behaves"],
    ["steps", () => `/plans/${applied}?view=steps&step=step-2`, "Must be so before"],
    ["approval", () => `/plans/${applied}?view=approval`, "Read with the team."],
    ["run", () => `/plans/${applied}?view=run`, "Written to the disk"],
    ["proof", () => `/plans/${applied}?view=proof`, "Why the bill changed"],
    ["commands", () => `/plans/${applied}?view=commands&as=terraform`, "As Terraform"],
    ["recommendations", () => "/recommendations?status=all", "Saved together, a month"],
    ["recommendation", () => `/recommendations/${recommended}`, "What if"],
  ])("%s", LONG, async (_, place, text) => {
    await looks.expectSound(server.address + place(), (page) =>
      page.getByText(text).locator("visible=true").first().waitFor(),
    );
  });
});
