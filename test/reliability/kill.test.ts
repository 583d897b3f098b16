import { expect, it } from "vitest";
import { loadBills } from "../../packages/platform/src/sources/load-bills.ts";
import { sources } from "../../packages/platform/src/sources/registry.ts";
import { tempFolder } from "../../packages/platform/src/testing/temp-folder.ts";
import { randomFrom } from "../fuzz/random.ts";
import { killOnce } from "./kill.ts";
import { openTestLake, writeBill } from "./two-bills.ts";

/** `TRIMTAB_KILLS=100` is the full count. */
const KILLS = Number(process.env.TRIMTAB_KILLS ?? 10);
const SEED = Number(process.env.TRIMTAB_SEED ?? 1);

it(`a load killed at any of ${KILLS} moments leaves the old or the new version, whole`, async () => {
  const folder = tempFolder();
  const bills = [writeBill(folder, "old.csv", 3), writeBill(folder, "new.csv", 5, { isBroken: true })];
  const lake = await openTestLake(folder);
  await loadBills(lake, { patterns: [bills[0]?.path ?? ""], cwd: "/", sources });
  const random = randomFrom(SEED);
  const moments: string[] = [];
  const within = (): number => moments.filter((moment) => moment === "within").length;
  // Were every moment between two loads, nothing would have been tried: of few kills that may be chance.
  while (moments.length < KILLS || (within() <= KILLS / 4 && moments.length < 4 * KILLS))
    moments.push(await killOnce(lake, bills, random));
  expect(within()).toBeGreaterThan(KILLS / 4);
}, 1_200_000);
