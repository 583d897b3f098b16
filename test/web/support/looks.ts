import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { expect } from "vitest";
import { axeFindings, overflow, SIZES, type Size, type Theme, visit } from "./browser.ts";

/** A folder for a picture of each place in each look, for people to look at. */
const pictures = process.env.TRIMTAB_PICTURES;

/** Each size begins with one theme and changes to the other: the page follows the system's, without being asked for anew. */
const THEMES: Readonly<Record<Size, readonly Theme[]>> = {
  desktop: ["light", "dark"],
  phone: ["dark", "light"],
};

/** A browser window of each size, signed in as somebody. */
export interface Looks {
  /** Opens a place in every size and theme: nothing may be found, complained about, or cut off. */
  expectSound(address: string, ready: (page: Page) => Promise<unknown>): Promise<void>;
}

/** A file's name that tells the test and the place, the same in every run but for what was made in it. */
const pictureOf = (address: string, look: string): string => {
  const { pathname, search } = new URL(address);
  const words = `${expect.getState().currentTestName ?? ""} ${pathname}${decodeURIComponent(search)} ${look}`;
  return `${words.replaceAll(/[^\w=]+/g, "-").slice(-150)}.png`;
};

/** Of what is on the screen as it stands, with nobody asked for pictures: nothing. */
export const takePicture = async (page: Page, look: string): Promise<void> => {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, pictureOf(page.url(), look)), fullPage: true });
};

/** The windows stay for all places: what they have fetched and compiled for one, they have for the next. */
export const openLooks = async (browser: Browser, session: BrowserContext): Promise<Looks> => {
  const sizes = Object.keys(SIZES) as Size[];
  const windows = await Promise.all(
    sizes.map(async (size) => ({ size, ...(await visit(browser, { size, session })) })),
  );
  return {
    expectSound: async (address, ready) => {
      const looked = windows.map(async ({ size, page, complaints }) => {
        const [first = "light"] = THEMES[size];
        complaints.length = 0;
        await page.emulateMedia({ colorScheme: first });
        await page.goto(address);
        await ready(page);
        const found = [];
        for (const theme of THEMES[size]) {
          await page.emulateMedia({ colorScheme: theme });
          await page.locator(`html[data-theme="${theme}"]`).waitFor();
          const axe = await axeFindings(page);
          // A phone's screen grows with what is too wide for it.
          const width: number = await page.evaluate("innerWidth");
          const beyond = (await overflow(page)) + Math.max(0, width - SIZES[size].width);
          found.push({ look: `${size} ${theme}`, axe, overflow: beyond, complaints: complaints.splice(0) });
          await takePicture(page, `${size} ${theme}`);
        }
        return found;
      });
      const found = [];
      for (const outcome of await Promise.allSettled(looked)) {
        if (outcome.status === "rejected") throw outcome.reason;
        found.push(...outcome.value);
      }
      const sound = found.map(({ look }) => ({ look, axe: [], overflow: 0, complaints: [] }));
      expect(found, address).toEqual(sound);
    },
  };
};
