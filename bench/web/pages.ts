import { findChromium } from "../../scripts/web/find-chromium.ts";
import { keptLake } from "../data/lake.ts";
import { atLeast, atMost, type Figure, median } from "../figure.ts";
import { type BenchBrowser, openBrowser } from "./bench-browser.ts";
import { measureFirstLoad } from "./first-load.ts";
import { measureInteractions } from "./interactions.ts";
import { fillWithDemo, type PageServer, startPageServer } from "./page-server.ts";

const ROUNDS = 5;
/** `-- --large` is what people are promised; the other is soon made. */
const ROWS = process.argv.includes("--large") ? 10_000_000 : 1_000_000;

type Out = (figure: Figure) => void;

/** The browser app in a real Chromium over a real `trimtab serve`; both share the machine's cores. */
export const benchWebPages = async (out: Out): Promise<void> => {
  const chromium = await findChromium();
  if (chromium === undefined) {
    process.stderr.write("skipped: web-pages: there is no Chromium, and Debian's can't be fetched here.\n");
    return;
  }
  const browser = await openBrowser(chromium);
  try {
    await withServer(undefined, async (server) => {
      await fillWithDemo(server, "aiprod");
      await benchFirstLoad(browser, server, out);
      await benchLighthouse(browser, server, out);
    });
    await withServer(await keptLake(ROWS), (server) => benchInteractions(browser, server, out));
  } finally {
    await browser.browser.close();
  }
};

const withServer = async (lake: string | undefined, work: (server: PageServer) => Promise<void>) => {
  const server = await startPageServer(lake);
  try {
    await work(server);
  } finally {
    await server.stop();
  }
};

const benchFirstLoad = async (browser: BenchBrowser, server: PageServer, out: Out): Promise<void> => {
  const { largestPaintMs, scriptKib } = await measureFirstLoad(browser, server, ROUNDS);
  const note = `median of ${ROUNDS}, nothing cached by the browser, aiprod's demo`;
  out(atMost("web-pages: Overview, largest contentful paint", largestPaintMs / 1000, "s", 1.5, note));
  out(atMost("web-pages: Overview, compressed JavaScript", scriptKib, "KiB", 300, "as sent"));
};

const CATEGORIES = ["performance", "accessibility", "best-practices"] as const;

const benchLighthouse = async ({ port }: BenchBrowser, server: PageServer, out: Out): Promise<void> => {
  const { default: lighthouse, desktopConfig } = await import("lighthouse");
  const flags = {
    port,
    logLevel: "error" as const,
    onlyCategories: [...CATEGORIES],
    extraHeaders: { Cookie: server.cookie },
  };
  const result = await lighthouse(server.address, flags, desktopConfig);
  for (const id of CATEGORIES) {
    const score = result?.lhr.categories[id]?.score;
    if (typeof score !== "number") throw new Error(`Lighthouse gave no score for ${id}`);
    const missed = failedAudits(result?.lhr, id);
    out(atLeast(`web-pages: Lighthouse ${id}`, score * 100, "points", 95, `Overview on a desktop${missed}`));
  }
};

interface Audited {
  readonly categories: Readonly<Record<string, { readonly auditRefs: readonly AuditRef[] }>>;
  readonly audits: Readonly<Record<string, { readonly score: number | null }>>;
}
interface AuditRef {
  readonly id: string;
  readonly weight: number;
}

/** What took points away. */
const failedAudits = (lhr: Audited | undefined, category: string): string => {
  const refs = lhr?.categories[category]?.auditRefs.filter(({ weight }) => weight > 0) ?? [];
  const failed = refs.filter(({ id }) => (lhr?.audits[id]?.score ?? 1) < 0.9).map(({ id }) => id);
  return failed.length === 0 ? "" : `; below 0.9: ${failed.join(", ")}`;
};

const benchInteractions = async (browser: BenchBrowser, server: PageServer, out: Out): Promise<void> => {
  const { told, count } = await measureInteractions(browser, server);
  const note = `${ROWS} rows, ${count} clicks and keys in the Explorer, of which ${told.length} took 16 ms or more`;
  out(atMost("web-pages: interaction to next paint, longest", Math.max(0, ...told), "ms", 100, note));
  const quick = Array.from({ length: Math.max(0, count - told.length) }, () => 16);
  out(atMost("web-pages: interaction to next paint, median", median([...told, ...quick]), "ms", null, note));
};
