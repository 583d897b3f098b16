import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openDatabase } from "../../../lake/database.ts";
import { runCli } from "../../../testing/run-cli.ts";
import { tempFolder } from "../../../testing/temp-folder.ts";

const HEADER = "resource,metric,statistic,time,value,unit,interval,label:role";

const setUp = () => {
  const cwd = tempFolder();
  const cli = (...words: readonly string[]) => runCli(words, { cwd, env: { TRIMTAB_LAKE: "lake" } });
  const ingest = (name: string, content?: string) => {
    if (content !== undefined) writeFileSync(join(cwd, name), content);
    return cli("metrics", "ingest", name, "--json");
  };
  return { cwd, cli, ingest };
};

describe("CSV", () => {
  it("is taken in with its units converted; an empty value is a missing point", async () => {
    const { cli, ingest } = setUp();
    const { code, out } = await ingest(
      "m.csv",
      [
        HEADER,
        "vm-1,cpu.utilization,mean,2026-06-01T00:00:00Z,40,%,,",
        "vm-1,cpu.utilization,mean,2026-06-01 01:00:00,,%,,",
        "vm-1,requests,sum,2026-06-01T00:00:00Z,2,1/s,60,",
        "vm-1,disk.used,last,2026-06-01,1.5,GiB,86400,writer",
        'vm-1,request.latency,histogram,2026-06-01T00:00:00Z,"{""bounds"":[0.1,1],""counts"":[5,2,1]}",s,,',
      ].join("\n"),
    );
    expect([code, JSON.parse(out)]).toMatchObject([0, { given: 4, added: 4 }]);
    const all = JSON.parse((await cli("metrics", "resources", "vm-1", "--json")).out);
    expect(
      all.map(({ metric, intervalSeconds, points }: Record<string, unknown>) => [
        metric,
        intervalSeconds,
        points,
      ]),
    ).toEqual([
      ["cpu.utilization", 3600, 1],
      ["disk.used", 86_400, 1],
      ["request.latency", 3600, 1],
      ["requests", 60, 1],
    ]);
  });

  it.each([
    ["vm-1,cpu,mean,2026-06-01T00:00:00Z,1,1,,", "line 2, column metric: there is no metric"],
    [",cpu.utilization,mean,2026-06-01T00:00:00Z,1,1,,", "line 2, column resource"],
    [
      "vm-1,cpu.utilization,sum,2026-06-01T00:00:00Z,1,1,,",
      "line 2, column statistic: cpu.utilization is not counted",
    ],
    ["vm-1,cpu.utilization,mean,yesterday,1,1,,", "line 2, column time"],
    ["vm-1,cpu.utilization,mean,2026-06-01T00:30:00Z,1,1,,", "line 2, column time: "],
    ["vm-1,cpu.utilization,mean,2026-06-01T00:00:00Z,NaN,1,,", "line 2, column value"],
    ["vm-1,cpu.utilization,mean,2026-06-01T00:00:00Z,1,By,,", "line 2, column unit"],
    ["vm-1,connections,max,2026-06-01T00:00:00Z,1,1/s,,", "line 2, column unit"],
    ["vm-1,cpu.utilization,mean,2026-06-01T00:00:00Z,1,1,7000,", "line 2, column interval"],
    ["vm-1,request.latency,histogram,2026-06-01T00:00:00Z,7,ms,,", "line 2, column value"],
    ["vm-1,cpu.utilization", "line 2"],
  ])("with %s is refused, and nothing of it is taken in", async (line, problem) => {
    const { cli, ingest } = setUp();
    const good = "vm-1,cpu.utilization,mean,2026-06-01T02:00:00Z,1,1,,";
    const { code, err } = await ingest("m.csv", [HEADER, line, good].join("\n"));
    expect([code, JSON.parse(err).error.message]).toEqual([2, expect.stringContaining(problem)]);
    expect(JSON.parse((await cli("metrics", "resources", "--json")).out)).toEqual([]);
  });

  it("of business metrics is told from it", async () => {
    const { ingest } = setUp();
    const { err } = await ingest("m.csv", "time,metric,value\n2026-06-01,requests,7\n");
    expect(JSON.parse(err).error).toMatchObject({
      message: expect.stringContaining("line 1, column resource"),
      hint: expect.stringContaining("trimtab metrics load"),
    });
  });
});

describe("Parquet", () => {
  const write = async (file: string, rows: string) => {
    const database = await openDatabase({ threads: 1 });
    onTestFinished(() => database.close());
    await database.run({ text: `COPY (${rows}) TO '${file}' (FORMAT parquet)` });
  };
  const ROW =
    "SELECT 'vm-1' AS resource, 'cpu.utilization' AS metric, 'mean' AS statistic, TIMESTAMP '2026-06-01' + to_hours(h) AS time, " +
    "40.0 + h AS value, '%' AS unit FROM range(3) AS r(h)";

  it("is taken in by the engine", async () => {
    const { cwd, cli, ingest } = setUp();
    await write(join(cwd, "m.parquet"), ROW.replace("to_hours(h)", "to_hours(CAST(h AS INTEGER))"));
    expect(JSON.parse((await ingest("m.parquet")).out)).toMatchObject({ given: 3 });
    expect(JSON.parse((await cli("metrics", "resources", "--json")).out)).toMatchObject([
      { metric: "cpu.utilization", points: 3, end: "2026-06-01T03:00:00Z" },
    ]);
  });

  it.each([
    ["'%' AS unit", "'By' AS unit", "line 1, column unit"],
    ["40.0 + h AS value", "CASE WHEN h = 1 THEN 'inf'::DOUBLE ELSE 1 END AS value", "line 2, column value"],
    ["to_hours(h)", "to_minutes(7 * h)", "line 2, column time"],
    ["'vm-1' AS resource", "NULL AS resource", "line 1, column resource"],
    [", '%' AS unit", "", "line 1, column unit: there is no such column"],
  ])("where %s is %s is refused", async (good, bad, problem) => {
    const { cwd, ingest } = setUp();
    await write(join(cwd, "m.parquet"), ROW.replace(good, bad));
    const { code, err } = await ingest("m.parquet");
    expect([code, JSON.parse(err).error.message]).toEqual([2, expect.stringContaining(problem)]);
  });
});
