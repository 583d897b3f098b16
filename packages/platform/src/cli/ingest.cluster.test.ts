import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { IngestReport } from "../lake/ingest/report.ts";
import { type Lake, openLake } from "../lake/lake.ts";
import { verifyLoads } from "../lake/verify.ts";
import { sweepInsertTables } from "../query/engines/trino/insert-table.ts";
import { chargesOf } from "../testing/charges-of.ts";
import {
  CLUSTER_TESTS,
  type ClusterPlace,
  hasCluster,
  isShortRun,
  makeClusterPlace,
} from "../testing/cluster.ts";
import { type CurRow, curCsv } from "../testing/cur-bill.ts";
import { writeFocusBill } from "../testing/focus-bill.ts";
import { runCli } from "../testing/run-cli.ts";
import { sourceFixtures } from "../testing/source-fixtures.ts";

const focus = sourceFixtures.find(({ source }) => source === "focus")?.content ?? "";

/** What the manifest says of the loads, without what differs from load to load. */
const entriesOf = async (lake: Lake) => {
  const { manifest } = await lake.snapshot();
  return manifest.loads
    .map(({ id: _id, files: _files, rollups: _rollups, loadedAt: _at, quarantined, ...entry }) => ({
      ...entry,
      quarantined: quarantined.rows,
    }))
    .sort((a, b) =>
      JSON.stringify([a.instance, a.billingPeriod]) < JSON.stringify([b.instance, b.billingPeriod]) ? -1 : 1,
    );
};

