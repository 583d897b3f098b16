import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openLake } from "../../lake/lake.ts";
import { writeFocusBill } from "../../testing/focus-bill.ts";
import { remakeLoad } from "../../testing/remake-load.ts";
import { runCli } from "../../testing/run-cli.ts";
import { tempFolder } from "../../testing/temp-folder.ts";

const charges = Array.from({ length: 12 }, (_, index) => ({
  day: `2026-06-${10 + index}`,
  billed: `${index}.25`,
  tags: { team: "a" },
}));

/** A lake whose June is five files without its tag column. */
async function slowLake() {
  const folder = tempFolder();
  const cli = (...words: readonly string[]) => runCli(words, { cwd: folder, env: { TRIMTAB_LAKE: "lake" } });
  writeFocusBill(join(folder, "june.csv"), charges);
  await cli("ingest", "june.csv");
  const fresh = await cli("lake", "compact");
  const lake = await openLake({ root: join(folder, "lake") });
  const [load] = (await lake.snapshot()).manifest.loads;
  if (load !== undefined) await remakeLoad(lake, load, { parts: 5 });
  lake.close();
  return { cli, fresh };
}

describe("lake compact", () => {
  it("says what is slow and why, writes it again, and answers as before", async () => {
    const { cli, fresh } = await slowLake();
    expect(fresh).toMatchObject({ code: 0, out: expect.stringContaining("Nothing to compact") });
    const answer = (await cli("analyze", "--json")).out;

    const dry = await cli("lake", "compact", "--dry-run");
    expect(dry.code).toBe(0);
    expect(dry.out).toContain("1 load would be written again");
    expect(dry.out).toMatch(/2026-06 +focus\/acme +many small files, tags without a column +5 +1 /);
    expect(JSON.parse((await cli("lake", "compact", "--dry-run", "--json")).out)).toMatchObject({
      dryRun: true,
      version: 2,
      loads: [{ reasons: ["small-files", "tag-columns"], files: 5, filesAfter: 1, tagColumns: ["team"] }],
    });
    expect((await cli("lake", "compact", "--period", "2026-07", "--dry-run")).out).toContain(
      "Nothing to compact",
    );

    const done = await cli("lake", "compact", "--period", "2026-06", "--source", "focus", "--json");
    expect(JSON.parse(done.out)).toMatchObject({
      dryRun: false,
      version: 3,
      loads: [{ billingPeriod: "2026-06-01", rows: 12, files: { before: 5, after: 1 } }],
      replaced: [],
    });
    expect((await cli("lake", "compact")).out).toContain("Nothing to compact");

    expect(await cli("lake", "verify")).toMatchObject({ code: 0 });
    expect((await cli("lake", "history")).out).toContain("compact");
    expect((await cli("lake", "diff")).out).toContain("No cost was restated");
    expect(await cli("lake", "expire", "--dry-run")).toMatchObject({ code: 0 });
    const withoutVersion = (json: string) => json.replaceAll(/"lakeVersion":\s*\d+/g, "");
    expect(withoutVersion((await cli("analyze", "--json")).out)).toBe(withoutVersion(answer));
  });

  it("writes all that was asked for, and says how many", async () => {
    const { cli } = await slowLake();
    const all = await cli("lake", "compact", "--all");
    expect(all.out).toContain("1 load written again as version 3");
    expect(all.out).toMatch(/Files +5, now 1/);
    expect((await cli("lake", "compact", "--all", "--dry-run")).out).toContain("asked for");
  });

  it("needs to know of the cluster that it is to use", async () => {
    const { cli } = await slowLake();
    const none = await cli("lake", "compact", "--engine", "trino");
    expect(none).toMatchObject({ code: 2, err: expect.stringContaining("CLUSTER_NOT_CONFIGURED") });
    expect(await cli("lake", "compact", "--period", "soon")).toMatchObject({ code: 2 });
  });
});
