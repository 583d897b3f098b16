import { join } from "node:path";
import { expect, it } from "vitest";
import { openBillLake } from "../../testing/bill-lake.ts";
import { writeFocusBill } from "../../testing/focus-bill.ts";
import { gcpRow, openGcpLake } from "../../testing/gcp-bill.ts";
import type { Lake } from "../lake.ts";

const openOwn = async () => {
  const { lake, folder, load: loadFiles } = await openBillLake();
  const load = (exportName: string, billed: string, account = "acme") => {
    const path = writeFocusBill(join(folder, `${exportName}.csv`), [{ day: "2026-06-01", billed, account }]);
    return loadFiles([path], { exportName });
  };
  return { lake, load };
};

/** Names of the exports that count. */
const counting = async (lake: Lake): Promise<readonly string[]> => {
  const { manifest } = await lake.snapshot();
  return manifest.loads
    .filter(({ counted }) => counted === true)
    .map(({ instance }) => instance.split("/").at(-1) ?? "")
    .sort();
};

it("of two exports of the same charges the one that was there first counts, also when it is loaded again", async () => {
  const { lake, load } = await openOwn();
  await load("first", "1");
  const { loads } = await load("second", "1");
  expect(loads).toMatchObject([{ counted: { because: "focus/acme/first holds the same charges" } }]);
  expect(await counting(lake)).toEqual(["first"]);
  await load("first", "2");
  expect(await counting(lake)).toEqual(["first"]);
  await load("third", "2");
  await load("second", "2");
  expect(await counting(lake)).toEqual(["first"]);
});

it("exports of other accounts count beside each other", async () => {
  const { lake, load } = await openOwn();
  await load("first", "1");
  await load("second", "1", "other");
  expect(await counting(lake)).toEqual(["first", "second"]);
});

it("the more detailed export counts, whichever came first and however often the others come again", async () => {
  const { lake, loadRows } = await openGcpLake();
  const detailed = [gcpRow()];
  const { resource: _, ...plain } = gcpRow() as Record<string, unknown>;
  const standard = [plain];
  await loadRows(standard, "standard.json");
  expect(await counting(lake)).toEqual(["standard"]);
  await loadRows(detailed, "detailed.json");
  expect(await counting(lake)).toEqual(["detailed"]);
  await loadRows(standard, "standard.json");
  expect(await counting(lake)).toEqual(["detailed"]);
});
