import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { IntervalResult, LoadTarget } from "../../insight/loadtest/run-load.ts";
import type { SavedLoad } from "../../insight/loadtest/saved-load.ts";
import type { ScheduledInterval, Traffic } from "../../insight/loadtest/schedule.ts";
import { type CommandContext, type CommandInput, type CommandResult, defineCommand } from "../command.ts";
import { cliErrors } from "../errors.ts";
import { wholeNumber } from "../option-values.ts";
import { readOptionFile } from "../query-context.ts";

export const loadtestCommand = defineCommand({
  name: "loadtest",
  summary: "replay recorded traffic against a target, before and after a change, and compare",
  group: "change",
  details: [
    "Without --yes nothing is sent: the schedule is shown. With it, only a host named by --allow is loaded, within --max-rate and --max-seconds.",
    "Traffic is requests per interval: a CSV with `time` and `requests`, JSON with `intervalSeconds` and `values`, or with --resource what the lake's metrics have of it. It is sent once at 1× and once at 2×, unless --scale says otherwise; --compress shortens the intervals and keeps the requests a second.",
    "--save keeps the result, --compare compares with one that was kept: every figure with a 95 % interval from resampled pairs of intervals. no worse: the interval lies within the margin; worse: all of it lies beyond. Only worse makes the exit code 1.",
    "Headers and body are read from files, and neither printed nor saved.",
  ],
  args: [{ name: "url", description: "address that is asked", required: true }],
  options: [
    { name: "traffic", value: "FILE", description: "requests per interval, CSV or JSON" },
    {
      name: "resource",
      value: "NAME",
      description: "requests that this resource had, of the lake's metrics, in place of a file",
    },
    {
      name: "metric",
      value: "METRIC",
      choices: ["requests", "capacity.read", "capacity.write"],
      description: "what of the resource is sent",
      default: "requests",
    },
    {
      name: "since",
      value: "WHEN",
      description: "of the resource: from a day on, or days before",
      default: "1d",
    },
    { name: "until", value: "DAY", description: "of the resource: to the end of this day (default: now)" },
    { name: "yes", description: "send it; without, the schedule is only shown" },
    { name: "allow", value: "HOST", description: "host that may be loaded", repeatable: true },
    { name: "scale", value: "N", description: "times the traffic (default: 1 and 2)", repeatable: true },
    { name: "compress", value: "N", description: "shorten the intervals N times", default: "1" },
    { name: "method", value: "METHOD", description: "HTTP method", default: "GET" },
    { name: "headers", value: "FILE", description: "JSON with headers, secrets included" },
    { name: "body", value: "FILE", description: "body of each request" },
    { name: "timeout", value: "SECONDS", description: "for one request", default: "10" },
    { name: "connections", value: "N", description: "connections at most", default: "50" },
    { name: "max-rate", value: "N", description: "requests a second at most", default: "100" },
    { name: "max-seconds", value: "N", description: "seconds at most, of each scale", default: "600" },
    { name: "margin", value: "PERCENT", description: "how much slower counts as no worse", default: "10" },
    {
      name: "failure-margin",
      value: "PER_MILLE",
      description: "more failures in a thousand that count as no worse",
      default: "1",
    },
    { name: "save", value: "FILE", description: "keep the result" },
    { name: "compare", value: "FILE", description: "compare with a result that was kept" },
    { name: "markdown", description: "print a Markdown table" },
  ],
  examples: [
    {
      run: "trimtab loadtest https://staging.shop.example/cart --traffic cart.csv",
      does: "what would be sent",
    },
    {
      run: "trimtab loadtest https://staging.shop.example/cart --resource cart --since 1d --compress 200",
      does: "what the service `cart` had since yesterday, in a few minutes",
    },
    {
      run: "trimtab loadtest https://staging.shop.example/cart --traffic cart.csv --yes --allow staging.shop.example --save before.json",
      does: "before the change",
    },
    {
      run: "trimtab loadtest https://staging.shop.example/cart --traffic cart.csv --yes --allow staging.shop.example --compare before.json",
      does: "after it",
    },
  ],
  async run(context, input) {
    const { options } = input;
    const url = targetOf(await loadErrors(), String(input.args.url));
    const schedules = await readSchedules(context, input);
    const views = await import("../views/loadtest.ts");
    if (options.yes !== true) return views.dryRunDocument(url.origin + url.pathname, schedules);
    const allowed = Array.isArray(options.allow) ? options.allow : [];
    if (!allowed.includes(url.hostname))
      throw (await loadErrors()).create("LOADTEST_TARGET_NOT_ALLOWED", { host: url.hostname });
    // Read before anything is sent, so that what can't be compared is not sent in vain.
    const before = await readBefore(context, input, schedules);
    const load = await sendAll(context, await readTarget(context, input, url), schedules);
    if (typeof options.save === "string")
      await writeFile(resolve(context.cwd, options.save), `${JSON.stringify(load, undefined, 1)}\n`);
    return await resultOf(load, before, input);
  },
});

