import { basename, dirname } from "node:path";
import { describe, expect, it } from "vitest";
import type { DeliveryFile, SideFiles } from "../../lake/source-definition.ts";
import { chooseAzureDelivery } from "./azure-delivery.ts";

const manifest = (type: string, submittedTime: string, blobs: readonly (readonly [string, number])[]) => ({
  manifestVersion: "2024-04-01",
  exportConfig: { exportName: `daily-${type}`, resourceId: "/providers/x", type },
  runInfo: { submittedTime, startDate: "2026-01-01T00:00:00", endDate: "2026-01-31T00:00:00" },
  blobs: blobs.map(([blobName, byteCount]) => ({ blobName: `exports/${blobName}`, byteCount })),
});

const folders: Readonly<
  Record<string, { readonly manifest?: unknown; readonly files: Readonly<Record<string, number>> }>
> = {
  "/a/run1": {
    manifest: manifest("ActualCost", "2026-01-10T01:00:00Z", [["p0.csv", 10]]),
    files: { "p0.csv": 10 },
  },
  "/a/run2": {
    manifest: manifest("ActualCost", "2026-01-20T01:00:00Z", [
      ["p0.csv", 20],
      ["p1.csv", 5],
    ]),
    files: { "p0.csv": 20, "p1.csv": 5 },
  },
  "/a/run3": {
    manifest: manifest("ActualCost", "2026-01-30T01:00:00Z", [
      ["p0.csv", 30],
      ["p1.csv", 9],
    ]),
    files: { "p0.csv": 30, "p1.csv": 3 },
  },
  "/m/run1": {
    manifest: manifest("AmortizedCost", "2026-01-05T01:00:00Z", [["p0.csv", 8]]),
    files: { "p0.csv": 8 },
  },
  "/bare": { files: { "x.csv": 1 } },
  "/odd": { manifest: { hello: 1 }, files: { "y.csv": 1 } },
};

const side: SideFiles = {
  list: async (folder) => {
    const { manifest: found, files = {} } = folders[folder] ?? {};
    const data = Object.entries(files).map(([name, sizeBytes]) => ({ path: `${folder}/${name}`, sizeBytes }));
    return found === undefined ? data : [...data, { path: `${folder}/manifest.json`, sizeBytes: 1 }];
  },
  readJson: async (path) => folders[dirname(path)]?.manifest,
};

const filesOf = (...names: readonly string[]): DeliveryFile[] =>
  names.flatMap((folder) =>
    Object.entries(folders[folder]?.files ?? {}).map(([name, sizeBytes]) => ({
      path: `${folder}/${name}`,
      sizeBytes,
    })),
  );

describe("chooseAzureDelivery", () => {
  it("takes the newest whole run of each export and says why the rest is left out", async () => {
    const choices = await chooseAzureDelivery(filesOf("/a/run1", "/a/run2", "/a/run3", "/m/run1"), side);
    expect(choices.map(({ files, variant }) => [files, variant])).toEqual([
      [["/a/run2/p0.csv", "/a/run2/p1.csv"], "actual"],
      [["/m/run1/p0.csv"], "amortized"],
    ]);
    expect(choices[0]?.superseded.map(({ path, reason }) => [dirname(path), basename(path), reason])).toEqual(
      [
        ["/a/run3", "p0.csv", "p1.csv of this run is missing or not 9 bytes long"],
        ["/a/run3", "p1.csv", "p1.csv of this run is missing or not 9 bytes long"],
        ["/a/run1", "p0.csv", "the run of 2026-01-20T01:00:00Z is newer"],
      ],
    );
  });

  it("takes files without a manifest of this kind as they are", async () => {
    expect(await chooseAzureDelivery(filesOf("/bare", "/odd"), side)).toEqual([
      { files: ["/bare/x.csv", "/odd/y.csv"], superseded: [] },
    ]);
  });
});
