import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Decimal, decimal, equals, TrimtabError, ZERO } from "@trimtab/domain";
import { fileList } from "../../packages/platform/src/lake/database.ts";
import type { IngestReport } from "../../packages/platform/src/lake/ingest/report.ts";
import type { Lake } from "../../packages/platform/src/lake/lake.ts";
import { verifyLoads } from "../../packages/platform/src/lake/verify.ts";
import { findBills, loadFound } from "../../packages/platform/src/sources/load-bills.ts";
import { storeOtherDatasets } from "../../packages/platform/src/sources/store-other-datasets.ts";
import type { SourceFixture } from "../../packages/platform/src/testing/source-fixtures.ts";
import { mutateBytes } from "./mutate-bytes.ts";
import { mutateRows } from "./mutate-rows.ts";
import { decompress, readBill, type Sums } from "./oracle.ts";
import { randomFrom } from "./random.ts";
import { withoutQuarantined } from "./without-quarantined.ts";

export interface Mutant {
  readonly bytes: Buffer;
  readonly steps: readonly string[];
}

export const mutantOf = (fixture: SourceFixture, seed: number): Mutant => {
  const random = randomFrom(seed);
  const rows = mutateRows(fixture.content, fixture.read, random);
  const { bytes, steps } = mutateBytes(rows.text, random);
  return { bytes, steps: [...rows.steps, ...steps] };
};

export type Verdict =
  | { readonly kind: "loaded" | "quarantined" | "stored" }
  | { readonly kind: "refused"; readonly code: string; readonly message: string }
  | { readonly kind: "wrong"; readonly what: string };

/** Longer than any tiny file may take, on a machine that is busy with other things. */
const HANG_MS = 60_000;

/** Errors that say that something of ours is wrong, or that don't say which file is. */
const NOT_OF_THE_FILE = new Set([
  "LAKE_QUERY_FAILED",
  "LAKE_CONSERVATION",
  "LAKE_OUT_OF_MEMORY",
  "LAKE_NOT_WRITABLE",
  "LAKE_DISK_FULL",
  "LAKE_BUSY",
]);

const wrong = (what: string): Verdict => ({ kind: "wrong", what });

const sumsOfLake = async (lake: Lake, report: IngestReport): Promise<Sums> => {
  const { rows } = await lake.run({
    text: `SELECT BillingCurrency, CAST(sum(BilledCost) AS VARCHAR) FROM ${lake.scanCharges(report.loads)} GROUP BY 1`,
  });
  return new Map(rows.map(([currency, sum]) => [String(currency), decimal(String(sum ?? "0"))]));
};

const difference = (expected: Sums, found: Sums): string | undefined => {
  const of = (sums: Sums, currency: string): Decimal => sums.get(currency) ?? ZERO;
  for (const currency of new Set([...expected.keys(), ...found.keys()]))
    if (!equals(of(expected, currency), of(found, currency)))
      return `${currency}: the file says ${of(expected, currency)}, the lake ${of(found, currency)}`;
  return undefined;
};

const quarantinedRows = async (lake: Lake, { quarantined }: IngestReport) => {
  if (quarantined.path === undefined) return [];
  const from = `read_parquet(${fileList([join(lake.root, quarantined.path)])})`;
  const { rows } = await lake.run({ text: `SELECT line, to_base64(encode(raw)) FROM ${from}` });
  return rows.map(([line, raw]) => ({
    line: line === null || line === undefined ? null : Number(line),
    // The engine's client takes a byte order mark off every text.
    raw: raw === null || raw === undefined ? null : Buffer.from(String(raw), "base64").toString("utf8"),
  }));
};

