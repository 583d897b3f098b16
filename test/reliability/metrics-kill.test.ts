import { setTimeout as sleep } from "node:timers/promises";
import { instant } from "@trimtab/domain";
import { describe, expect, it, onTestFinished } from "vitest";
import { hourly, openTestMetrics } from "../../packages/platform/src/testing/resource-metrics.ts";
import { tempFolder } from "../../packages/platform/src/testing/temp-folder.ts";
import { startMetrics } from "./child.ts";

const KILLS = 6;
const WINDOW = { start: instant("2026-06-01T00:00:00Z"), end: instant("2026-06-02T00:00:00Z") };

const open = async () => {
  const root = tempFolder();
  const { lake, store } = await openTestMetrics(root);
  onTestFinished(() => lake.close());
  const values = async (): Promise<readonly (number | null)[]> => {
    const read = await store.series(
      { id: "vm-1", aliases: [] },
      { metric: "cpu.utilization", statistic: "mean" },
      WINDOW,
    );
    return read.status === "known" ? read.value.values : [];
  };
  const write = (value: number) =>
    store.write((sink) =>
      sink.add(
        hourly(
          WINDOW.start,
          Array.from({ length: 24 }, () => value),
        ),
      ),
    );
  return { lake, values, write };
};

describe("resource metrics", () => {
  it("are all old or all new after a kill, and can be written again", async () => {
    const { lake, values, write } = await open();
    await write(1);
    for (let kill = 0; kill < KILLS; kill += 1) {
      const child = startMetrics(lake, 1000, [2, 3]);
      await child.ready;
      await sleep(40 + kill * 90);
      child.process.kill("SIGKILL");
      await child.ended;
      expect(child.lines.filter((line) => !/^(ready|version \d+)$/.test(line))).toEqual([]);
      const found = await values();
      expect(found).toHaveLength(24);
      expect(new Set(found).size).toBe(1);
      expect([1, 2, 3]).toContain(found[0]);
      await write(1);
      expect(new Set(await values())).toEqual(new Set([1]));
    }
  }, 120_000);

  it("of processes that write at once end as one of them wrote them", async () => {
    const { lake, values } = await open();
    const children = [2, 3].map((value) => startMetrics(lake, 4, [value, value + 2]));
    for (const child of children) {
      expect(await child.ended).toBe(0);
      expect(child.lines.filter((line) => line.startsWith("version"))).toHaveLength(8);
    }
    const found = await values();
    expect([found.length, new Set(found).size]).toEqual([24, 1]);
    expect([4, 5]).toContain(found[0]);
  }, 120_000);
});
