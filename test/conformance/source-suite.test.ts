import { readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { add, decimal, equals, TrimtabError } from "@trimtab/domain";
import { describe, expect, it, onTestFinished } from "vitest";
import type { IngestReport } from "../../packages/platform/src/lake/ingest/report.ts";
import { inspectFile, readHeader } from "../../packages/platform/src/lake/input/inspect-file.ts";
import { type Lake, openLake } from "../../packages/platform/src/lake/lake.ts";
import { findBills, loadBills } from "../../packages/platform/src/sources/load-bills.ts";
import { recogniseSource } from "../../packages/platform/src/sources/recognise.ts";
import { sources } from "../../packages/platform/src/sources/registry.ts";
import { storeOtherDatasets } from "../../packages/platform/src/sources/store-other-datasets.ts";
import { type SourceFixture, sourceFixtures } from "../../packages/platform/src/testing/source-fixtures.ts";
import { tempFolder } from "../../packages/platform/src/testing/temp-folder.ts";
import { formatTable, parseTable } from "../fuzz/csv-table.ts";
import { runMutant } from "../fuzz/fuzz-case.ts";
import { NAMES, TEXTS } from "../fuzz/hostile-values.ts";
import { readBill } from "../fuzz/oracle.ts";

const folderOfSources = resolve(import.meta.dirname, "../../packages/platform/src/sources");

const openOwn = async (): Promise<Lake> => {
  const lake = await openLake({ root: join(tempFolder(), "lake"), threads: 1 });
  onTestFinished(() => lake.close());
  return lake;
};

/** The registry as it is, with the mapping that makes a source of `csv`. */
const registryWith = ({ source, definition }: SourceFixture) => ({ ...sources, [source]: definition });

const write = (fixture: SourceFixture, content = fixture.content): string => {
  const path = join(tempFolder(), fixture.fileName);
  writeFileSync(path, content);
  return path;
};

const load = (lake: Lake, fixture: SourceFixture, path: string): Promise<IngestReport> =>
  loadBills(lake, { patterns: [path], cwd: "/", sources: registryWith(fixture) });

/** Every column of every charge, as text and in order. */
const chargesOf = async (lake: Lake): Promise<string> => {
  const { manifest } = await lake.snapshot();
  const { rows } = await lake.run({
    text: `SELECT COLUMNS(c -> NOT starts_with(c, '$'))::VARCHAR FROM ${lake.scanCharges(manifest.loads)} ORDER BY ALL`,
  });
  return JSON.stringify(rows);
};

const billedOf = async (lake: Lake): Promise<ReadonlyMap<string, string>> => {
  const { manifest } = await lake.snapshot();
  const { rows } = await lake.run({
    text: `SELECT BillingCurrency, sum(BilledCost)::VARCHAR FROM ${lake.scanCharges(manifest.loads)} GROUP BY 1`,
  });
  return new Map(rows.map(([currency, sum]) => [String(currency), String(decimal(String(sum)))]));
};

/** Names that a table may have already; it is refused for having one twice, whatever else is in it. */
const TAKEN = new Set(["billedcost", "tags"]);

const bills = sourceFixtures.filter(({ kind }) => kind === "charges");

it("every folder of sources is in the registry, and the other way round", () => {
  const folders = readdirSync(folderOfSources, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "shared")
    .map(({ name }) => name);
  expect(folders.sort()).toEqual(Object.keys(sources).sort());
  for (const [id, source] of Object.entries(sources)) expect(source.id).toBe(id);
});

it("every source of the registry has a fixture, and its parts sum to one", () => {
  expect([...new Set(sourceFixtures.map(({ source }) => source))].sort()).toEqual(
    Object.keys(sources).sort(),
  );
  for (const [, own] of Map.groupBy(sourceFixtures, ({ source }) => source))
    expect(own.reduce((sum, { share }) => sum + share, 0)).toBe(1);
});

describe.each(sourceFixtures)("$source, $fileName", (fixture) => {
  it("is recognised by this source and by no other", async () => {
    const lake = await openOwn();
    const file = await inspectFile(write(fixture));
    const { source } = await recogniseSource({
      file: file.path,
      format: file.format,
      sources: registryWith(fixture),
      readHeader: (dialect) => readHeader(file, dialect, lake.database),
    });
    expect(source.id).toBe(fixture.source);
  });

  it("takes hostile names and values for what they are", async () => {
    const lake = await openOwn();
    const folder = tempFolder();
    const { delimiter, format } = fixture.read;
    const textAt = (index: number) => TEXTS[index % TEXTS.length] ?? "";
    const withColumns = (names: readonly string[]) => {
      const table = parseTable(fixture.content, delimiter);
      for (const [row, cells] of table.entries())
        cells.push(...names.map((name, column) => (row === 0 ? name : textAt(row + 7 * column))));
      return formatTable(table, delimiter);
    };
    const withKeys = (names: readonly string[]) => {
      const keys = Object.fromEntries(names.map((name, index) => [`x${name}`, textAt(index)]));
      const lines = fixture.content.trimEnd().split("\n");
      return lines.map((line) => JSON.stringify({ ...JSON.parse(line), ...keys, "": "none" })).join("\n");
    };
    /** Many at once, as a bill has them; where that is refused, each name answers for itself. */
    const tryNames = async (names: readonly string[]): Promise<void> => {
      const content = format === "csv" ? withColumns(names) : withKeys(names);
      const mutant = { bytes: Buffer.from(content), steps: ["new names"] };
      const verdict = await runMutant(lake, folder, fixture, mutant);
      expect({ header: content.slice(0, 2000), ...verdict }).not.toMatchObject({ kind: "wrong" });
      if (verdict.kind !== "refused" || names.length === 1) return;
      const middle = Math.ceil(names.length / 2);
      await tryNames(names.slice(0, middle));
      await tryNames(names.slice(middle));
    };
    const isTaken = (name: string) => TAKEN.has(name.toLowerCase());
    await tryNames(NAMES.filter((name) => !isTaken(name)));
    for (const name of NAMES.filter(isTaken)) await tryNames([name]);
  }, 240_000);
});

describe.each(bills)("$source, $fileName", (fixture) => {
  it("conserves every amount, digit for digit", async () => {
    const lake = await openOwn();
    const report = await load(lake, fixture, write(fixture));
    expect(report.quarantined.rows).toBe(0);
    expect(report.equations.length).toBeGreaterThan(0);
    for (const { input, accepted, quarantined, rounding } of report.equations)
      expect(
        equals(decimal(input), add(add(decimal(accepted), decimal(quarantined)), decimal(rounding))),
      ).toBe(true);
    const { sums, unreadable } = readBill(Buffer.from(fixture.content), fixture.read);
    expect(unreadable).toEqual([]);
    expect(await billedOf(lake)).toEqual(
      new Map([...sums].map(([currency, sum]) => [currency, String(sum)])),
    );
  });

  it("loaded twice is as loaded once", async () => {
    const lake = await openOwn();
    const path = write(fixture);
    const first = await load(lake, fixture, path);
    const once = await chargesOf(lake);
    const second = await load(lake, fixture, path);
    expect([...second.replaced].sort()).toEqual(first.loads.map(({ id }) => id).sort());
    expect(await chargesOf(lake)).toBe(once);
  });

  it("makes the same charges in another lake", async () => {
    const [a, b] = [await openOwn(), await openOwn()];
    await load(a, fixture, write(fixture));
    await load(b, fixture, write(fixture));
    expect(await chargesOf(a)).toBe(await chargesOf(b));
  });

  it("sets rows aside that it can't read, with their line and text, and loads the rest", async () => {
    const lake = await openOwn();
    const isCsv = fixture.read.format === "csv";
    const lines = fixture.content.trimEnd().split("\n");
    const index = lines.findLastIndex((line) => line.includes(isCsv ? "1000000" : '"cost":1000000'));
    lines[index] = (lines[index] ?? "").replace("1000000", isCsv ? "a lot" : '"a lot"');
    const bytes = Buffer.from(`${lines.join("\n")}\n`);
    expect(await runMutant(lake, tempFolder(), fixture, { bytes, steps: ["a lot"] })).toEqual({
      kind: "quarantined",
    });
  });

  it("refuses a file of which it can read nothing", async () => {
    const lake = await openOwn();
    const path = write(fixture, fixture.content.replaceAll(/2026/g, "someday"));
    const failure = await load(lake, fixture, path).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TrimtabError);
    expect(failure).toMatchObject({ code: "LAKE_ALL_REJECTED", message: expect.stringContaining(path) });
    expect((await lake.snapshot()).version).toBe(0);
  });
});

describe.each(sourceFixtures.filter(({ kind }) => kind === "weights"))("$source, $fileName", (fixture) => {
  it("is kept beside the charges and in no total", async () => {
    const lake = await openOwn();
    const found = await findBills(lake, { patterns: [write(fixture)], cwd: "/", sources });
    expect(found.inputs).toEqual([]);
    const stored = await storeOtherDatasets(lake, found.others, () => new Date("2026-03-01T00:00:00Z"));
    expect(stored).toMatchObject([{ rows: 20 }]);
    expect((await lake.snapshot()).manifest.loads).toEqual([]);
  });
});
