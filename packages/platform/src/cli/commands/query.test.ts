import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestCharge, writeFocusBill } from "../../testing/focus-bill.ts";
import { runCli } from "../../testing/run-cli.ts";

const services = { Compute: "120.5", Storage: "33.333333333333", "東京 backup": "0.004", Support: "9" };

/** Half a year of four services that grow at different speeds. */
const bill = Object.entries(services).flatMap(([service, amount], index) =>
  ["01", "02", "03", "04", "05", "06"].map(
    (month, at): TestCharge => ({
      day: `2026-${month}-10`,
      service,
      billed: `${Number(amount) * (1 + at * index)}`,
      tags: { team: index % 2 === 0 ? "search" : "ads" },
    }),
  ),
);

const folder = mkdtempSync(join(tmpdir(), "trimtab-query-command-"));
const ask = (...words: readonly string[]) => runCli(["query", ...words, "--lake", "lake"], { cwd: folder });

beforeAll(async () => {
  writeFocusBill(join(folder, "bill.csv"), bill);
  expect(await runCli(["ingest", "bill.csv", "--lake", "lake"], { cwd: folder })).toMatchObject({ code: 0 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("query", () => {
  it.each([
    ["by-service", "effective by ServiceName top 2"],
    ["by-service-per-month", "effective by ServiceName per month"],
    ["compared", "effective by tag:team from 2026-06 to 2026-06 compare previous"],
    ["several-measures", "effective, savings, rows per month"],
  ])("%s reads well", async (name, question) => {
    const { code, out, err } = await ask(question);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    await expect(out).toMatchFileSnapshot(`goldens/query-${name}.txt`);
  });

  it("gives every digit as JSON", async () => {
    const { out } = await ask(
      "effective by ServiceName where ServiceName = 'Storage' from 2026-01 to 2026-01",
      "--json",
    );
    expect(JSON.parse(out)).toMatchObject({
      columns: [{ name: "ServiceName" }, { name: "effective", currency: "USD" }],
      rows: [["Storage", "33.333333333333"]],
      total: [null, "33.333333333333"],
      currency: ["USD"],
      lakeVersion: 1,
    });
  });

  it("gives a row a row as CSV, whatever shape the page has", async () => {
    const { out } = await ask("effective by ServiceName per month", "--csv");
    const lines = out.trimEnd().split("\n");
    expect(lines[0]).toBe("month,ServiceName,effective");
    expect(lines).toHaveLength(1 + bill.length);
  });

  it("takes a question from a JSON file", async () => {
    writeFileSync(join(folder, "q.json"), JSON.stringify({ measures: ["billed"], by: ["tag:team"] }));
    const { out } = await ask("--request", "q.json", "--json");
    expect(JSON.parse(out).columns[1]).toMatchObject({ measure: "billed" });
    writeFileSync(join(folder, "bad.json"), JSON.stringify({ measure: "billed" }));
    const bad = await ask("--request", "bad.json");
    expect(bad).toMatchObject({ code: 2, out: "" });
    expect(bad.err).toContain("CLI_FILE_INVALID");
  });

  it.each([
    [["efective by ServiceName"], "QUERY_TEXT_INVALID"],
    [[], "CLI_ARGUMENT_MISSING"],
    [["effective", "--lake-version", "x"], "CLI_NUMBER_INVALID"],
    [["effective", "--lake-version", "9"], "LAKE_VERSION_UNKNOWN"],
    [["effective", "--rates", "none.csv"], "CLI_FILE_UNREADABLE"],
    [["effective", "--request", "q.json"], "CLI_OPTIONS_CONFLICT"],
  ])("%j is refused with %s", async (words, code) => {
    const outcome = await ask(...words);
    expect(outcome).toMatchObject({ code: 2, out: "" });
    expect(outcome.err).toContain(code);
  });
});