interface ScaledSchedule {
  readonly scale: number;
  readonly schedule: readonly ScheduledInterval[];
}

type Errors = typeof import("../../insight/loadtest/loadtest-errors.ts").loadtestErrors;

const loadErrors = async (): Promise<Errors> =>
  (await import("../../insight/loadtest/loadtest-errors.ts")).loadtestErrors;

/** @throws LOADTEST_TARGET_INVALID */
function targetOf(errors: Errors, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "")
    throw errors.create("LOADTEST_TARGET_INVALID", { target: url === undefined ? text : url.host });
  return url;
}

/** @throws CLI_ARGUMENT_MISSING, LOADTEST_TRAFFIC_INVALID, LOADTEST_RESOURCE_UNKNOWN */
async function trafficOf(context: CommandContext, { options }: CommandInput): Promise<Traffic> {
  const { traffic, resource } = options;
  if (typeof resource === "string" && typeof traffic !== "string") {
    const { resourceTraffic } = await import("../resource-traffic.ts");
    return await resourceTraffic(context, resource, options);
  }
  if (typeof traffic !== "string" || typeof resource === "string")
    throw cliErrors.create("CLI_ARGUMENT_MISSING", {
      command: "loadtest",
      argument: "one of --traffic FILE and --resource NAME",
      usage: "trimtab loadtest URL --traffic FILE",
    });
  const { readTraffic } = await import("../../insight/loadtest/schedule.ts");
  const file = resolve(context.cwd, traffic);
  return readTraffic(await readOptionFile("--traffic", file), file);
}

/** @throws CLI_ARGUMENT_MISSING, CLI_NUMBER_INVALID, LOADTEST_TRAFFIC_INVALID, LOADTEST_RESOURCE_UNKNOWN, LOADTEST_TOO_MUCH */
async function readSchedules(
  context: CommandContext,
  input: CommandInput,
): Promise<readonly ScaledSchedule[]> {
  const { options } = input;
  const { scheduleOf } = await import("../../insight/loadtest/schedule.ts");
  const traffic = await trafficOf(context, input);
  const asked = Array.isArray(options.scale) && options.scale.length > 0 ? options.scale : ["1", "2"];
  return asked.map((text) => {
    const scale = atLeastOne("--scale", text);
    const schedule = scheduleOf(traffic, {
      scale,
      compress: atLeastOne("--compress", options.compress),
      maxRate: atLeastOne("--max-rate", options["max-rate"]),
      maxSeconds: atLeastOne("--max-seconds", options["max-seconds"]),
    });
    return { scale, schedule };
  });
}

function atLeastOne(option: string, value: unknown): number {
  const number = wholeNumber(option, value, 1);
  if (number < 1) throw cliErrors.create("CLI_NUMBER_INVALID", { option, value: String(value) });
  return number;
}

