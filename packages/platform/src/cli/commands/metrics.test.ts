import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { writeFocusBill } from "../../testing/focus-bill.ts";
import { runCli } from "../../testing/run-cli.ts";
import { tempFolder } from "../../testing/temp-folder.ts";

const rules = (url: string) => `version: 1
metrics:
  requests: { unit: request, aggregation: sum }
  users: { unit: user, aggregation: sum, prometheus: { url: "${url}", query: "sum(increase(users[1d]))" } }
dimensions:
  product:
    otherwise: platform
    rules:
      - { where: "ServiceName = 'Compute'", value: api }
`;

/** A June bill of 30 with a rules file beside it, not loaded yet. */
function files(prometheus = "http://127.0.0.1:9") {
  const cwd = tempFolder();
  writeFocusBill(join(cwd, "june.csv"), [
    { day: "2026-06-01", billed: "20", service: "Compute" },
    { day: "2026-06-02", billed: "10", service: "Storage" },
  ]);
  writeFileSync(join(cwd, "rules.yaml"), rules(prometheus));
  const cli = (...words: readonly string[]) =>
    runCli(words, { cwd, env: { TRIMTAB_LAKE: "lake", TRIMTAB_RULES: "rules.yaml" } });
  return { cwd, cli };
}

async function surroundings(prometheus?: string) {
  const { cwd, cli } = files(prometheus);
  expect(await cli("ingest", "june.csv")).toMatchObject({ code: 0, err: "" });
  return { cwd, cli };
}

describe("metrics and rules", () => {
  it("divide costs by what was loaded from CSV", async () => {
    const { cwd, cli } = await surroundings();
    writeFileSync(
      join(cwd, "kpi.csv"),
      "time,metric,value\n2026-06-01,requests,1000\n2026-06-02,requests,500\n",
    );
    expect(await cli("metrics", "load", "kpi.csv")).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse((await cli("metrics", "--json")).out)).toMatchObject([{ id: "requests", values: 2 }]);
    const { out } = await cli("query", "effective, cost-per:requests per month", "--json");
    expect(JSON.parse(out).rows).toEqual([["2026-06", "30", "0.02"]]);
  });

  it("are asked of Prometheus as the rules file says", async () => {
    const asked: URL[] = [];
    const server = createServer((request, response) => {
      asked.push(new URL(request.url ?? "", "http://localhost"));
      const values = [
        [Date.parse("2026-06-02T00:00:00Z") / 1000, "30"],
        [Date.parse("2026-06-03T00:00:00Z") / 1000, "NaN"],
      ];
      const data = { resultType: "matrix", result: [{ metric: {}, values }] };
      response.setHeader("content-type", "application/json").end(JSON.stringify({ status: "success", data }));
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    const { cli } = await surroundings(`http://127.0.0.1:${port}`);
    const { out, err } = await cli("metrics", "pull", "--from", "2026-06-01", "--to", "2026-06-02", "--json");
    expect(err).toBe("");
    expect(JSON.parse(out)).toEqual([{ id: "users", values: 1, skipped: 1 }]);
    expect(asked.map(({ pathname }) => pathname)).toEqual(["/api/v1/query_range"]);
    const query = await cli("query", "cost-per:users from 2026-06-01 to 2026-06-01", "--json");
    expect(JSON.parse(query.out).total[0]).toMatch(/^0\.66666666666[67]/);
  });

  it("give dimensions of one's own", async () => {
    const { cli } = await surroundings();
    const { out } = await cli("query", "effective by product", "--json");
    expect(JSON.parse(out).rows).toEqual([
      ["api", "20"],
      ["platform", "10"],
    ]);
  });

  it.each([
    [["metrics", "pull", "--from", "2026-06", "--to", "2026-06", "sessions"], "CLI_ARGUMENT_CHOICE_INVALID"],
    [["metrics", "pull"], "CLI_ARGUMENT_MISSING"],
    [["metrics", "load", "june.csv"], "METRIC_INVALID"],
    [["ingest"], "CLI_ARGUMENT_MISSING"],
    [["ingest", "--bigquery", "a.b.c"], "CLI_ARGUMENT_MISSING"],
    [
      ["ingest", "--bigquery", "a b", "--from", "2026-06", "--to", "2026-06", "--dry-run"],
      "BIGQUERY_TABLE_INVALID",
    ],
    [["ingest", "june.csv", "--bigquery", "a.b.c"], "CLI_OPTIONS_CONFLICT"],
  ])("%j is refused with %s", async (words, code) => {
    const { cli } = files();
    const outcome = await cli(...words);
    expect(outcome).toMatchObject({ code: 2, out: "" });
    expect(outcome.err).toContain(code);
  });
});
