import { type Browser, chromium } from "playwright-core";
import type { Chromium } from "./find-chromium.ts";

const QUIET = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A browser without a window that asks nobody else for anything. */
export const launchChromium = (
  { file, libraries }: Chromium,
  more: readonly string[] = [],
): Promise<Browser> =>
  chromium.launch({
    executablePath: file,
    args: [...QUIET, ...more],
    ...(libraries === undefined ? {} : { env: { ...process.env, LD_LIBRARY_PATH: libraries } }),
  });
