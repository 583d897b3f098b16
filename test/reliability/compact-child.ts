import { TrimtabError } from "@trimtab/domain";
import { openLake } from "../../packages/platform/src/lake/lake.ts";

/** `compact-child.ts ROOT TIMES`: writes all loads again in turn, and tells of each version once it is committed. */
const [root = "", times = "1"] = process.argv.slice(2);
const cacheFolder = process.env.TRIMTAB_CACHE;
const lake = await openLake({
  root,
  threads: 1,
  ...(cacheFolder === undefined ? {} : { storage: { cacheFolder } }),
});
try {
  console.log("ready");
  for (let time = 0; time < Number(times); time++) {
    const report = await lake.compact({ selection: { all: true } });
    console.log(`version ${report.version}`);
  }
} catch (error) {
  console.log(error instanceof TrimtabError ? `error ${error.code}` : `crash ${error}`);
  process.exitCode = 1;
} finally {
  lake.close();
}
