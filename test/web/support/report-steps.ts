import type { APIRequestContext, Page } from "playwright-core";
import { expect, vi } from "vitest";
import { mailTarget } from "../../../packages/platform/src/testing/mail-target.ts";
import type { WebServer } from "./web-server.ts";

export const addBlock = async (page: Page, name: string): Promise<void> => {
  await page.getByRole("button", { name: "Add block" }).click();
  await page.getByRole("menuitem", { name, exact: true }).click();
  // a menu gives the focus back to its button once it is gone
  await page.getByRole("menu").waitFor({ state: "detached" });
  await page.waitForTimeout(500);
};

interface Mailing {
  /** Where the report stands open. */
  readonly page: Page;
  readonly request: APIRequestContext;
  readonly server: WebServer;
  /** Its title. */
  readonly report: string;
}

/** Schedules the report for Mondays, as PDF and Excel to board@example.com, and runs it now. @returns what a mail server received */
export const sendByMail = async ({ page, request, server, report }: Mailing) => {
  const mail = await mailTarget();
  const send = async (method: "POST" | "PUT", path: string, data: object) => {
    const answer = await request.fetch(`${server.address}/api/v1${path}`, {
      method,
      data,
      headers: { "x-trimtab-request": "1" },
    });
    expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
  };
  await send("PUT", "/delivery-settings", {
    ...{ allowedNetworks: ["127.0.0.1"], maxAttempts: 3, keepDays: 30, version: 0 },
  });
  const settings = { host: "127.0.0.1", port: mail.port, security: "none", from: "costs@example.com" };
  await send("POST", "/channels", { name: "mail", kind: "email", settings });

  await page.getByRole("button", { name: "Schedule" }).click();
  await page.getByRole("button", { name: "New schedule" }).click();
  const dialog = page.getByRole("dialog", { name: "New schedule" });
  await dialog.getByLabel("Time zone").selectOption("Europe/Berlin");
  await dialog.getByLabel("xlsx").check();
  await dialog.getByRole("button", { name: "Add recipient" }).click();
  await dialog.getByLabel("Address 1").fill("board@example.com");
  await dialog.getByRole("button", { name: "Save schedule" }).click();
  await page.getByText("every Monday at 07:00, Europe/Berlin").waitFor();
  await page.getByRole("button", { name: `Run now: ${report}` }).click();
  await vi.waitFor(() => expect(mail.received).toHaveLength(1), { timeout: 90_000, interval: 300 });
  const [received] = mail.received;
  if (received === undefined) throw new Error("Nothing was received.");
  return received;
};
