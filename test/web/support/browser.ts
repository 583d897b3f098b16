import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchChromium } from "../../../scripts/web/launch-chromium.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** `scripts/web/test.ts` finds it. */
const file = process.env.TRIMTAB_CHROMIUM ?? "/usr/bin/chromium";
const libraries = process.env.TRIMTAB_CHROMIUM_LIBRARIES;

export const SIZES = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
} as const;
export type Size = keyof typeof SIZES;
export type Theme = "light" | "dark";

export const launchBrowser = (): Promise<Browser> =>
  launchChromium({ file, ...(libraries === undefined ? {} : { libraries }) });

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the browser complained about: errors, and everything that the content security policy refused. */
  readonly complaints: string[];
}

/** Somebody with a browser of their own; the tour is only shown to those who ask. */
export const visit = async (
  browser: Browser,
  options: {
    readonly size?: Size;
    readonly theme?: Theme;
    readonly session?: BrowserContext;
    readonly hasTour?: boolean;
  } = {},
): Promise<Visit> => {
  const { size = "desktop", theme = "light", session } = options;
  const context = await browser.newContext({
    viewport: SIZES[size],
    colorScheme: theme,
    isMobile: size === "phone",
    hasTouch: size === "phone",
    locale: "en-US",
    ...(session === undefined ? {} : { storageState: await session.storageState() }),
  });
  if (!options.hasTour) await context.addInitScript("localStorage.setItem('trimtab.tour', 'seen')");
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return { page, context, complaints };
};

interface AxeViolation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** An open menu stands beside the page's landmarks, as dialogs do, and is left by Escape; axe knows that of dialogs only. */
const isOpenMenu = (rule: string, html: string): boolean =>
  rule === "region" && html.includes("data-radix-popper-");

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds on the page as it stands; empty is what it should be. */
export const axeFindings = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe);
  // Colours on their way from one theme to the other are nobody's.
  await page.evaluate(`Promise.allSettled(document.getAnimations()
    .filter(({ effect }) => effect.getComputedTiming().endTime < Infinity)
    .map(({ finished }) => finished))`);
  const found: { readonly violations: readonly AxeViolation[] } = await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(rules)} })`,
  );
  return found.violations.flatMap(({ id, help, nodes }) => {
    const [node] = nodes.filter(({ html }) => !isOpenMenu(id, html));
    return node === undefined ? [] : [`${id}: ${help}: ${node.html.slice(0, 200)}`];
  });
};

/** How far the page reaches beyond the screen's width: a phone should never scroll sideways. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)");
