import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import type { Lake } from "../../packages/platform/src/lake/lake.ts";
import { loadBills } from "../../packages/platform/src/sources/load-bills.ts";
import { sources } from "../../packages/platform/src/sources/registry.ts";
import type { Random } from "../fuzz/random.ts";
import { startIngest } from "./child.ts";
import { type Bill, billedSum, expectNoLeftOvers, expectWhole } from "./two-bills.ts";

/** Longer than the first load of the tiny bills takes, so that every moment of one is met. */
const WITHIN_MS = 1200;

/**
 * Kills a process at a random moment of its replacing one bill by the other and back, then reads, then loads again.
 * @returns whether it died within a load, or between two
 */
export const killOnce = async (
  lake: Lake,
  bills: readonly Bill[],
  random: Random,
): Promise<"within" | "between"> => {
  const before = (await lake.snapshot()).version;
  const child = startIngest(
    lake,
    1000,
    bills.map(({ path }) => path),
  );
  await child.ready;
  await sleep(random.below(WITHIN_MS));
  child.process.kill("SIGKILL");
  await child.ended;
  expect(child.lines.filter((line) => !/^(ready|version \d+)$/.test(line))).toEqual([]);

  const moment = readdirSync(join(lake.storage.scratch, "_tmp")).length > 0 ? "within" : "between";
  const loads = await expectWhole(lake);
  expect(loads).toHaveLength(1);
  expect(bills.map(({ billed }) => billed)).toContain(await billedSum(lake, loads));
  const committed = child.lines.length - 1;
  const { version } = await lake.snapshot();
  // What it told of is there; at most one more had been committed and not been told.
  expect([before + committed, before + committed + 1]).toContain(version);

  const [next] = bills;
  const report = await loadBills(lake, { patterns: [next?.path ?? ""], cwd: "/", sources });
  expect(await billedSum(lake, report.loads)).toBe(next?.billed);
  await expectNoLeftOvers(lake);
  return moment;
};
