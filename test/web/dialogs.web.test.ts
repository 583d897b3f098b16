import type { APIRequestContext, Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeFirstAccount } from "./support/account.ts";
import { launchBrowser, type Visit, visit } from "./support/browser.ts";
import { type Looks, openLooks } from "./support/looks.ts";
import { startWebServer, type WebServer } from "./support/web-server.ts";

/** Dialogs, panels, menus and what is not there: opened on the demo company, each in every size and theme. */
let browser: Browser;
let server: WebServer;
let admin: Visit;
let looks: Looks;
/** Of what the tests look at, made beforehand. */
const made = { report: "", programme: "", recommendation: "" };

const post = async (request: APIRequestContext, path: string, data: object) => {
  const answer = await request.post(`${server.address}/api/v1${path}`, {
    data,
    headers: { "x-trimtab-request": "1" },
  });
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
  return await answer.json();
};

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startWebServer()]);
  admin = await visit(browser);
  const { page, context } = admin;
  await makeFirstAccount(page, server);
  await page.getByRole("button", { name: /aiprod/i }).click();
  await page.getByText(/^\d+ changes/).waitFor({ timeout: 150_000 });
  const { request } = context;
  const { items } = await (await request.get(`${server.address}/api/v1/recommendations`)).json();
  const [first, second] = items;
  await post(request, `/recommendations/${first.id}/decision`, {
    ...{ version: first.version, status: "accepted" },
  });
  made.recommendation = second.id;
  const programme = await post(request, "/programmes", { name: "First savings" });
  made.programme = programme.id;
  const secrets = { url: "https://chat.example.com/hook", signingSecret: "a secret of these tests only" };
  await post(request, "/channels", { name: "Chat bridge", kind: "webhook", settings: {}, secrets });
  await post(request, "/schedules", {
    ...{ name: "Weekly advice", cron: "0 7 * * 1", timeZone: "UTC", recipients: [] },
    job: { kind: "advise", settings: {} },
  });
  await page.goto(`${server.address}/reports?tab=templates`);
  await page.getByRole("button", { name: "Use this: Cloud cost: executive summary" }).click();
  await page.getByText(/yours · version 1/).waitFor();
  made.report = new URL(page.url()).pathname;
  looks = await openLooks(browser, context);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

type Role = "button" | "dialog" | "menu" | "menuitem" | "listbox" | "region" | "heading" | "checkbox";

/** What is pressed one after the other, and what then stands there. */
interface Opening {
  readonly place: string | (() => string);
  readonly press: readonly (readonly [role: Role, name: string | RegExp])[];
  readonly shows: readonly [role: Role, name: string | RegExp];
}

const visible = (page: Page, [role, name]: readonly [Role, string | RegExp]) =>
  page
    .getByRole(role, { name, ...(typeof name === "string" ? { exact: true } : {}) })
    .locator("visible=true")
    .first();

const explorer = `/explorer?range=all&by=${encodeURIComponent('["ServiceName"]')}`;
const more = ["button", "More of this report"] as const;
const report = () => made.report;
const recommendation = () => `/recommendations/${made.recommendation}`;

const OPENINGS: Readonly<Record<string, Opening>> = {
  "a figure's meaning": {
    ...{ place: "/", press: [["button", /^About spend of/]], shows: ["dialog", /^About spend of/] },
  },
  "bill lines": { place: explorer, press: [["button", "Bill lines"]], shows: ["dialog", "Bill lines"] },
  "why it changed": {
    ...{ place: explorer, press: [["button", "Why did this change?"]], shows: ["region", /change/] },
  },
  "what to filter by": { place: explorer, press: [["button", "Filter"]], shows: ["dialog", "Filter by"] },
  "what to group by": {
    ...{ place: explorer, press: [["button", "Group by another"]], shows: ["dialog", "Group by"] },
  },
  "the period": { place: explorer, press: [["button", "Aug 2025 – Jan 2026"]], shows: ["dialog", "Period"] },
  "saving a view": { place: explorer, press: [["button", "Save"]], shows: ["dialog", "Save this view"] },
  "sharing a question": { place: explorer, press: [["button", "Share"]], shows: ["menu", "Share"] },
  "chosen recommendations": {
    ...{ place: "/recommendations", press: [["checkbox", /^Choose/]], shows: ["region", /chosen/i] },
  },
  dismissing: { place: recommendation, press: [["button", /^Dismiss/]], shows: ["dialog", "Dismiss it"] },
  snoozing: { place: recommendation, press: [["button", /^Snooze/]], shows: ["dialog", "Snooze it"] },
  assigning: { place: recommendation, press: [["button", "Assign"]], shows: ["menu", "Assign"] },
  "making a programme": {
    place: "/programme?all=true",
    press: [["button", "Make a programme"]],
    shows: ["dialog", "Make a programme"],
  },
  "bringing bills in": {
    ...{ place: "/data", press: [["button", "Upload bills"]], shows: ["dialog", "Upload bills"] },
  },
  "a load": {
    ...{ place: "/data?view=loads", press: [["button", /Jan 2026/]], shows: ["dialog", "January 2026"] },
  },
  "downloading a report": { place: report, press: [["button", /^Download/]], shows: ["menu", /^Download/] },
  "pinned results": {
    ...{ place: report, press: [more, ["menuitem", "Pinned results"]], shows: ["dialog", "Pinned results"] },
  },
  "how long results are kept": {
    place: report,
    press: [more, ["menuitem", "How long results are kept"]],
    shows: ["dialog", "How long results are kept"],
  },
  versions: { place: report, press: [more, ["menuitem", "Versions"]], shows: ["dialog", /^Versions of/] },
  "sharing a report": { place: report, press: [["button", "Share"]], shows: ["dialog", /^Share/] },
  inviting: {
    ...{ place: "/settings/people", press: [["button", "Invite"]], shows: ["dialog", "Invite somebody"] },
  },
  "what is done with a person": {
    place: "/settings/people",
    press: [["button", /^Actions for/]],
    shows: ["menu", /^Actions for/],
  },
  "a new team": {
    ...{ place: "/settings/teams", press: [["button", "New team"]], shows: ["region", "New team"] },
  },
  "a new token": {
    ...{ place: "/settings/tokens", press: [["button", "New token"]], shows: ["dialog", "New token"] },
  },
  "a new channel": {
    ...{
      place: "/settings/channels",
      press: [["button", "Add channel"]],
      shows: ["dialog", "Add a channel"],
    },
  },
  "a new schedule": {
    place: "/settings/schedules",
    press: [["button", "New schedule"]],
    shows: ["dialog", "New schedule"],
  },
  "a schedule's runs": {
    place: "/settings/schedules",
    press: [["button", "Runs of Weekly advice"]],
    shows: ["dialog", "Runs of Weekly advice"],
  },
  "a page that is not there": { place: "/nowhere", press: [], shows: ["heading", "There is no such page"] },
};

test.each(Object.keys(OPENINGS))("%s: sound in every size and theme", async (name) => {
  const { place, press, shows } = OPENINGS[name] as Opening;
  await looks.expectSound(`${server.address}${typeof place === "string" ? place : place()}`, async (page) => {
    for (const one of press) await visible(page, one).click();
    await visible(page, shows).waitFor();
  });
});

test("a task of the programme: sound in every size and theme", async () => {
  await looks.expectSound(`${server.address}/programme/${made.programme}`, async (page) => {
    await page
      .getByRole("button", { name: /^Make pipelines/ })
      .locator("visible=true")
      .first()
      .click();
    await page.getByRole("dialog").waitFor();
  });
});
