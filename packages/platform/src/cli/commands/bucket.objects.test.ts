import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openStorage } from "../../lake/storage/open-storage.ts";
import { writeFocusBill } from "../../testing/focus-bill.ts";
import { isFolderRun, lakeRoot } from "../../testing/lake-root.ts";
import { runCli } from "../../testing/run-cli.ts";
import { tempFolder } from "../../testing/temp-folder.ts";

/** The command line over a lake in a bucket. */
const openOwn = () => {
  const folder = tempFolder();
  const root = lakeRoot(folder);
  const asked = Object.entries(process.env).filter(([name]) => /^(AWS|AZURE|STORAGE)_/.test(name));
  const env = {
    ...Object.fromEntries(asked.map(([name, value]) => [name, value ?? ""])),
    ...{ TRIMTAB_LAKE: root, TRIMTAB_CACHE: join(folder, "cache"), TRIMTAB_CACHE_MB: "50" },
  };
  return {
    folder,
    root,
    cli: (...words: readonly string[]) => runCli(words, { cwd: folder, env, columns: 200 }),
  };
};

describe.skipIf(isFolderRun)("the command line over a bucket", () => {
  it("loads, answers, verifies, lets go and prints DDL with the bucket's own URLs", async () => {
    const { folder, root, cli } = openOwn();
    writeFocusBill(join(folder, "june.csv"), [{ day: "2026-06-01", billed: "12.50" }]);
    expect(await cli("ingest", "june.csv")).toMatchObject({ code: 0, err: "" });
    expect((await cli("query", "billed by ServiceName", "--csv")).out).toContain("12.5");
    expect(await cli("lake", "verify")).toMatchObject({ code: 0 });
    expect((await cli("lake", "ddl", "--engine", "duckdb")).out).toContain(`'${root}/charges/source=focus/`);
    expect((await cli("lake", "history", "--json")).out).toContain('"version": 1');
    expect(await cli("lake", "expire")).toMatchObject({ code: 0 });
  });

  it("says what bills in a bucket are, and leaves loading them to a cluster", async () => {
    const { folder, root, cli } = openOwn();
    writeFocusBill(join(folder, "june.csv"), [{ day: "2026-06-01", billed: "12.50" }]);
    const storage = await openStorage(root, () => new Date(), { cacheFolder: tempFolder() });
    await storage.put("exports/june.csv", join(folder, "june.csv"));
    storage.close();
    const { out } = await cli("ingest", `${root}/exports`, "--dry-run");
    expect(out).toContain(`${root}/exports/june.csv`);
    expect(out).toContain("focus");
    expect(await cli("ingest", `${root}/exports`)).toMatchObject({
      code: 2,
      err: expect.stringContaining("--engine trino"),
    });
  });

  it("finds in the doctor's report what the bucket allows, the clock and the cache", async () => {
    const { root, cli } = openOwn();
    const { findings } = JSON.parse((await cli("doctor", "--json", "--offline")).out);
    expect(findings).toContainEqual(expect.objectContaining({ name: "Bucket", status: "skipped" }));
    const { checkLakeHealth } = await import("../doctor/lake-findings.ts");
    const clock = () => new Date();
    const cacheFolder = tempFolder();
    const found = await checkLakeHealth({
      env: {},
      lakeRoot: root,
      openStorage: () => openStorage(root, clock, { cacheFolder }),
      findState: () => Promise.reject(new Error("no state database here")),
      clock,
      signal: new AbortController().signal,
    });
    const bucket = found.find(({ name }) => name === "Bucket");
    expect(bucket).toMatchObject({ status: "ok", detail: expect.stringContaining("write on condition") });
    expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining(["Cache", "Lake"]));
    const storage = await openStorage(root, clock, { cacheFolder });
    expect(await storage.files("_tmp")).toEqual([]);
    storage.close();
  });
});
