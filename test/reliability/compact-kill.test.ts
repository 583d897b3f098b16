import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { loadBills } from "../../packages/platform/src/sources/load-bills.ts";
import { sources } from "../../packages/platform/src/sources/registry.ts";
import { tempFolder } from "../../packages/platform/src/testing/temp-folder.ts";
import { randomFrom } from "../fuzz/random.ts";
import { startCompaction } from "./child.ts";
import { billedSum, expectNoLeftOvers, expectWhole, openTestLake, writeBill } from "./two-bills.ts";

/** `TRIMTAB_KILLS=100` is the full count. */
const KILLS = Number(process.env.TRIMTAB_KILLS ?? 10);
const SEED = Number(process.env.TRIMTAB_SEED ?? 1);
/** Longer than one compaction of the tiny loads takes. */
const WITHIN_MS = 1200;

it(`a compaction killed at any of ${KILLS} moments leaves the old or the new version, whole`, async () => {
  const folder = tempFolder();
  const bills = [
    writeBill(folder, "one.csv", 3, { isBroken: true }),
    writeBill(folder, "two.csv", 5, { account: "other" }),
  ];
  const lake = await openTestLake(folder);
  for (const { path } of bills) await loadBills(lake, { patterns: [path], cwd: "/", sources });
  const billed = await billedSum(lake, await expectWhole(lake));
  expect(Number(billed)).toBe(bills.reduce((sum, bill) => sum + Number(bill.billed), 0));
  const random = randomFrom(SEED);
  const moments: string[] = [];
  const within = (): number => moments.filter((moment) => moment === "within").length;
  // Were every moment between two compactions, nothing would have been tried: of few kills that may be chance.
  while (moments.length < KILLS || (within() <= KILLS / 4 && moments.length < 4 * KILLS)) {
    const before = (await lake.snapshot()).version;
    const child = startCompaction(lake, 1000);
    await child.ready;
    await sleep(random.below(WITHIN_MS));
    child.process.kill("SIGKILL");
    await child.ended;
    expect(child.lines.filter((line) => !/^(ready|version \d+)$/.test(line))).toEqual([]);
    moments.push(readdirSync(join(lake.storage.scratch, "_tmp")).length > 0 ? "within" : "between");
    const loads = await expectWhole(lake);
    expect(loads).toHaveLength(2);
    expect(await billedSum(lake, loads)).toBe(billed);
    // What it told of is there; at most one more had been committed and not been told.
    const told = before + child.lines.length - 1;
    expect([told, told + 1]).toContain((await lake.snapshot()).version);

    expect((await lake.compact({ selection: { all: true } })).compacted).toHaveLength(2);
    expect(await billedSum(lake, await expectWhole(lake))).toBe(billed);
    await expectNoLeftOvers(lake);
  }
  expect(within()).toBeGreaterThan(KILLS / 4);
}, 1_200_000);
