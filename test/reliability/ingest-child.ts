import { TrimtabError } from "@trimtab/domain";
import { openLake } from "../../packages/platform/src/lake/lake.ts";
import { loadBills } from "../../packages/platform/src/sources/load-bills.ts";
import { sources } from "../../packages/platform/src/sources/registry.ts";

/** `ingest-child.ts ROOT TIMES FILE…`: loads the files in turn, and tells of each version once it is committed. */
const [root = "", times = "1", ...files] = process.argv.slice(2);
const cacheFolder = process.env.TRIMTAB_CACHE;
const lake = await openLake({
  root,
  threads: 1,
  ...(cacheFolder === undefined ? {} : { storage: { cacheFolder } }),
});
try {
  for (let time = 0; time < Number(times); time++) {
    const file = files[time % files.length] ?? "";
    if (time === 0) console.log("ready");
    const report = await loadBills(lake, { patterns: [file], cwd: "/", sources });
    console.log(`version ${report.version}`);
  }
} catch (error) {
  console.log(error instanceof TrimtabError ? `error ${error.code}` : `crash ${error}`);
  process.exitCode = 1;
} finally {
  lake.close();
}
