import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { TrimtabError } from "@trimtab/domain";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { loadInto } from "../../testing/bill-lake.ts";
import { type Fault, type PassingRequest, startFaultProxy } from "../../testing/fault-proxy.ts";
import { type TestCharge, writeFocusBill } from "../../testing/focus-bill.ts";
import { lakeRoot } from "../../testing/lake-root.ts";
import { tempFolder } from "../../testing/temp-folder.ts";
import { type Lake, openLake } from "../lake.ts";
import { openMetricStore } from "../metrics.ts";
import { withTemporaryFolder } from "../temporary-folder.ts";
import { verifyLoads } from "../verify.ts";

const STORE = process.env.AWS_ENDPOINT_URL_S3 ?? "";
const isS3 = process.env.TRIMTAB_TEST_BUCKET?.startsWith("s3://") === true;
const june: TestCharge = { day: "2026-06-01", billed: "1.50" };

const openAt = async (root: string, folder: string, endpoint: string): Promise<Lake> => {
  const env = { AWS_ENDPOINT_URL_S3: endpoint };
  const lake = await openLake({ root, threads: 1, storage: { env, cacheFolder: join(folder, "cache") } });
  onTestFinished(() => lake.close());
  return lake;
};

/** A lake in the bucket by way of a proxy that does what `fault` says, and one without. */
const openFaulty = async (faultOf: (passing: PassingRequest) => Fault) => {
  const folder = tempFolder();
  const proxy = await startFaultProxy(STORE, faultOf);
  const faulty = await openAt(lakeRoot(folder), folder, proxy.endpoint);
  const plain = await openAt(lakeRoot(folder), join(folder, "other"), STORE);
  const load = (lake: Lake, ...charges: readonly TestCharge[]) =>
    loadInto(lake, folder, [writeFocusBill(join(folder, "june.csv"), charges)]);
  return { folder, faulty, plain, load, seen: proxy.seen };
};

const failure = async (work: Promise<unknown>): Promise<TrimtabError> => {
  const error = await work.then(
    () => expect.fail("nothing failed"),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof TrimtabError)) throw error;
  return error;
};

const billed = async (lake: Lake): Promise<string> => {
  const { manifest } = await lake.snapshot();
  const text = `SELECT CAST(sum(BilledCost) AS VARCHAR) FROM ${lake.scanCharges(manifest.loads)}`;
  return String((await lake.run({ text })).rows[0]?.[0]);
};

const isManifest = ({ path }: PassingRequest): boolean => /\/manifests\/\d+\.json/.test(path);
const objects = async (lake: Lake): Promise<readonly string[]> =>
  (await Promise.all(["manifests", "charges", "quarantine", "_tmp"].map(lake.storage.files))).flat();

afterEach(() => vi.unstubAllEnvs());

describe.skipIf(!isS3)("a store that falters", () => {
  it("is asked again: throttled, broken and cut off", async () => {
    const tries = new Map<string, number>();
    const { faulty, load } = await openFaulty(({ method, path }) => {
      const key = `${method} ${path.replace(/\?.*/, "")}`;
      const count = (tries.get(key) ?? 0) + 1;
      tries.set(key, count);
      const faults: readonly Fault[] = [
        { status: 503, code: "SlowDown" },
        { status: 500, code: "InternalError" },
        "cut",
      ];
      return count === 1 ? faults[tries.size % faults.length] : undefined;
    });
    expect((await load(faulty, june)).version).toBe(1);
    expect(await billed(faulty)).toBe("1.500000000000");
    const { manifest } = await faulty.snapshot();
    expect(await verifyLoads(faulty.database, faulty.storage, manifest)).toEqual([]);
  });

  it("may break off a file half-way; it is fetched again and never half there", async () => {
    let breaks = 2;
    const { faulty, load, folder } = await openFaulty(({ method, path }) =>
      method === "GET" && path.includes("part-0.parquet") && breaks-- > 0
        ? { body: (body) => body.subarray(0, body.length / 2) }
        : undefined,
    );
    await load(faulty, june);
    expect(await billed(faulty)).toBe("1.500000000000");
    expect(breaks).toBeLessThan(1);
    expect(readdirSync(join(folder, "cache", "files"))).toHaveLength(1);
  });

  it("may send other bytes than were written: no answer comes from them", async () => {
    const { faulty, load, folder } = await openFaulty(({ method, path }) =>
      method === "GET" && path.includes("part-0.parquet")
        ? { body: (body) => Buffer.from(body).fill(1, 100, 101) }
        : undefined,
    );
    await load(faulty, june);
    const error = await failure(billed(faulty));
    expect(error).toMatchObject({ code: "LAKE_OBJECT_DAMAGED" });
    const { manifest } = await faulty.snapshot();
    expect(await verifyLoads(faulty.database, faulty.storage, manifest)).toMatchObject([
      { what: "charges", found: expect.stringContaining("is damaged") },
    ]);
    expect(readdirSync(join(folder, "cache", "files"))).toEqual([]);
  });
});

