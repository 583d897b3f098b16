import { createServer } from "node:net";
import type { Browser, BrowserContext } from "playwright-core";
import type { Chromium } from "../../scripts/web/find-chromium.ts";
import { launchChromium } from "../../scripts/web/launch-chromium.ts";
import type { PageServer } from "./page-server.ts";

export interface BenchBrowser {
  readonly browser: Browser;
  /** On which programs besides Playwright can drive it. */
  readonly port: number;
}

const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const server = createServer();
    server.on("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address !== null ? address.port : 0));
    });
  });

export const openBrowser = async (found: Chromium): Promise<BenchBrowser> => {
  const port = await freePort();
  return { browser: await launchChromium(found, [`--remote-debugging-port=${port}`]), port };
};

/** A browser profile with nothing cached, signed in, the tour seen. */
export const freshContext = async (
  { browser }: BenchBrowser,
  { address, cookie }: PageServer,
): Promise<BrowserContext> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-US" });
  const cookies = cookie.split("; ").map((pair) => {
    const at = pair.indexOf("=");
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url: address };
  });
  await context.addCookies(cookies);
  await context.addInitScript("localStorage.setItem('trimtab.tour', 'seen')");
  return context;
};