/** Whether what was loaded, with what is in quarantine, is what the file says. */
const judgeLoad = async (
  lake: Lake,
  fixture: SourceFixture,
  mutant: Mutant,
  report: IngestReport,
): Promise<Verdict> => {
  const text = decompress(mutant.bytes);
  if (text === undefined) return wrong("a damaged compressed file was loaded");
  const set = await quarantinedRows(lake, report);
  if (set.length !== report.quarantined.rows)
    return wrong(`${set.length} rows in quarantine, told ${report.quarantined.rows}`);
  const cut = withoutQuarantined(text, set);
  if ("wrong" in cut) return wrong(cut.wrong);
  const bill = readBill(cut.rest, fixture.read);
  const [unreadable] = bill.unreadable;
  if (unreadable !== undefined) return wrong(`loaded a row that can't be read: ${unreadable.slice(0, 300)}`);
  const off = difference(bill.sums, await sumsOfLake(lake, report));
  if (off !== undefined && !bill.isAmbiguous) return wrong(off);
  const rejected = report.fates
    .filter(({ fate }) => fate === "rejected")
    .reduce((sum, { rows }) => sum + rows, 0);
  const taken = report.inputs.reduce((sum, { rows }) => sum + rows, 0) - rejected;
  if (taken !== bill.rows) return wrong(`the file has ${bill.rows} rows that can be read, ${taken} were`);
  const { manifest } = await lake.snapshot();
  const [discrepancy] = await verifyLoads(lake.database, lake.storage, manifest);
  if (discrepancy !== undefined)
    return wrong(`the manifest is not what was written: ${JSON.stringify(discrepancy)}`);
  return { kind: set.length > 0 ? "quarantined" : "loaded" };
};

/** The weight that DuckDB's own doubles find in the file's columns must be what was stored. */
const judgeWeights = async (lake: Lake, path: string): Promise<Verdict> => {
  const from = `read_parquet(${fileList([join(lake.root, path)])})`;
  const { rows } = await lake.run({ text: `SELECT count(*), CAST(sum(weight) AS VARCHAR) FROM ${from}` });
  const [count, sum] = rows[0] ?? [];
  return Number(count) > 0 && sum !== null ? { kind: "stored" } : wrong("nothing was stored without a word");
};

const leftOvers = (root: string): readonly string[] =>
  ["manifests", "charges", "charges_daily", "quarantine", "_tmp"].filter((folder) => {
    if (!existsSync(join(root, folder))) return false;
    return readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).some((entry) =>
      entry.isFile(),
    );
  });

const judgeError = (lake: Lake, file: string, mutant: Mutant, error: unknown): Verdict => {
  if (!(error instanceof TrimtabError))
    return wrong(`crashed: ${error instanceof Error ? error.stack : error}`);
  if (NOT_OF_THE_FILE.has(error.code)) return wrong(`${error.code}: ${error.message}`);
  if (!error.message.includes(file)) return wrong(`names no file: ${error.code}: ${error.message}`);
  const left = leftOvers(lake.root);
  if (left.length > 0) return wrong(`refused with ${error.code}, but left ${left.join(", ")}`);
  if (mutant.steps.length === 0) return wrong(`refused a good file: ${error.message}`);
  return { kind: "refused", code: error.code, message: error.message };
};

const within = async <T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T | "hang"> => {
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"hang">((resolve) => {
    timer = setTimeout(() => {
      abort.abort();
      resolve("hang");
    }, ms);
  });
  try {
    return await Promise.race([work(abort.signal), late]);
  } finally {
    clearTimeout(timer);
  }
};

/** Loads one mutant into the emptied lake. */
export const runMutant = async (
  lake: Lake,
  folder: string,
  fixture: SourceFixture,
  mutant: Mutant,
): Promise<Verdict> => {
  rmSync(lake.root, { recursive: true, force: true });
  const file = join(folder, fixture.fileName);
  writeFileSync(file, mutant.bytes);
  const load = async (signal: AbortSignal): Promise<Verdict> => {
    try {
      const request = {
        patterns: [file],
        cwd: folder,
        sources: { [fixture.source]: fixture.definition },
        signal,
      };
      const found = await findBills(lake, request);
      if (fixture.kind === "weights") {
        const [stored] = await storeOtherDatasets(lake, found.others, () => new Date());
        return stored === undefined
          ? wrong("neither stored nor refused")
          : await judgeWeights(lake, stored.path);
      }
      return await judgeLoad(lake, fixture, mutant, await loadFound(lake, found, request));
    } catch (error) {
      return judgeError(lake, file, mutant, error);
    }
  };
  const first = await within(HANG_MS, load);
  // A machine that stood still for a minute hangs once.
  const verdict = first === "hang" ? await within(HANG_MS, load) : first;
  return verdict === "hang" ? wrong(`took longer than ${HANG_MS / 1000} s`) : verdict;
};
