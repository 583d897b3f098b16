import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { localSideFiles } from "../../lake/input/side-files.ts";
import { curCsv, loadIntoLake } from "../../testing/cur-bill.ts";
import { tempFolder } from "../../testing/temp-folder.ts";
import { chooseCurDelivery } from "./deliveries.ts";

const write = (root: string, files: Readonly<Record<string, string | object>>): void => {
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  }
};

const report = (cost: string): string => curCsv([{ "lineItem/UnblendedCost": cost }]);

const legacyManifest = (id: string, ...files: readonly string[]) => ({
  assemblyId: id,
  account: "111111111111",
  reportName: "hourly",
  billingPeriod: { start: "20260301T000000.000Z", end: "20260401T000000.000Z" },
  reportKeys: files.map((file) => `/prefix/hourly/20260301-20260401/${id}/${file}`),
});

const choose = async (root: string, ...paths: readonly string[]) => {
  const files = paths.map((path) => ({ path: join(root, path), sizeBytes: 1 }));
  const choices = await chooseCurDelivery(files, localSideFiles);
  const short = (path: string) => path.slice(root.length + 1);
  return choices.map(({ files: chosen, superseded, exportName }) => ({
    exportName,
    files: chosen.map(short),
    superseded: superseded.map(({ path, reason }) => `${short(path)}: ${reason}`),
  }));
};

describe("which delivery is read", () => {
  it("is the one that the period's manifest names, when all its files are there", async () => {
    const root = tempFolder();
    const period = "hourly/20260301-20260401";
    write(root, {
      [`${period}/hourly-Manifest.json`]: legacyManifest("bbb", "hourly-1.csv", "hourly-2.csv"),
      [`${period}/bbb/hourly-Manifest.json`]: legacyManifest("bbb", "hourly-1.csv", "hourly-2.csv"),
      [`${period}/ccc/hourly-Manifest.json`]: legacyManifest("ccc", "hourly-1.csv"),
      [`${period}/bbb/hourly-1.csv`]: report("1"),
      [`${period}/bbb/hourly-2.csv`]: report("2"),
      [`${period}/ccc/hourly-1.csv`]: report("4"),
    });
    expect(
      await choose(
        root,
        `${period}/bbb/hourly-1.csv`,
        `${period}/bbb/hourly-2.csv`,
        `${period}/ccc/hourly-1.csv`,
      ),
    ).toEqual([
      {
        exportName: "hourly",
        files: [`${period}/bbb/hourly-1.csv`, `${period}/bbb/hourly-2.csv`],
        superseded: [`${period}/ccc/hourly-1.csv: delivery ccc of hourly is older than bbb`],
      },
    ]);
    const { value, report: loaded } = await loadIntoLake(root);
    expect(await value("sum(BilledCost)")).toBe("3.000000000000");
    expect(loaded.loads[0]?.instance).toBe("aws-cur/111111111111/hourly");
    expect(loaded.superseded).toHaveLength(1);
  });

  it("falls back to the newest that is whole, and says so", async () => {
    const root = tempFolder();
    const folder = (time: string) => `hourly/20260301-20260401/${time}`;
    const [old, middle, late] = ["20260310T000000Z", "20260311T000000Z", "20260312T000000Z"] as const;
    for (const time of [old, middle, late]) {
      write(root, {
        [`${folder(time)}/hourly-Manifest.json`]: legacyManifest(time, "hourly-1.csv", "hourly-2.csv"),
        [`${folder(time)}/hourly-1.csv`]: report("1"),
      });
      if (time !== late) write(root, { [`${folder(time)}/hourly-2.csv`]: report("1") });
    }
    const paths = [old, middle, late]
      .flatMap((time) => [1, 2].map((part) => `${folder(time)}/hourly-${part}.csv`))
      .slice(0, 5);
    const [choice] = await choose(root, ...paths);
    expect(choice?.files).toEqual([`${folder(middle)}/hourly-1.csv`, `${folder(middle)}/hourly-2.csv`]);
    expect(choice?.superseded).toEqual([
      `${folder(late)}/hourly-1.csv: delivery ${late} of hourly is incomplete: 1 of 2 files`,
      `${folder(old)}/hourly-1.csv: delivery ${old} of hourly is older than ${middle}`,
      `${folder(old)}/hourly-2.csv: delivery ${old} of hourly is older than ${middle}`,
    ]);
  });

  it("follows Data Exports, whose manifests lie in metadata beside data", async () => {
    const root = tempFolder();
    const data = (id: string) => `cur2/data/BILLING_PERIOD=2026-03/${id}/cur2-00001.csv`;
    const manifest = (id: string) => ({
      exportArn:
        "arn:aws:bcm-data-exports:us-east-1:111111111111:export/cur2-0a1b2c3d-1111-2222-3333-444455556666",
      executionId: id,
      dataFiles: [`s3://bucket/prefix/${data(id)}`],
    });
    const [old, late] = ["20260310T010101Z-aaaa", "20260311T010101Z-bbbb"] as const;
    for (const id of [old, late])
      write(root, {
        [`cur2/metadata/BILLING_PERIOD=2026-03/${id}/cur2-Manifest.json`]: manifest(id),
        [data(id)]: report("1"),
      });
    expect(await choose(root, data(old), data(late))).toEqual([
      {
        exportName: "cur2",
        files: [data(late)],
        superseded: [`${data(old)}: delivery ${old} of cur2 is older than ${late}`],
      },
    ]);
  });

  it("leaves out files beside a manifest that doesn't name them, and takes files without one as they are", async () => {
    const root = tempFolder();
    const manifest = { ...legacyManifest("bbb"), reportKeys: ["/x/20260301-20260401/hourly-1.csv"] };
    write(root, {
      "p/20260301-20260401/hourly-Manifest.json": manifest,
      "p/20260301-20260401/hourly-1.csv": report("1"),
      "p/20260301-20260401/hourly-2.csv": report("1"),
      "loose/report.csv": report("1"),
    });
    const choices = await choose(
      root,
      "p/20260301-20260401/hourly-1.csv",
      "p/20260301-20260401/hourly-2.csv",
      "loose/report.csv",
    );
    expect(choices).toEqual([
      {
        exportName: "hourly",
        files: ["p/20260301-20260401/hourly-1.csv"],
        superseded: ["p/20260301-20260401/hourly-2.csv: hourly-Manifest.json of hourly does not name it"],
      },
      { exportName: undefined, files: ["loose/report.csv"], superseded: [] },
    ]);
  });
});
