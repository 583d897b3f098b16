import { TrimtabError } from "@trimtab/domain";
import { openResourceMetrics } from "../../packages/platform/src/evidence/metrics/open-resource-metrics.ts";
import { openLake } from "../../packages/platform/src/lake/lake.ts";
import { hourly } from "../../packages/platform/src/testing/resource-metrics.ts";

/** `metrics-child.ts ROOT TIMES VALUE…`: sets all points of a day to each value in turn, and tells of each version. */
const [root = "", times = "1", ...values] = process.argv.slice(2);
const lake = await openLake({ root, threads: 1 });
const store = openResourceMetrics(lake, () => new Date());
try {
  console.log("ready");
  for (let time = 0; time < Number(times); time++)
    for (const value of values) {
      const day = Array.from({ length: 24 }, () => Number(value));
      const { version } = await store.write((sink) => sink.add(hourly("2026-06-01T00:00:00Z", day)));
      console.log(`version ${version}`);
    }
} catch (error) {
  console.log(error instanceof TrimtabError ? `error ${error.code}` : `crash ${error}`);
  process.exitCode = 1;
} finally {
  lake.close();
}
