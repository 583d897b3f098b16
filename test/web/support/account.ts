import type { Page } from "playwright-core";
import type { WebServer } from "./web-server.ts";

export const ADMIN = {
  name: "Ada Admin",
  email: "ada@example.com",
  password: "four words that differ",
} as const;

/** Uses the one-time link, as the first admin does. */
export const makeFirstAccount = async (page: Page, server: WebServer): Promise<void> => {
  await page.goto(server.setupLink);
  await page.getByLabel("Your name").fill(ADMIN.name);
  await page.getByLabel("Email").fill(ADMIN.email);
  await page.getByLabel("Password").fill(ADMIN.password);
  await page.getByRole("button", { name: /Make account/ }).click();
  await page.getByRole("heading", { name: "Overview", level: 1 }).waitFor();
};
