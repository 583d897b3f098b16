import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openLake } from "../lake/lake.ts";
import { curCsv } from "../testing/cur-bill.ts";
import { tempFolder } from "../testing/temp-folder.ts";
import { findBills } from "./load-bills.ts";
import { sources } from "./registry.ts";

const folderWith = (files: Readonly<Record<string, string>>): string => {
  const folder = join(tempFolder(), "bills");
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
};

const find = async (...patterns: readonly string[]) => {
  const lake = await openLake({ root: tempFolder(), threads: 1 });
  onTestFinished(() => lake.close());
  return findBills(lake, { patterns, cwd: tempFolder(), sources });
};

const BILL = curCsv([{ "lineItem/UnblendedCost": "1" }]);
const LICENCE = "Anyone may do anything\nwith this.\n";

describe("a folder of bills", () => {
  it("may hold other files, which are told", async () => {
    const folder = folderWith({ "bill.csv": BILL, LICENCE });
    const { inputs, superseded } = await find(folder);
    expect(inputs.map(({ file }) => file.path)).toEqual([join(folder, "bill.csv")]);
    expect(superseded).toEqual([{ path: join(folder, "LICENCE"), reason: "no source knows its columns" }]);
  });

  it("is refused where no source knows any of its files, and a file named outright where none knows it", async () => {
    const refused = { code: "SOURCE_NOT_RECOGNISED" };
    await expect(find(folderWith({ LICENCE }))).rejects.toMatchObject(refused);
    const folder = folderWith({ "bill.csv": BILL, LICENCE });
    await expect(find(folder, join(folder, "LICENCE"))).rejects.toMatchObject(refused);
    await expect(find(join(folder, "*"))).rejects.toMatchObject(refused);
  });
});