describe.skipIf(!hasCluster)(`ingest --engine trino, ${CLUSTER_TESTS}`, () => {
  let place: ClusterPlace;
  beforeAll(() => {
    place = makeClusterPlace();
  });
  afterAll(() => place.drop());

  const envOf = (lake: string) => ({
    ...place.env,
    TRIMTAB_LAKE: join(place.root, lake),
    TRIMTAB_TRINO_LOCATION: `${place.location}/${lake}`,
    TRIMTAB_TRINO_INPUTS: `${join(place.root, "bills")}=${place.location}/bills`,
  });

  const bill = (name: string, content: string | Buffer): string => {
    const path = join(place.root, "bills", name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  };

  const ingest = async (lake: string, engine: string, ...argv: readonly string[]) => {
    const { code, out, err } = await runCli(["ingest", ...argv, "--engine", engine, "--json"], {
      env: envOf(lake),
    });
    if (code !== 0) throw new Error(err);
    return JSON.parse(out) as IngestReport;
  };

  const tablesOf = async (): Promise<readonly string[]> => {
    const { catalog, schema } = place.client.settings;
    const text = `SELECT table_name FROM ${catalog}.information_schema.tables WHERE table_schema = '${schema}'`;
    return (await place.client.run(text)).rows.map(([name]) => String(name));
  };

  /** Loads the same bills by both engines into lakes of their own, and compares these. */
  const expectEqualLakes = async (name: string, ...paths: readonly string[]) => {
    const embedded = await ingest(`${name}-embedded`, "duckdb", ...paths);
    const cluster = await ingest(`${name}-cluster`, "trino", ...paths);
    expect(cluster.notes.join()).toContain("loaded inside the cluster");
    expect(cluster.equations).toEqual(embedded.equations);
    expect(cluster.fates).toEqual(embedded.fates);
    for (const input of cluster.inputs) expect(input).not.toHaveProperty("sha256");
    expect(cluster.inputs.map(({ path, rows }) => [path, rows])).toEqual(
      embedded.inputs.map(({ path, rows }) => [path, rows]),
    );
    const [left, right] = await Promise.all(
      [`${name}-embedded`, `${name}-cluster`].map((lake) =>
        openLake({ root: join(place.root, lake), threads: 1 }),
      ),
    );
    if (left === undefined || right === undefined) throw new Error("no lakes");
    try {
      expect(await entriesOf(right)).toEqual(await entriesOf(left));
      const charges = await chargesOf(right);
      expect(charges).toEqual(await chargesOf(left));
      expect(await tablesOf()).toEqual([]);
      return { embedded, cluster, charges };
    } finally {
      left.close();
      right.close();
    }
  };

  // A short run leaves it to the suite of buckets, which maps such bills row for row, too.
  it.skipIf(isShortRun)("maps a month of CUR 2.0 in Parquet, with commitments, row for row", async () => {
    const made = await runCli(["demo", "--estate", "securebase"], { env: { XDG_DATA_HOME: place.root } });
    expect(made.code).toBe(0);
    const folder = join(place.root, "trimtab/demo/bills/securebase/securebase-cur2");
    const env = { TRIMTAB_TRINO_INPUTS: `${place.root}=${place.location}` };
    const lakes = ["cur2-embedded", "cur2-cluster"] as const;
    for (const [index, engine] of (["duckdb", "trino"] as const).entries()) {
      const { code, err } = await runCli(["ingest", folder, "--engine", engine], {
        env: { ...envOf(lakes[index] ?? ""), ...env },
      });
      expect(err).not.toContain("Error");
      expect(code).toBe(0);
    }
    const [left, right] = await Promise.all(
      lakes.map((lake) => openLake({ root: join(place.root, lake), threads: 1 })),
    );
    if (left === undefined || right === undefined) throw new Error("no lakes");
    const own = await chargesOf(right);
    expect(own.length).toBeGreaterThan(100);
    expect(own).toEqual(await chargesOf(left));
    expect(await entriesOf(right)).toEqual(await entriesOf(left));
    left.close();
    right.close();

    const published = await runCli(["lake", "publish"], { env: envOf("cur2-cluster") });
    expect(published).toMatchObject({ code: 0, err: "" });
    const answers = await Promise.all(
      ["trino", "duckdb"].map((engine) =>
        runCli(["query", "billed, effective by ServiceName", "--json", "--engine", engine], {
          env: envOf("cur2-cluster"),
        }),
      ),
    );
    expect(answers[0]).toEqual(answers[1]);
    await place.client.run(`DROP VIEW ${place.client.settings.schema}.charges`);
    for (const table of await tablesOf())
      await place.client.run(`DROP TABLE ${place.client.settings.schema}.${table}`);
  });

  const pod = (name: string, split: string, unused: string): CurRow => ({
    "lineItem/ProductCode": "AmazonEKS",
    "lineItem/UsageType": "USE1-EKS-EC2-vCPU-Hours",
    "lineItem/ResourceId": `arn:aws:eks:us-east-1:222222222222:pod/cluster/default/${name}/uid`,
    "splitLineItem/ParentResourceId": "i-0aaa",
    "splitLineItem/SplitCost": split,
    "splitLineItem/UnusedCost": unused,
    "splitLineItem/SplitUsage": "0.5",
    "splitLineItem/SplitUsageRatio": "0.25",
    "resourceTags/user:app": name,
  });
  const plan = "arn:aws:savingsplans::111111111111:savingsplan/sp-1";

  it("maps a legacy CUR in CSV with split instances and plans that don't cancel, row for row", async () => {
    const rows: CurRow[] = [
      {
        "lineItem/UnblendedCost": "0.096",
        "lineItem/ResourceId": "i-0aaa",
        "lineItem/UsageType": "USE1-BoxUsage:m5.large",
      },
      pod("web", "0.04", "0.01"),
      pod('say "hi", go', "0.0159999999999999", "1e-14"),
      {
        "lineItem/LineItemType": "SavingsPlanCoveredUsage",
        "lineItem/UnblendedCost": "0.5",
        "savingsPlan/SavingsPlanARN": plan,
        "savingsPlan/SavingsPlanEffectiveCost": "0.3",
      },
      {
        "lineItem/LineItemType": "SavingsPlanNegation",
        "lineItem/UnblendedCost": "-0.4",
        "savingsPlan/SavingsPlanARN": plan,
      },
      {
        "lineItem/LineItemType": "SavingsPlanRecurringFee",
        "lineItem/UnblendedCost": "1",
        "savingsPlan/SavingsPlanARN": plan,
        "savingsPlan/TotalCommitmentToDate": "1",
        "savingsPlan/UsedCommitment": "0.3",
      },
      { "lineItem/LineItemType": "Tax", "lineItem/UnblendedCost": "12.3456789012345678901" },
    ];
    const { charges } = await expectEqualLakes("cur", bill("cur/cur.csv", curCsv(rows)));
    for (const part of ["used", "unused", "remainder"])
      expect(charges.filter((charge) => charge.includes(`x_SplitPart\\":\\"${part}`))).not.toEqual([]);
    expect(charges.filter((charge) => charge.includes("don't cancel"))).toHaveLength(1);
  });

  it("maps FOCUS in CSV.gz, keeps what it can't read by the row's hash, and replaces what was there", async () => {
    const lines = focus.trimEnd().split("\n");
    const [header = "", first = "", second = ""] = lines;
    const bad = [first.replace("1.5", "abc"), second.replace("2026-06-02T00:00:00Z", "sometime")];
    expect(bad).not.toContain(first);
    const path = bill(
      "focus/june.csv.gz",
      gzipSync(`${[header, ...bad, ...lines.slice(1)].join("\r\n")}\r\n`),
    );
    const { cluster, embedded } = await expectEqualLakes("focus", path);
    expect(embedded.quarantined.rows).toBe(2);
    expect(cluster.quarantined.rows).toBe(2);
    const kept = await runCli(["lake", "quarantine", "--json"], { env: envOf("focus-cluster") });
    expect(JSON.parse(kept.out).rows).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          file: path,
          line: null,
          column: "BilledCost",
          raw: bad[0],
          rowHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        }),
      ]),
    );
    const again = await ingest("focus-cluster", "trino", path);
    expect(again.replaced).toHaveLength(again.loads.length);
    const ids = readdirSync(join(place.root, "focus-cluster/charges"), { recursive: true }).filter((name) =>
      /load=[^/]*$/.test(String(name)),
    );
    // The old version's loads stay until they expire; nothing else is there.
    expect(ids).toHaveLength(2 * again.loads.length);
  });

  /** Charges of several accounts in each of some months, so that no file holds rows of one load only. */
  const manyLoads = (accounts: number, months: number) =>
    Array.from({ length: accounts * months * 2 }, (_, index) => ({
      day: `2025-${String(1 + (index % months)).padStart(2, "0")}-1${index % 3}`,
      account: `account ${1 + (Math.floor(index / months) % accounts)}`,
      billed: `${index}.000000000001`,
      tags: { team: index % 2 === 0 ? "web" : "it's" },
    }));

  /** Statements that wrote charges of a lake in this place since then. */
  const inserts = async (since: string): Promise<number> => {
    const { schema } = place.client.settings;
    const { rows } = await place.client.run(
      `SELECT count(*) FROM system.runtime.queries WHERE query LIKE 'INSERT INTO "trimtab"."${schema}".%_charges" (%' ` +
        `AND query_id > '${since}' AND state = 'FINISHED'`,
    );
    return Number(rows[0]?.[0]);
  };
  const latestQuery = async (): Promise<string> =>
    String((await place.client.run("SELECT max(query_id) FROM system.runtime.queries")).rows[0]?.[0]);

  it("writes the loads of a delivery together, however many share a file, each into a file of its own", async () => {
    const all = manyLoads(3, 6);
    // Each has a charge of every load.
    for (const part of [0, 1])
      writeFocusBill(bill(`loads/part-${part}.csv`, ""), all.slice(part * 18, part * 18 + 18));
    const before = await latestQuery();
    const { cluster, charges } = await expectEqualLakes("loads", join(place.root, "bills/loads"));
    expect(charges).toHaveLength(all.length);
    expect(cluster.loads).toHaveLength(18);
    // One statement writes 16 loads at most.
    expect(await inserts(before)).toBe(2);
    for (const { files } of cluster.loads) expect(files).toHaveLength(1);
  });

  it("reads files of one folder by their own headers, whatever order and number of columns they have", async () => {
    const folder = join(place.root, "bills/headers");
    const quoted = (cells: readonly string[]) =>
      cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",");
    for (const [index, month] of ["04", "05", "06"].entries()) {
      const days = [1, 2, 3].map((day) => ({ day: `2026-${month}-0${day}`, billed: `${index}${day}.5` }));
      const path = writeFocusBill(bill(`headers/${month}.csv`, ""), days);
      const [header = [], ...rows] = parse(readFileSync(path)) as string[][];
      // As it is; turned round; without a column, and with one more in the middle.
      const changed = ([...cells]: readonly string[], name: string): readonly string[] => {
        if (index === 1) return cells.toReversed();
        return index === 2 ? cells.toSpliced(header.indexOf("SkuId"), 1).toSpliced(5, 0, name) : cells;
      };
      const lines = [changed(header, "x_Note"), ...rows.map((cells) => changed(cells, "a note"))];
      writeFileSync(path, `${lines.map(quoted).join("\n")}\n`);
    }
    const { cluster, charges } = await expectEqualLakes("headers", folder);
    expect(cluster.loads).toHaveLength(3);
    expect(cluster.loads.map(({ sums }) => sums.USD?.BilledCost).sort()).toEqual([
      "37.500000000000",
      "67.500000000000",
      "7.500000000000",
    ]);
    expect(charges.filter((charge) => charge.includes("a note"))).toHaveLength(3);
  });

  it.each([
    [
      "values over several lines",
      "focus.csv",
      focus.replace('""Compute""', "Com\npute"),
      "not one whole record",
    ],
    ["fewer fields than the header", "focus.csv", `${focus}1.5,2\n`, "not one whole record"],
    [
      "nested tags",
      "focus.csv",
      focus.replace('{""team"":""web""}', '{""team"":1}'),
      "other values than texts",
    ],
    ["times of another form", "focus.csv", focus.replace("2026-06-01T00:00:00Z", "2026-6-1"), "another form"],
    ["a name that hides it", "_focus.csv", focus, "does not see files of such names"],
    ["a name that is not of its bytes", "focus.csv.gz", focus, "does not end as its compression does"],
  ])("leaves %s to the embedded engine, and says so", async (name, file, content, reason) => {
    expect(content === focus).toBe(name.startsWith("a name"));
    const lake = `odd-${name.replaceAll(" ", "-")}`;
    const report = await ingest(lake, "trino", bill(`${lake}/${file}`, content));
    expect(report.notes.join()).toContain(`loaded by the embedded engine: `);
    expect(report.notes.join()).toContain(reason);
    const folders = readdirSync(join(place.root, lake, "charges"), { recursive: true });
    expect(folders.filter((own) => /load=[^/]*$/.test(String(own)))).toHaveLength(report.loads.length);
    expect(await tablesOf()).toEqual([]);
  });

  it("refuses what the cluster does not see, and one file under two names", async () => {
    const hidden = join(place.root, "elsewhere.csv");
    writeFileSync(hidden, focus);
    await expect(ingest("unseen", "trino", hidden)).rejects.toThrow("is not known");
    const twice = [bill("twice/a.csv", focus), bill("twice/b.csv", focus)];
    await expect(ingest("twice", "trino", ...twice)).rejects.toThrow("same");
    expect(await tablesOf()).toEqual([]);
  });

  it.each([
    ...(isShortRun ? [] : [["reads its bills", "_in_"] as const]),
    ["writes its loads", "_charges"] as const,
  ])(
    "leaves nothing that anybody sees when it is killed while it %s, and the next one sweeps it",
    async (_, table) => {
      const lakeName = `killed${table}`;
      const path = writeFocusBill(bill(`${lakeName}/bill.csv`, ""), manyLoads(1, 3));
      const main = join(import.meta.dirname, "../../bin/trimtab.js");
      const child = spawn(process.execPath, [main, "ingest", path, "--engine", "trino"], {
        env: { ...process.env, ...envOf(lakeName), HOME: place.root },
        stdio: "ignore",
      });
      const gone = new Promise((done) => child.on("exit", done));
      const isThere = async () => (await tablesOf()).some((name) => name.includes(table));
      while (child.exitCode === null && !(await isThere())) await sleep(50);
      child.kill("SIGKILL");
      await gone;
      expect(child.signalCode).toBe("SIGKILL");
      const report = await ingest(lakeName, "trino", path);
      expect(report.version).toBe(1);
      const lake = await openLake({ root: join(place.root, lakeName), threads: 1 });
      expect((await lake.snapshot()).manifest.loads).toHaveLength(report.loads.length);
      expect(await verifyLoads(lake.database, lake.storage, (await lake.snapshot()).manifest)).toEqual([]);
      lake.close();
      expect(await tablesOf()).not.toEqual([]);
      const { client, location } = place;
      await sweepInsertTables({ client, location }, new Date(Date.now() + 2 * 24 * 3_600_000));
      expect(await tablesOf()).toEqual([]);
    },
  );
});
