import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { IngestReport } from "../lake/ingest/report.ts";
import { type Lake, openLake } from "../lake/lake.ts";
import { openStorage } from "../lake/storage/open-storage.ts";
import { chargesOf } from "../testing/charges-of.ts";
import {
  CLUSTER_BUCKET_TESTS,
  type ClusterPlace,
  hasClusterBucket,
  makeBucketPlace,
} from "../testing/cluster.ts";
import { remakeLoad } from "../testing/remake-load.ts";
import { runCli } from "../testing/run-cli.ts";
import { sourceFixtures } from "../testing/source-fixtures.ts";

const focus = sourceFixtures.find(({ source }) => source === "focus")?.content ?? "";

const QUESTIONS = [
  "billed, effective by ServiceName per month",
  "billed by tag:team",
  "list, effective by SubAccountName top 3",
] as const;

/** Lake, bills and cache as in the cloud: the lake and the bills are objects, and the cluster reads and writes them itself. */
describe.skipIf(!hasClusterBucket)(`a lake ${CLUSTER_BUCKET_TESTS}`, () => {
  let place: ClusterPlace;
  let bucketLake: Lake;
  let local: Lake;
  let bills: string;

  const cli = async (...argv: readonly string[]) => {
    const outcome = await runCli(argv, { env: place.env });
    if (outcome.code !== 0) throw new Error(`${argv.join(" ")}: ${outcome.err}`);
    return outcome.out;
  };

  beforeAll(async () => {
    place = makeBucketPlace();
    const made = await runCli(["demo", "--estate", "securebase"], { env: { XDG_DATA_HOME: place.root } });
    expect(made.code).toBe(0);
    bills = join(place.root, "bills");
    mkdirSync(join(bills, "focus"), { recursive: true });
    writeFileSync(join(bills, "focus", "june.csv.gz"), gzipSync(focus));
    const cur2 = join(place.root, "trimtab/demo/bills/securebase/securebase-cur2");
    local = await openLake({ root: join(place.root, "lake"), threads: 1 });
    for (const folder of [cur2, join(bills, "focus")]) {
      const { code, err } = await runCli(["ingest", folder], { env: { TRIMTAB_LAKE: local.root } });
      if (code !== 0) throw new Error(err);
    }
    const clock = () => new Date();
    // What is put is moved.
    const storage = await openStorage(place.location, clock, { cacheFolder: join(place.root, "uploads") });
    for (const [name, folder] of [
      ["cur2", cur2],
      ["focus", join(bills, "focus")],
    ] as const)
      for (const file of readdirSync(folder, { recursive: true, withFileTypes: true }))
        if (file.isFile()) {
          const path = join(file.parentPath, file.name);
          await storage.put(`exports/${name}${path.slice(folder.length)}`, path);
        }
    storage.close();
    bucketLake = await openLake({
      root: place.location,
      threads: 1,
      storage: { cacheFolder: join(place.root, "cache") },
    });
  });
  afterAll(async () => {
    bucketLake.close();
    local.close();
    await place.drop();
  });

  const expectSameAnswers = async () => {
    for (const question of QUESTIONS) {
      const [embedded, cluster] = [
        await cli("query", question, "--json"),
        await cli("query", question, "--json", "--engine", "trino"),
      ];
      expect(cluster).toBe(embedded);
      expect(JSON.parse(cluster).rows, question).not.toEqual([]);
    }
  };

  it("is loaded from bills of the bucket inside the cluster, row for row as from their copies here", async () => {
    for (const name of ["cur2", "focus"]) {
      const out = await cli("ingest", `${place.location}/exports/${name}`, "--engine", "trino", "--json");
      const { notes, inputs } = JSON.parse(out) as IngestReport;
      expect(notes.join()).toContain("loaded inside the cluster");
      for (const { path } of inputs) expect(path).toContain(`${place.location}/exports/${name}/`);
    }
    const own = await chargesOf(bucketLake);
    expect(own.length).toBeGreaterThan(100);
    expect(own).toEqual(await chargesOf(local));
    expect(await bucketLake.storage.leftOvers()).toEqual([]);
  });

  it("is published, and both engines give the same answers", async () => {
    await cli("lake", "publish");
    await expectSameAnswers();
    await cli("lake", "verify");
  });

  it("is compacted by the cluster, and nothing that is read changes", async () => {
    const before = await chargesOf(bucketLake);
    const [load] = (await bucketLake.snapshot()).manifest.loads;
    if (load === undefined) throw new Error("there is no load");
    await remakeLoad(bucketLake, load, { parts: 5 });
    const report = JSON.parse(await cli("lake", "compact", "--engine", "trino", "--json"));
    expect(report.loads).toMatchObject([{ instance: load.instance, files: { before: 5, after: 1 } }]);
    expect(await chargesOf(bucketLake)).toEqual(before);
    expect(await bucketLake.storage.leftOvers()).toEqual([]);
    await cli("lake", "verify");
    await cli("lake", "publish");
    await expectSameAnswers();
  });

  it("is healthy in the eyes of the doctor", async () => {
    const { out } = await runCli(["doctor", "--json"], { env: place.env, now: new Date().toISOString() });
    const { findings } = JSON.parse(out) as { findings: { area: string; status: string; name: string }[] };
    expect(findings.filter(({ status }) => status === "broken")).toEqual([]);
    expect(findings.find(({ name }) => name === "Trino: published")).toMatchObject({ status: "ok" });
    expect(findings.find(({ name }) => name === "Bucket")).toMatchObject({ status: "ok" });
  });

  it("refuses bills that only the embedded engine reads, as it can't read them where they are", async () => {
    const path = join(bills, "nested.csv");
    writeFileSync(path, focus.replace('{""team"":""web""}', '{""team"":1}'));
    await bucketLake.storage.put("exports/nested/nested.csv", path);
    const before = (await bucketLake.snapshot()).version;
    const { code, err } = await runCli(["ingest", `${place.location}/exports/nested`, "--engine", "trino"], {
      env: place.env,
    });
    expect(err).toContain("CLUSTER_INPUT_UNFIT");
    expect(err).toContain("other values than texts");
    expect(code).not.toBe(0);
    expect((await bucketLake.snapshot()).version).toBe(before);
  });
});
