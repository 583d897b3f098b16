import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hourly, openTestMetrics } from "../../testing/resource-metrics.ts";
import { runCli } from "../../testing/run-cli.ts";
import { tempFolder } from "../../testing/temp-folder.ts";

let server: Server;
let url = "";
let asked: { readonly method: string; readonly authorization: string; readonly body: string }[] = [];
let latencyMs = 15;
let status = 200;
let cwd = "";

beforeEach(async () => {
  cwd = tempFolder();
  asked = [];
  latencyMs = 15;
  status = 200;
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const authorization = request.headers.authorization ?? "";
      asked.push({ method: request.method ?? "", authorization, body: Buffer.concat(chunks).toString() });
      setTimeout(() => {
        response.writeHead(status);
        response.end("ok");
      }, latencyMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/cart?key=secret-in-query`;
  const rows = Array.from({ length: 6 }, (_, second) => `2026-11-22T10:00:0${second}Z,${8 + second}`);
  await writeFile(join(cwd, "traffic.csv"), ["time,requests", ...rows].join("\n"));
  await writeFile(join(cwd, "headers.json"), '{"authorization":"Bearer secret-in-header"}');
  await writeFile(join(cwd, "body.json"), '{"item":"secret-in-body"}');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const load = (...more: readonly string[]) =>
  runCli(["loadtest", url, "--traffic", "traffic.csv", "--scale", "1", ...more], { cwd });
const SEND = ["--yes", "--allow", "127.0.0.1"];

test("the traffic of a resource is read from the lake's metrics, gaps left out", async () => {
  const lake = join(cwd, "lake");
  await mkdir(lake);
  const metrics = await openTestMetrics(lake);
  const of = { metric: "requests", statistic: "sum" } as const;
  const points = (resource: string, values: readonly (number | null)[]) =>
    hourly("2026-06-30T00:00:00Z", values, { ...of, resource });
  await metrics.store.write((sink) =>
    sink.add([...points("p/us/services/cart", [3600, null, 18_000]), ...points("p/eu/services/shop", [1])]),
  );
  await metrics.store.write((sink) => sink.add(points("p/us/services/shop", [1])));
  metrics.lake.close();
  const ask = (resource: string, ...more: readonly string[]) =>
    runCli(["loadtest", url, "--resource", resource, "--compress", "360", "--lake", lake, ...more], { cwd });
  const { code, out, err } = await ask("cart", "--scale", "1", "--json");
  expect(code, err).toBe(0);
  expect(JSON.parse(out).schedules[0].schedule).toEqual([
    { seconds: 10, requestsPerSecond: 1 },
    { seconds: 10, requestsPerSecond: 5 },
  ]);
  expect((await ask("shop")).err).toMatch(/2 resources are called so: .*p\/eu\/services\/shop/);
  expect((await ask("basket")).err).toContain("nothing of that name has requests");
  expect((await ask("cart", "--since", "2026-06-29", "--until", "2026-06-29")).err).toContain(
    "LOADTEST_RESOURCE_UNKNOWN",
  );
  expect((await ask("cart", "--traffic", "traffic.csv")).err).toContain(
    "one of --traffic FILE and --resource",
  );
});

test("without --yes nothing is sent; the schedule is shown", async () => {
  const { code, out } = await load("--scale", "2", "--json");
  expect(code).toBe(0);
  const { sent, schedules } = JSON.parse(out);
  expect(sent).toBe(false);
  expect(schedules[1].schedule[5]).toEqual({ seconds: 1, requestsPerSecond: 26 });
  expect(asked).toEqual([]);
});

test.each([
  ["a host that was not named", ["--yes"], "LOADTEST_TARGET_NOT_ALLOWED"],
  ["another host than the named one", ["--yes", "--allow", "example.com"], "LOADTEST_TARGET_NOT_ALLOWED"],
  ["too high a rate", [...SEND, "--max-rate", "12"], "LOADTEST_TOO_MUCH"],
  ["too long a run", [...SEND, "--max-seconds", "5"], "LOADTEST_TOO_MUCH"],
  ["headers that are none", [...SEND, "--headers", "body.json.missing"], "CLI_FILE_UNREADABLE"],
])("refuses %s, and sends nothing", async (_, more, code) => {
  const { code: exit, err } = await load(...more, "--json");
  expect([exit, JSON.parse(err).error.code]).toEqual([2, code]);
  expect(asked).toEqual([]);
});

test("refuses an address with a password, and does not repeat it", async () => {
  const { err } = await runCli(["loadtest", "http://me:pass-word@127.0.0.1/", "--traffic", "traffic.csv"], {
    cwd,
  });
  expect(err).toContain("no address to load");
  expect(err).not.toContain("pass-word");
});

test("before and after: a far longer latency is worse", { timeout: 120_000 }, async () => {
  const before = await load(
    ...SEND,
    "--method",
    "post",
    "--headers",
    "headers.json",
    "--body",
    "body.json",
    "--save",
    "before.json",
  );
  expect(before.code).toBe(0);
  // 8 + 9 + … + 13, each with its headers and body.
  expect(asked).toHaveLength(63);
  expect(new Set(asked.map((one) => JSON.stringify(one)))).toEqual(
    new Set([
      JSON.stringify({
        method: "POST",
        authorization: "Bearer secret-in-header",
        body: '{"item":"secret-in-body"}',
      }),
    ]),
  );
  const saved = await readFile(join(cwd, "before.json"), "utf8");
  for (const said of [saved, before.out, before.err]) expect(said).not.toMatch(/secret-in/);
  const { runs } = JSON.parse(saved);
  for (const one of runs[0].intervals) {
    expect(one.sent).toBe(one.requestsPerSecond);
    // Requests that waited for their turn fill the distribution up from below.
    expect(one.p50).toBeGreaterThan(0);
  }

  // Far above what a busy machine adds.
  latencyMs = 600;
  const after = await load(...SEND, "--compare", "before.json", "--markdown");
  expect(after.code).toBe(1);
  expect(after.out).toMatch(/## At 1×: worse/);
  expect(after.out).toMatch(/\| p50 \| .* \| worse \|/);
});

test("server errors are failures", { timeout: 60_000 }, async () => {
  status = 503;
  const { out } = await load(...SEND, "--json");
  const { runs } = JSON.parse(out);
  const sum = (of: "failed" | "answered") =>
    runs[0].intervals.reduce((total: number, one: Record<string, number>) => total + (one[of] ?? 0), 0);
  expect([sum("failed"), sum("answered")]).toEqual([63, 0]);
});

test("what had another schedule is not compared, and nothing is sent", async () => {
  const interval = {
    seconds: 1,
    requestsPerSecond: 1,
    sent: 1,
    answered: 1,
    failed: 0,
    p50: 1,
    p90: 1,
    p97_5: 1,
    p99: 1,
    max: 1,
  };
  const other = {
    version: 1,
    target: "t",
    method: "GET",
    at: "2026",
    runs: [{ scale: 1, intervals: [interval] }],
  };
  await writeFile(join(cwd, "other.json"), JSON.stringify(other));
  const { err } = await load(...SEND, "--compare", "other.json");
  expect(err).toContain("it had 1 intervals, and this has 6");
  expect(asked).toEqual([]);
});
