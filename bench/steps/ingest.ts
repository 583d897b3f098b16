import { rmSync } from "node:fs";
import { openLake } from "../../packages/platform/src/lake/lake.ts";
import { loadBills } from "../../packages/platform/src/sources/load-bills.ts";
import { sources } from "../../packages/platform/src/sources/registry.ts";
import { reportStep } from "../child.ts";

/** All of an ingest: recognition, checks, sums, rollup, commit. */
const [root = "", ...patterns] = process.argv.slice(2);
if (!process.env.BENCH_KEEP_LAKE) rmSync(root, { recursive: true, force: true });
const lake = await openLake({ root });
await reportStep(async () => {
  await loadBills(lake, { patterns, cwd: process.cwd(), sources });
});
lake.close();