/** @throws CLI_FILE_UNREADABLE, LOADTEST_FILE_INVALID */
async function readTarget({ cwd }: CommandContext, { options }: CommandInput, url: URL): Promise<LoadTarget> {
  const { readHeaders } = await import("../../insight/loadtest/saved-load.ts");
  const read = async (option: "headers" | "body") =>
    typeof options[option] === "string"
      ? await readOptionFile(`--${option}`, resolve(cwd, options[option]))
      : undefined;
  const [headers, body] = [await read("headers"), await read("body")];
  return {
    url: url.href,
    method: String(options.method ?? "GET").toUpperCase(),
    headers: headers === undefined ? {} : readHeaders(headers, String(options.headers)),
    ...(body === undefined ? {} : { body }),
    timeoutSeconds: atLeastOne("--timeout", options.timeout),
    maxConnections: atLeastOne("--connections", options.connections),
  };
}

/** @throws LOADTEST_FILE_INVALID where it had another schedule */
async function readBefore(
  { cwd }: CommandContext,
  { options }: CommandInput,
  schedules: readonly ScaledSchedule[],
): Promise<SavedLoad | undefined> {
  if (typeof options.compare !== "string") return undefined;
  const { readSavedLoad, scheduleDifference } = await import("../../insight/loadtest/saved-load.ts");
  const file = resolve(cwd, options.compare);
  const before = readSavedLoad(await readOptionFile("--compare", file), file);
  const none = { sent: 0, answered: 0, failed: 0, p50: 0, p90: 0, p97_5: 0, p99: 0, max: 0 };
  for (const { scale, schedule } of schedules) {
    const run = before.runs.find((one) => one.scale === scale);
    const planned = { scale, intervals: schedule.map((one) => ({ ...one, ...none })) };
    const reason = run === undefined ? `it has no run at ${scale}×` : scheduleDifference(run, planned);
    if (reason !== undefined)
      throw (await loadErrors()).create("LOADTEST_FILE_INVALID", { file, option: "--compare", reason });
  }
  return before;
}

async function sendAll(
  { services, signal, progress }: CommandContext,
  target: LoadTarget,
  schedules: readonly ScaledSchedule[],
): Promise<SavedLoad> {
  const { runLoad } = await import("../../insight/loadtest/run-load.ts");
  const at = services.clock().toISOString();
  const runs: { scale: number; intervals: IntervalResult[] }[] = [];
  for (const { scale, schedule } of schedules) {
    const onProgress = (done: number, total: number) =>
      progress.step(`Sending ${scale}×`, done, total, "intervals");
    runs.push({ scale, intervals: [...(await runLoad(schedule, target, { signal, onProgress }))] });
  }
  // Without its query, which may hold a key.
  const { origin, pathname } = new URL(target.url);
  return { version: 1, target: origin + pathname, method: target.method, at, runs };
}

async function resultOf(
  load: SavedLoad,
  before: SavedLoad | undefined,
  { options }: CommandInput,
): Promise<CommandResult> {
  const { compareLoads } = await import("../../insight/loadtest/compare-loads.ts");
  const margins = {
    relative: wholeNumber("--margin", options.margin, 10) / 100,
    failures: wholeNumber("--failure-margin", options["failure-margin"], 1) / 1000,
  };
  const comparisons = load.runs.flatMap(({ scale, intervals }) => {
    const run = before?.runs.find((one) => one.scale === scale);
    return run === undefined ? [] : [{ scale, ...compareLoads(run.intervals, intervals, margins) }];
  });
  const views = await import("../views/loadtest.ts");
  const result = views.loadDocument(load, comparisons);
  const isWorse = comparisons.some(({ verdict }) => verdict === "worse");
  const raw = options.markdown === true ? { raw: views.loadMarkdown(load, comparisons) } : {};
  return { ...result, ...raw, exitCode: isWorse ? 1 : 0 };
}
