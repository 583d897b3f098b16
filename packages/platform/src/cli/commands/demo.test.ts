import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { instant } from "@trimtab/domain";
import { describe, expect, it, onTestFinished } from "vitest";
import { ESTATE_IDS } from "../../demo/estate.ts";
import { openLake } from "../../lake/lake.ts";
import { openMetricStore } from "../../lake/metrics.ts";
import { parseRules } from "../../query/allocation/rules.ts";
import { openDuckdbEngine } from "../../query/engines/duckdb.ts";
import { openMetrics } from "../../query/metrics/open-metrics.ts";
import { BASE_MODEL } from "../../query/model/model.ts";
import { parseQueryText } from "../../query/parse-query.ts";
import { runQuery } from "../../query/run-query.ts";
import { runCli } from "../../testing/run-cli.ts";
import { sharedDemo } from "../../testing/shared-demo.ts";
import { tempFolder } from "../../testing/temp-folder.ts";

const SLOW_MS = 120_000;

describe("demo", () => {
  const totals = { aiprod: "59480.69", ion: "7380.00", securebase: "106.61", samplemind: "12300.00" };

  it.each(ESTATE_IDS)(
    "loads the bills of %s: what is billed is what was published",
    { timeout: SLOW_MS },
    async (id) => {
      const { outcome, kept, mine } = await sharedDemo(id);
      expect(outcome.err).toBe("");
      expect(JSON.parse(outcome.out)).toMatchObject([{ estate: id, published: totals[id], isExact: true }]);
      expect(outcome.code).toBe(0);
      expect(readdirSync(join(kept, id))).toContain("anomalies.json");
      expect(existsSync(mine)).toBe(false);
    },
  );

  it("gives samplemind's bill the areas of its papers by rules, and a cost per user", {
    timeout: SLOW_MS,
  }, async () => {
    const { lake: root, bills } = await sharedDemo("samplemind");
    const { virtual, metrics: definitions } = parseRules(
      readFileSync(join(bills, "rules.yaml"), "utf8"),
      "rules.yaml",
    );
    const lake = await openLake({ root });
    onTestFinished(() => lake.close());
    const metrics = await openMetrics(
      openMetricStore(lake.storage, lake.database, () => new Date(0)),
      definitions,
    );
    const model = { ...BASE_MODEL, virtual, metrics };
    const ask = (question: string) =>
      runQuery(openDuckdbEngine(lake), parseQueryText(question, model), {
        scope: "unrestricted",
        currency: "each",
        timeZone: "UTC",
        now: instant("2026-07-01T00:00:00Z"),
        signal: new AbortController().signal,
        model,
      });
    const result = await ask("billed by area per month");
    const expected = {
      "ML inference": "1750",
      Database: "1200",
      Compute: "2000",
      Storage: "500",
      Network: "300",
      Cache: "400",
    };
    for (const month of ["2025-08", "2025-09"]) {
      const own = result.rows.filter(([time]) => time === month).map(([, area, billed]) => [area, billed]);
      expect(Object.fromEntries(own)).toEqual(expected);
    }
    const users = readFileSync(join(bills, "metrics/business.csv"), "utf8")
      .split("\n")
      .filter((line) => line.includes(",users,"));
    const { rows } = await ask("cost-per:users per month");
    for (const [month = "", cost] of rows) {
      const values = users
        .filter((line) => line.startsWith(month ?? ""))
        .map((line) => Number(line.split(",")[2]));
      expect(Number(cost)).toBeCloseTo((6150 * values.length) / values.reduce((a, b) => a + b), 9);
      expect(Number(cost)).toBeCloseTo(6.15, 0);
    }
  });

  it("suggests commands that work as they stand, and starts anew each time", {
    timeout: SLOW_MS,
  }, async () => {
    const folder = tempFolder();
    const env = { XDG_DATA_HOME: join(folder, "data"), TRIMTAB_LAKE: join(folder, "mine") };
    // As its user has them after a first time.
    cpSync((await sharedDemo("samplemind")).home, env.XDG_DATA_HOME, { recursive: true });
    const { out, code } = await runCli(["demo", "--estate", "samplemind"], {
      cwd: folder,
      env,
      columns: 400,
    });
    expect(code).toBe(0);
    expect(out).toContain("✓ 12,300.00 USD published, 12,300.00 USD billed in the lake before tax: exact");
    expect(out).toMatch(/whole: 5,693 charges, in place of 1 load/);
    const commands = out.split("\n").filter((line) => line.startsWith("  trimtab "));
    expect(commands.length).toBeGreaterThanOrEqual(4);
    for (const command of commands) {
      const words = [...command.trim().matchAll(/"([^"]*)"|(\S+)/g)].map(
        ([, quoted, bare]) => quoted ?? bare ?? "",
      );
      const outcome = await runCli(words.slice(1), { cwd: folder, env });
      expect({ command, err: outcome.err, bad: outcome.code > 1 }).toEqual({ command, err: "", bad: false });
    }
  });
});
