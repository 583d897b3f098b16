import { buffer } from "node:stream/consumers";
import { keptLake } from "../data/lake.ts";
import { atMost, type Figure, median, type PrintTable } from "../figure.ts";
import { type BenchServer, startServer } from "./api-server.ts";
import { EXPORT_REPORT } from "./export-report.ts";
import { headersOf } from "./paced-load.ts";
import { pagesOf, sheetRowsOf } from "./read-exports.ts";

const LAKE_ROWS = Number(process.env.BENCH_WEB_ROWS ?? 1_000_000);
const ROWS = 100_000;
const ROUNDS = 3;
const PAGES = 20;

/** A filter of its own for each, so that no answer is there already. */
const tableOf = (format: string, round: number) => ({
  format,
  title: "Resources by hour",
  query: {
    measures: ["effective", "billed", "list"],
    by: ["SubAccountId", "ServiceName", "ResourceId"],
    grain: "hour",
    where: { dimension: "ServiceName", op: "!=", value: `nothing ${format} ${round}` },
    limit: ROWS,
  },
});

interface Saved {
  readonly ms: number;
  readonly bytes: Buffer;
}

const save = async ({ address, cookies }: BenchServer, path: string, body: object): Promise<Saved> => {
  const start = performance.now();
  const answer = await fetch(address + path, {
    method: "POST",
    headers: headersOf(cookies[0] ?? ""),
    body: JSON.stringify(body),
  });
  if (!answer.ok || answer.body === null) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  const bytes = await buffer(answer.body);
  return { ms: performance.now() - start, bytes };
};

/** Holds what it says: so many lines after the header, rows of a sheet, pages. */
const requireCount = (what: string, found: number, least: number): void => {
  if (found < least) throw new Error(`The export holds ${found} ${what}, not ${least}`);
};

/** Files through the real server in a process of its own, from the question to the last byte. */
export const benchWebExports = async (out: (figure: Figure) => void, table: PrintTable): Promise<void> => {
  const server = await startServer(await keptLake(LAKE_ROWS), 1);
  const sizes: string[][] = [];
  /** @returns the median, after a round that opens what is opened once */
  const measure = async (
    ask: (round: number) => Promise<Saved>,
    check: (bytes: Buffer) => Promise<string>,
  ) => {
    const took: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const { ms, bytes } = await ask(round);
      if (round > 0) took.push(ms);
      if (round === ROUNDS) sizes.push([await check(bytes), `${Math.round(bytes.length / 1024)} KiB`]);
    }
    return median(took) / 1000;
  };
  const query = (format: string) => (round: number) =>
    save(server, "/api/v1/exports/query", tableOf(format, round));
  try {
    const note = `${ROWS} rows of 7 columns out of ${LAKE_ROWS} charges; median of ${ROUNDS}`;
    const csv = await measure(query("csv"), async (bytes) => {
      const lines = bytes.reduce((count, byte) => (byte === 10 ? count + 1 : count), 0);
      requireCount("lines", lines - 1, ROWS);
      return `CSV, ${lines - 1} rows`;
    });
    out(atMost("web-exports: CSV", csv, "s", 5, note));
    const excel = await measure(query("xlsx"), async (bytes) => {
      const rows = await sheetRowsOf(bytes, "xl/worksheets/sheet1.xml");
      requireCount("rows", rows - 1, ROWS);
      return `Excel, ${rows - 1} rows`;
    });
    out(atMost("web-exports: Excel", excel, "s", 10, note));
    const pdf = await measure(
      (round) => save(server, "/api/v1/exports/report", { format: "pdf", definition: EXPORT_REPORT(round) }),
      async (bytes) => {
        requireCount("pages", pagesOf(bytes), PAGES);
        return `PDF, ${pagesOf(bytes)} pages`;
      },
    );
    out(atMost("web-exports: PDF", pdf, "s", 10, `${PAGES} pages or more with charts; median of ${ROUNDS}`));
    const { peakMiB } = await server.usage();
    out(atMost("web-exports: peak memory of the server", peakMiB, "MiB", null, "engine included"));
    table("Files", ["File", "Size"], sizes);
  } finally {
    await server.stop();
  }
};
