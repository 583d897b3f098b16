import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeFocusBill } from "../../testing/focus-bill.ts";
import { runCli } from "../../testing/run-cli.ts";
import { tempFolder } from "../../testing/temp-folder.ts";

/** 61 days, from May to June 2026: Compute costs 10 and 0.02 a request, Support 5 whatever happens. */
async function surroundings() {
  const cwd = tempFolder();
  const days = Array.from({ length: 61 }, (_, index) =>
    new Date(Date.UTC(2026, 4, 1 + index)).toISOString().slice(0, 10),
  );
  const loadOf = (index: number) => (index % 7 < 5 ? 1000 : 500) + ((index * 37) % 11);
  writeFocusBill(
    join(cwd, "bill.csv"),
    days.flatMap((day, index) => [
      { day, service: "Compute", billed: (10 + 0.02 * loadOf(index)).toFixed(4) },
      { day, service: "Support", billed: "5" },
    ]),
  );
  const rows = days.map((day, index) => `${day},requests,${loadOf(index)}`);
  writeFileSync(join(cwd, "kpi.csv"), `time,metric,value\n${rows.join("\n")}\n`);
  const cli = (...words: readonly string[]) => runCli(words, { cwd, env: { TRIMTAB_LAKE: "lake" } });
  expect(await cli("ingest", "bill.csv")).toMatchObject({ code: 0 });
  expect(await cli("metrics", "load", "kpi.csv")).toMatchObject({ code: 0 });
  return cli;
}

describe("trimtab programme project", () => {
  it("tells a month at multiples of the load, from the bills and the metric", async () => {
    const cli = await surroundings();
    const { out, err } = await cli("programme", "project", "--times", "1,10", "--json");
    expect(err).toBe("");
    const answer = JSON.parse(out);
    expect(answer).toMatchObject({
      metric: "requests",
      currency: "USD",
      first: "2026-05-01",
      last: "2026-06-30",
    });
    const { driver } = answer.lines.find(({ line }: { line: string }) => line === "Compute");
    expect(driver.value.perUnit.mid).toBeCloseTo(0.02, 4);
    expect(driver.value.fixed).toBeCloseTo((10 * 730) / 24, 0);
    const support = answer.lines.find(({ line }: { line: string }) => line === "Support").driver.value;
    expect(support.projections[1].cost.value.mid).toBeCloseTo((5 * 730) / 24, 1);
    expect((await cli("programme", "project")).out).toContain("×10");
  });

  it("refuses a metric that is not there, and multiples that are none", async () => {
    const cli = await surroundings();
    expect((await cli("programme", "project", "--metric", "userz")).err).toContain(
      "no business metric userz (there are: requests)",
    );
    expect((await cli("programme", "project", "--times", "1,much")).code).toBe(2);
  });
});
