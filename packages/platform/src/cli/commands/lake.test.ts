import { mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openDatabase } from "../../lake/database.ts";
import { type TestCharge, writeFocusBill } from "../../testing/focus-bill.ts";
import { runCli } from "../../testing/run-cli.ts";
import { tempFolder } from "../../testing/temp-folder.ts";

const tuesday = { day: "2026-06-02", service: "Cloud Run" };
const other = { day: "2026-06-03", service: "Storage", billed: "5" };

/** A June bill and its restatement, as versions 1 and 2. */
async function restated() {
  const folder = tempFolder();
  const at = (now: string) => ({ cwd: folder, now, env: { TRIMTAB_LAKE: "lake" } });
  writeFocusBill(join(folder, "june.csv"), [{ ...tuesday, billed: "412.10" }, other]);
  expect(await runCli(["ingest", "june.csv"], at("2026-06-04T00:00:00Z"))).toMatchObject({ code: 0 });
  writeFocusBill(join(folder, "june.csv"), [{ ...tuesday, billed: "431.77" }, other]);
  expect(await runCli(["ingest", "june.csv"], at("2026-06-05T00:00:00Z"))).toMatchObject({ code: 0 });
  const cli = (...words: readonly string[]) => runCli(words, at("2026-07-20T00:00:00Z"));
  return { cli, lake: join(folder, "lake") };
}

describe("the lake's commands", () => {
  it("tell what a restatement changed", async () => {
    const { cli } = await restated();
    const diff = await cli("lake", "diff");
    expect(diff.code).toBe(0);
    expect(diff.out).toMatch(
      /2026-06-02 +Cloud Run +Usage +412\.10 +431\.77 +\+19\.67 +\+19\.67 +USD +the same usage at another price/,
    );
    expect(JSON.parse((await cli("lake", "diff", "--json")).out)).toMatchObject({
      from: 1,
      to: 2,
      added: [],
      removed: [],
    });
  });

  it("tell one charge from several", async () => {
    const folder = tempFolder();
    const cli = (...words: readonly string[]) =>
      runCli(words, { cwd: folder, env: { TRIMTAB_LAKE: "lake" } });
    const load = async (...charges: readonly TestCharge[]) => {
      writeFocusBill(join(folder, "june.csv"), charges);
      await cli("ingest", "june.csv");
      return (await cli("lake", "diff")).out;
    };
    const [kept, a, b] = ["Kept", "A", "B"].map((service) => ({ ...other, service })) as [
      TestCharge,
      TestCharge,
      TestCharge,
    ];
    await load(kept);
    const appeared = await load(kept, a);
    expect(appeared).toContain("1 cost was restated");
    expect(appeared).toContain("1 charge that was not there");
    expect(await load(kept, a, a)).toContain("1 charge became 2");
    const several = await load(kept, b);
    expect(several).toContain("2 costs were restated");
    expect(several).toContain("2 charges are gone");
    expect(await load(kept, a, a)).toContain("2 charges that were not there");
    await load(kept, a);
    expect(await load(kept)).toContain("1 charge is gone");
  });

  it("list versions, and what each replaced", async () => {
    const { cli } = await restated();
    const { out } = await cli("lake", "history");
    expect(out).toMatch(/2 +2026-06-05 00:00 +ingest .*2026-06 +2 +0 +replaces an older load/);
    expect(out).toMatch(/1 +2026-06-04 00:00 +ingest .*2026-06 +2 +0 +new/);
    const old = await cli("query", "billed", "--lake-version", "1", "--json");
    expect(JSON.parse(old.out).total).toEqual(["417.1"]);
  });

  it("print DDL that reads exactly one version", async () => {
    const { cli } = await restated();
    const { out } = await cli("lake", "ddl", "--engine", "duckdb");
    const database = await openDatabase();
    const { rows } = await database.session(async (run) => {
      await run({ text: out });
      return run({ text: "SELECT CAST(sum(BilledCost) AS VARCHAR) FROM charges" });
    });
    database.close();
    expect(rows).toEqual([["436.770000000000"]]);
    expect(await cli("lake", "ddl", "--engine", "oracle")).toMatchObject({ code: 2, out: "" });
  });

  it("let old versions go, and left-overs with them", async () => {
    const { cli, lake } = await restated();
    const orphan = join(lake, "charges/source=focus/dataset=x/billing_period=2026-06-01/load=dead");
    mkdirSync(orphan, { recursive: true });
    writeFileSync(join(orphan, "part-0.parquet"), "half a file");
    const longAgo = new Date("2026-06-01T00:00:00Z");
    for (const path of readdirSync(lake, { recursive: true }))
      utimesSync(join(lake, String(path)), longAgo, longAgo);
    const doctor = await cli("doctor", "--offline");
    expect(doctor).toMatchObject({ code: 0 });
    expect(doctor.out).toContain("Left-overs");
    const dry = await cli("lake", "expire", "--keep-versions", "1", "--dry-run", "--json");
    expect(JSON.parse(dry.out)).toMatchObject({ dryRun: true, versions: [1] });
    expect(JSON.parse(dry.out).folders).toHaveLength(2);
    const would = await cli("lake", "expire", "--keep-versions", "1", "--dry-run");
    expect(would.out).toContain("1 version and 2 load folders would go");
    const gone = await cli("lake", "expire", "--keep-versions", "1", "--json");
    expect({ ...JSON.parse(gone.out), dryRun: true }).toEqual(JSON.parse(dry.out));
    expect((await cli("doctor", "--offline")).out).not.toContain("Left-overs");
    expect(JSON.parse((await cli("lake", "verify", "--json")).out)).toMatchObject({ whole: true });
    expect(await cli("lake", "diff")).toMatchObject({ code: 2 });
  });
});