describe.skipIf(!isS3)("a commit", () => {
  it("whose answer gets lost is found to have succeeded, once", async () => {
    let lost = 0;
    const { faulty, plain, load } = await openFaulty((passing) => {
      if (passing.method !== "PUT" || !isManifest(passing) || lost > 0) return undefined;
      lost += 1;
      return "lose-answer";
    });
    expect((await load(faulty, june)).version).toBe(1);
    expect(lost).toBe(1);
    expect(await plain.store.versions()).toEqual([1]);
    expect(await billed(plain)).toBe("1.500000000000");
  });

  it("of which nobody can say whether it succeeded is told so, and its files stay", async () => {
    const { faulty, plain, load } = await openFaulty((passing) => {
      if (!isManifest(passing)) return undefined;
      return passing.method === "PUT" ? "lose-answer" : "cut";
    });
    const error = await failure(load(faulty, june));
    expect(error).toMatchObject({ code: "LAKE_COMMIT_UNCERTAIN" });
    expect(await plain.store.versions()).toEqual([1]);
    expect(await billed(plain)).toBe("1.500000000000");
  });

  it("is not trusted to a store that ignores its condition", async () => {
    const { faulty, plain, load } = await openFaulty(() => ({ without: "if-none-match" }));
    const error = await failure(load(faulty, june));
    expect(error).toMatchObject({ code: "LAKE_CONDITION_IGNORED" });
    expect(await objects(plain)).toEqual([]);
  });

  it("is not trusted to a store that knows no conditions", async () => {
    const { faulty, plain, load } = await openFaulty(({ headers }) =>
      headers["if-none-match"] === undefined ? undefined : { status: 501, code: "NotImplemented" },
    );
    expect(await failure(load(faulty, june))).toMatchObject({ code: "LAKE_CONDITION_IGNORED" });
    expect(await objects(plain)).toEqual([]);
  });
});

describe.skipIf(!isS3)("a store that refuses", () => {
  it.each([
    ["writing", { status: 403, code: "AccessDenied" }, "LAKE_ACCESS_DENIED"],
    [
      "an expired session",
      { status: 400, code: "ExpiredToken", message: "The provided token has expired." },
      "LAKE_CREDENTIALS",
    ],
    ["a key it does not know", { status: 403, code: "InvalidAccessKeyId" }, "LAKE_CREDENTIALS"],
    ["a signature", { status: 403, code: "SignatureDoesNotMatch" }, "LAKE_CREDENTIALS"],
  ] as const)("%s leaves the lake as it was and is named without secrets", async (_, fault, code) => {
    let isRefusing = false;
    const { faulty, plain, load } = await openFaulty(({ method, path }) =>
      isRefusing && method !== "GET" && path.includes("/charges/") ? fault : undefined,
    );
    await load(faulty, june);
    isRefusing = true;
    const error = await failure(load(faulty, { ...june, billed: "7" }));
    expect(error).toMatchObject({ code });
    expect(`${error.message} ${error.hint}`).toContain("s3://trimtab-test");
    expect(JSON.stringify([error, error.message, error.hint])).not.toContain("never-shown");
    expect(await plain.store.versions()).toEqual([1]);
    expect(await billed(plain)).toBe("1.500000000000");
  });

  it("reading says so, and takes a lake it may not list for no new one", async () => {
    const { faulty, load } = await openFaulty(({ path }) =>
      path.includes("list-type=2") ? { status: 403, code: "AccessDenied" } : undefined,
    );
    expect(await failure(faulty.snapshot())).toMatchObject({ code: "LAKE_ACCESS_DENIED" });
    expect(await failure(load(faulty, june))).toMatchObject({ code: "LAKE_ACCESS_DENIED" });
  });

  it("a bucket that is not there is named", async () => {
    const folder = tempFolder();
    const lake = await openAt("s3://trimtab-nowhere/lake", folder, STORE);
    for (const work of [lake.snapshot(), lake.storage.prepare()]) {
      const error = await failure(work);
      expect(error).toMatchObject({ code: "LAKE_BUCKET_MISSING" });
      expect(error.message).toContain("no bucket trimtab-nowhere");
    }
  });

  it("whoever has no credentials, and says how to get some", async () => {
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) vi.stubEnv(name, undefined);
    vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
    vi.stubEnv("HOME", tempFolder());
    const folder = tempFolder();
    const lake = await openAt(lakeRoot(folder), folder, STORE);
    const error = await failure(lake.snapshot());
    expect(error).toMatchObject({ code: "LAKE_CREDENTIALS" });
    expect(error.hint).toContain("aws sso login");
  });

  it("to be reached is told after several tries", async () => {
    const folder = tempFolder();
    const lake = await openAt(lakeRoot(folder), folder, "http://127.0.0.1:1");
    expect(await failure(lake.snapshot())).toMatchObject({
      code: "LAKE_STORE_UNREACHABLE",
      message: expect.stringContaining("ECONNREFUSED"),
    });
  });
});

