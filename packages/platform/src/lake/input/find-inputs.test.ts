import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { tempFolder } from "../../testing/temp-folder.ts";
import { type FoundInput, findInputs } from "./find-inputs.ts";

const FILES = {
  "bill.csv": "a,b\n1,2\n",
  "2026/bill.parquet": "PAR1",
  "2026/export-000000000000.json": '{"cost": 1}\n{"cost": 2}\n',
  "opencost.json": '{"code":200,"data":[{}]}',
  "report-Manifest.json": '{\n  "assemblyId": "x",\n  "reportKeys": []\n}\n',
  "manifest.json": '{"files":["a","b"]}',
  "notes.md": "notes",
  ".hidden.csv": "a\n",
  _SUCCESS: "",
};

const folderOfFiles = (): string => {
  const folder = tempFolder();
  mkdirSync(join(folder, "2026"));
  for (const [name, content] of Object.entries(FILES)) writeFileSync(join(folder, name), content);
  return folder;
};

const names = (folder: string, inputs: readonly FoundInput[]) =>
  inputs.map(({ path }) => path.slice(folder.length + 1));

describe("findInputs", () => {
  it("takes the data of a folder and leaves manifests, notes and hidden files", async () => {
    const folder = folderOfFiles();
    const found = names(folder, await findInputs(["."], folder));
    expect(found).toEqual([
      "2026/bill.parquet",
      "2026/export-000000000000.json",
      "bill.csv",
      "opencost.json",
    ]);
  });

  it("takes a file named outright, whatever it is, and each file once", async () => {
    const folder = folderOfFiles();
    const found = names(folder, await findInputs(["manifest.json", "*.csv", "bill.csv"], folder));
    expect(found).toEqual(["bill.csv", "manifest.json"]);
  });

  it("tells what was named from what lies in a folder that was", async () => {
    const folder = folderOfFiles();
    const found = await findInputs([".", "bill.csv"], folder);
    expect(found.filter(({ isNamed }) => isNamed).map(({ path }) => path)).toEqual([
      join(folder, "bill.csv"),
    ]);
  });

  it("refuses a pattern that matches nothing", async () => {
    await expect(findInputs(["nowhere/*.csv"], tempFolder())).rejects.toMatchObject({
      code: "LAKE_INPUT_NOT_FOUND",
    });
  });
});
