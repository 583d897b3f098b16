import { readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeFocusBill } from "../../testing/focus-bill.ts";
import { runCli } from "../../testing/run-cli.ts";
import { tempFolder } from "../../testing/temp-folder.ts";

const june = [
  { day: "2026-06-01", billed: "10.25", effective: "8.1234567890123", service: "Compute" },
  { day: "2026-06-02", billed: "-2.5", service: "=HYPERLINK(1)" },
];

async function loaded() {
  const folder = tempFolder();
  const lake = join(folder, "lake");
  const bill = writeFocusBill(join(folder, "june.csv"), june);
  const outcome = await runCli(["ingest", "june.csv", "--lake", "lake"], { cwd: folder });
  return { folder, lake, bill, outcome };
}

const manifestOf = (lake: string): string => join(lake, "manifests", "0000000001.json");

/** The charge file of the only load, as the manifest names it. */
function chargeFile(lake: string): string {
  const { loads }: { readonly loads: readonly { readonly files: readonly { readonly path: string }[] }[] } =
    JSON.parse(readFileSync(manifestOf(lake), "utf8"));
  return join(lake, loads[0]?.files[0]?.path ?? "");
}

describe("ingest", () => {
  it("loads a bill and shows the proof", async () => {
    const { outcome } = await loaded();
    expect(outcome.err).toBe("");
    expect(outcome.code).toBe(0);
    expect(outcome.out).toMatch(/focus +acme +2026-06 +2 +7\.75 +5\.62 +USD +2026-06-03 00:00 +✓ ok/);
    expect(outcome.out).toMatch(/sum of BilledCost +7\.75 +7\.75 +0\.00 +0 +USD +✓ exact/);
    expect(outcome.out).toMatch(/sum of EffectiveCost .* 0\.0000000000003 +USD +✓ exact/);
  });

  it("says with --dry-run what each file is and loads nothing", async () => {
    const { folder } = await loaded();
    writeFileSync(join(folder, "note.csv"), "a,b\n1,2\n");
    const dry = await runCli(["ingest", "june.csv", "--dry-run", "--json", "--lake", "other"], {
      cwd: folder,
    });
    expect(JSON.parse(dry.out).files).toMatchObject([{ source: "focus", variant: "1.0", format: "csv" }]);
    const health = await runCli(["doctor", "--offline", "--lake", "other"], { cwd: folder });
    expect(health.out).toContain("nothing loaded yet");
    const unknown = await runCli(["ingest", "note.csv", "--lake", "other"], { cwd: folder });
    expect(unknown).toMatchObject({ code: 2, out: "" });
    expect(unknown.err).toContain("SOURCE_NOT_RECOGNISED");
  });
});

describe("complete to", () => {
  const bill = [
    { day: "2026-06-01", billed: "10" },
    { day: "2026-06-19", billed: "10" },
  ];
  const monthly = { day: "2026-06-01", until: "2026-07-01", billed: "30" };

  it.each([
    [
      "of a month's first 19 days is the 20th, though a fee spans the month",
      [...bill, monthly],
      "2026-06-20",
    ],
    ["of a bill of nothing but such fees is their end", [monthly], "2026-07-01"],
  ])("%s", async (_, charges, completeTo) => {
    const folder = tempFolder();
    writeFocusBill(join(folder, "june.csv"), charges);
    const at = { cwd: folder, now: "2026-07-20T00:00:00Z", env: { TRIMTAB_LAKE: "lake" } };
    const { out } = await runCli(["ingest", "june.csv"], at);
    expect(out).toMatch(new RegExp(`USD +${completeTo} 00:00 +✓ ok`));
    const answer = JSON.parse((await runCli(["query", "billed", "--json"], at)).out);
    expect(answer.completeTo).toBe(`${completeTo}T00:00:00Z`);
  });

  it("of a lake of before usage ends were kept is the end of its charges", async () => {
    const { lake } = await loaded();
    const manifest = manifestOf(lake);
    const { loads, ...rest } = JSON.parse(readFileSync(manifest, "utf8"));
    for (const load of loads) delete load.usageEnd;
    writeFileSync(manifest, JSON.stringify({ ...rest, loads }));
    const answer = await runCli(["query", "billed", "--json", "--lake", lake]);
    expect(JSON.parse(answer.out).completeTo).toBe("2026-06-03T00:00:00Z");
  });
});

describe("the lake's health", () => {
  it("is whole after a load", async () => {
    const { lake } = await loaded();
    expect(await runCli(["doctor", "--offline", "--lake", lake])).toMatchObject({ code: 0 });
    const verified = await runCli(["lake", "verify", "--lake", lake, "--json"]);
    expect(JSON.parse(verified.out)).toMatchObject({ whole: true, loads: 1, rows: 2 });
  });

  it.each([
    ["is missing", (file: string) => rmSync(file), "missing"],
    ["was cut short", (file: string) => truncateSync(file, 100), "other size"],
  ])("is broken when a file %s", async (_, damage, problem) => {
    const { lake } = await loaded();
    damage(chargeFile(lake));
    const doctor = await runCli(["doctor", "--offline", "--lake", lake]);
    expect(doctor.code).toBe(1);
    expect(doctor.out).toContain(problem);
    expect(doctor.out).toContain("Ingest that month's bill again");
    expect(await runCli(["lake", "verify", "--lake", lake])).toMatchObject({ code: 1 });
  });

  it("shows other amounts than the manifest's", async () => {
    const { lake } = await loaded();
    const manifest = manifestOf(lake);
    writeFileSync(manifest, readFileSync(manifest, "utf8").replace("7.750000000000", "7.760000000000"));
    const { code, out } = await runCli(["lake", "verify", "--lake", lake]);
    expect(code).toBe(1);
    expect(out).toMatch(/BilledCost in USD of charges +7\.760000000000 +7\.750000000000/);
  });
});