describe.skipIf(!isS3)("files of a bucket", () => {
  it("are read from the cache, and verified against the bucket", async () => {
    const { faulty, plain, load, seen } = await openFaulty(() => undefined);
    const { loads } = await load(faulty, june);
    await billed(faulty);
    seen.length = 0;
    await billed(faulty);
    expect(seen.filter(({ path }) => path.includes("/charges/"))).toEqual([]);
    const [file] = loads[0]?.files ?? [];
    await plain.storage.putText(file?.path ?? "", "another");
    const { manifest } = await faulty.snapshot();
    const found = await verifyLoads(faulty.database, faulty.storage, manifest);
    expect(found.map(({ what }) => what)).toEqual(["charges"]);
    await plain.storage.remove(file?.path ?? "");
    expect(await verifyLoads(faulty.database, faulty.storage, manifest)).toMatchObject([
      { found: expect.stringContaining("is not there") },
    ]);
  });

  it("large ones go up in parts and come back as they were", async () => {
    const { faulty, folder, seen } = await openFaulty(() => undefined);
    const file = join(folder, "large.parquet");
    const text = `COPY (SELECT i, hash(i) AS a, hash(i + 1) AS b, hash(i * 7) AS c FROM range(1500000) AS t(i)) TO '${file}' (FORMAT parquet, COMPRESSION uncompressed)`;
    await faulty.run({ text });
    await faulty.storage.put("charges/large.parquet", file);
    expect(existsSync(file)).toBe(false);
    expect(seen.filter(({ path }) => path.includes("partNumber=")).length).toBeGreaterThan(1);
    const scan = `SELECT count(*), sum(i) FROM read_parquet('${faulty.storage.localPath("charges/large.parquet")}')`;
    expect((await faulty.run({ text: scan })).rows).toEqual([["1500000", "1124999250000"]]);
  });

  it("of metrics are there, too", async () => {
    const { faulty, plain } = await openFaulty(() => undefined);
    const points = [{ time: "2026-06-01 00:00:00", value: "12", labels: { team: "a" } }];
    await openMetricStore(faulty.storage, faulty.database, () => new Date()).write("users", points);
    const store = openMetricStore(plain.storage, plain.database, () => new Date());
    expect(await store.read("users", null, null)).toEqual([{ ...points[0], value: "12.000000000000" }]);
    expect([...(await store.list()).keys()]).toEqual(["users"]);
  });

  it("of a dead writer stay while a last write of it may still arrive", async () => {
    const { faulty, plain } = await openFaulty(() => undefined);
    const { spawnSync } = await import("node:child_process");
    const { mkdirSync } = await import("node:fs");
    const { notePlaced } = await import("../temporary-folder.ts");
    const { machineName, temporaryName } = await import("../own-folder.ts");
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    const left = join(faulty.storage.scratch, "_tmp", temporaryName("1-left", pid, await machineName()));
    mkdirSync(left, { recursive: true });
    await notePlaced(left, "charges/load=left");
    await plain.storage.putText("charges/load=left/part-0.parquet", "x");
    // As of a load that died while it tried the bucket's conditions.
    await notePlaced(left, "_tmp/probe-left");
    await plain.storage.putText("_tmp/probe-left", "x");
    const sweepAt = (date: Date) => withTemporaryFolder(faulty.storage, date, async () => undefined);
    await sweepAt(new Date());
    expect(await objects(plain)).toEqual(["charges/load=left/part-0.parquet", "_tmp/probe-left"]);
    await sweepAt(new Date(Date.now() + 300_000));
    expect(await objects(plain)).toEqual([]);
    expect(existsSync(left)).toBe(false);
  });
});
