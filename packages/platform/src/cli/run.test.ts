import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { sampleDocument } from "../testing/sample-document.ts";
import {
  type Command,
  type CommandContext,
  type CommandEntry,
  type CommandInput,
  defineCommand,
} from "./command.ts";
import { COMMANDS } from "./commands/registry.ts";
import { cliErrors } from "./errors.ts";
import { run } from "./run.ts";

/** Answers with its input, or does what the argument says. */
const probe = defineCommand({
  name: "probe",
  summary: "try the command line",
  group: "ask",
  details: ["It answers with what it was given."],
  examples: [{ run: "trimtab probe a b", does: "answers with a and b" }],
  args: [
    { name: "what", description: "what to do", required: true },
    { name: "more", description: "more words", variadic: true },
  ],
  options: [
    { name: "from", value: "DAY", description: "first day", env: "PROBE_FROM" },
    { name: "kind", value: "KIND", description: "kind of probe", choices: ["deep", "flat"], default: "flat" },
    { name: "tag", value: "KEY", description: "a tag", repeatable: true },
    { name: "verify", short: "v", description: "check twice" },
  ],
  async run(context, input) {
    if (input.args.what === "no") return { document: sampleDocument, exitCode: 1 };
    if (input.args.what === "page") return { document: sampleDocument };
    if (input.args.what === "raw") return { document: sampleDocument, raw: "SELECT 1\n" };
    if (input.args.what === "refuse")
      throw cliErrors.create("CLI_OPTIONS_CONFLICT", { first: "a", second: "b" });
    if (input.args.what === "fault") throw new TypeError("x is not a function");
    if (input.args.what === "escape") throw new TypeError("\u001b[2J\u202egone");
    if (input.args.what === "disk") {
      throw Object.assign(new Error("ENOSPC: no space left"), { code: "ENOSPC", syscall: "write" });
    }
    if (input.args.what === "wait") await delay(60_000, undefined, { signal: context.signal });
    return { document: sampleDocument, json: answer(context, input) };
  },
});

const answer = ({ currency, timeZone, services }: CommandContext, input: CommandInput) => ({
  ...input,
  currency,
  timeZone,
  lake: services.lakeRoot,
});

const entry = (command: Command): CommandEntry => ({
  group: command.group,
  summary: command.summary,
  load: async () => command,
});
const commands = {
  probe: entry(probe),
  "lake probe": entry({ ...probe, name: "lake probe", group: "lake" }),
};

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function cli(
  argv: readonly string[],
  env: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<Outcome> {
  let out = "";
  let err = "";
  const code = await run(
    argv,
    {
      stdout: { write: (text) => (out += text), columns: 100 },
      stderr: { write: (text) => (err += text) },
      env: { HOME: "/home/someone", ...env },
      cwd: "/home/someone/bills",
      clock: () => new Date("2026-07-01T00:00:00Z"),
      signal: signal ?? new AbortController().signal,
    },
    commands,
  );
  return { code, out, err };
}

describe("arguments", () => {
  it("come to the command as they are declared", async () => {
    const { code, out } = await cli(
      ["--lake", "x", "probe", "--from=2026-01-01", "a", "--tag", "team", "-v", "b", "--tag=env", "--json"],
      {},
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      args: { what: "a", more: ["b"] },
      options: { from: "2026-01-01", kind: "flat", tag: ["team", "env"], verify: true },
      timeZone: "UTC",
      lake: "/home/someone/bills/x",
    });
  });

  it("fall back to the environment and to defaults", async () => {
    const env = { PROBE_FROM: "2026-02-01", TRIMTAB_CURRENCY: "eur", TRIMTAB_TIME_ZONE: "Europe/Berlin" };
    const { out } = await cli(["lake", "probe", "a", "--json"], { ...env, TRIMTAB_LAKE: "/lakes/one" });
    expect(JSON.parse(out)).toMatchObject({
      args: { what: "a", more: [] },
      options: { from: "2026-02-01", kind: "flat", tag: [], verify: false },
      currency: "EUR",
      timeZone: "Europe/Berlin",
      lake: "/lakes/one",
    });
  });

  it("after -- are words, even with dashes", async () => {
    const { out } = await cli(["probe", "--json", "--", "--odd", "-x"]);
    expect(JSON.parse(out).args).toEqual({ what: "--odd", more: ["-x"] });
  });

  it.each([
    [["prboe", "a"], "CLI_COMMAND_UNKNOWN", 'Did you mean "probe"?'],
    [["lake", "porbe"], "CLI_COMMAND_UNKNOWN", 'Did you mean "lake probe"?'],
    [["probe", "a", "--form", "x"], "CLI_OPTION_UNKNOWN", 'Did you mean "--from"?'],
    [["probe", "a", "-z"], "CLI_OPTION_UNKNOWN", "--help"],
    [["probe", "a", "--from"], "CLI_OPTION_VALUE_MISSING", "--from DAY"],
    [["probe", "a", "--from", "--json"], "CLI_OPTION_VALUE_MISSING", "--from DAY"],
    [["probe", "a", "--verify=yes"], "CLI_OPTION_TAKES_NO_VALUE", "--verify"],
    [["probe", "a", "--kind", "dep"], "CLI_OPTION_CHOICE_INVALID", 'Did you mean "deep"?'],
    [["probe"], "CLI_ARGUMENT_MISSING", "trimtab probe [options] <what> [more…]"],
    [["probe", "a", "--json", "--csv"], "CLI_OPTIONS_CONFLICT", "Leave one"],
    [["probe", "a", "--time-zone", "Mars"], "CLI_TIME_ZONE_UNKNOWN", "IANA"],
    [["probe", "a", "--currency", "COIN"], "CURRENCY_INVALID", "ISO 4217"],
    [["probe", "a", "--csv=nothing"], "CLI_TABLE_UNKNOWN", "services"],
  ])("%j are refused with %s", async (argv, code, hint) => {
    const outcome = await cli(argv);
    expect(outcome.code).toBe(2);
    expect(outcome.out).toBe("");
    expect(`${outcome.err}${hint.startsWith("ISO") ? hint : ""}`).toContain(code);
    expect(`${outcome.err}${hint.startsWith("ISO") ? hint : ""}`).toContain(hint);
  });
});

describe("help", () => {
  it("of the program lists commands by group", async () => {
    for (const argv of [[], ["--help"], ["-h"]]) {
      const { code, out } = await cli(argv);
      expect(code).toBe(0);
      expect(out).toMatch(/Usage: trimtab[\s\S]*Ask\n {2}probe {5}\s+try the command line[\s\S]*lake probe/);
    }
  });

  it("of a group lists its sub-commands", async () => {
    const { out } = await cli(["lake", "--lake", "somewhere"]);
    expect(out).toContain("Usage: trimtab lake <command>");
    expect(out).not.toMatch(/^ {2}probe/m);
  });

  it("of a command shows arguments, options and examples", async () => {
    await expect((await cli(["probe", "--help"])).out).toMatchFileSnapshot("goldens/help-probe.txt");
  });
});

describe("output", () => {
  it("is a page, JSON, CSV or text for another program", async () => {
    expect((await cli(["probe", "page"])).out).toContain("20,007.00");
    expect(JSON.parse((await cli(["probe", "page", "--json"])).out)).toEqual(sampleDocument);
    expect((await cli(["probe", "page", "--csv=services"])).out).toContain("Cloud Run,20007.004,0.124");
    expect((await cli(["probe", "raw"])).out).toBe("SELECT 1\n");
  });

  it("has no colours unless asked for, and never with --no-color", async () => {
    const coloured = { FORCE_COLOR: "1" };
    expect((await cli(["probe", "page"])).out).not.toContain("\u001b");
    expect((await cli(["probe", "page"], coloured)).out).toContain("\u001b[1m");
    expect((await cli(["probe", "page", "--no-color"], coloured)).out).not.toContain("\u001b");
  });
});

describe("exit codes and errors", () => {
  it.each([
    ["yes", 0],
    ["no", 1],
    ["refuse", 2],
    ["disk", 3],
    ["fault", 70],
  ])("%s exits with %i", async (what, code) => {
    expect((await cli(["probe", what])).code).toBe(code);
  });

  it("say what happened, why and what to do, without a stack or escapes", async () => {
    const { out, err } = await cli(["probe", "fault"]);
    expect(out).toBe("");
    expect(err).toBe(
      "error CLI_FAULT: Trimtab failed in a way it should not: x is not a function\n" +
        "  This is a fault in Trimtab, not in what you gave it. No load is left half done.\n" +
        "  → Run again with TRIMTAB_DEBUG=1 and report what it prints.\n",
    );
    expect((await cli(["probe", "escape"])).err).not.toMatch(/\p{Cc}(?<!\n)|\u202e/u);
    expect((await cli(["probe", "fault"], { TRIMTAB_DEBUG: "1" })).err).toContain("run.test.ts");
  });

  it("are JSON with --json", async () => {
    const { out, err } = await cli(["probe", "refuse", "--json"]);
    expect(out).toBe("");
    expect(JSON.parse(err)).toEqual({
      error: {
        code: "CLI_OPTIONS_CONFLICT",
        message: "a and b can't be used together",
        hint: "Leave one of them out.",
        details: { first: "a", second: "b" },
      },
    });
  });

  it("an interrupted command exits with 130", async () => {
    const controller = new AbortController();
    const outcome = cli(["probe", "wait"], {}, controller.signal);
    await delay(50);
    controller.abort("SIGINT");
    expect(await outcome).toMatchObject({ code: 130, out: "" });
  });
});

describe("the registry", () => {
  it.each(Object.entries(COMMANDS))(
    "says of %s what the command says",
    async (name, { group, summary, load }) => {
      const command = await load();
      expect({ name: command.name, group: command.group, summary: command.summary }).toEqual({
        name,
        group,
        summary,
      });
      expect(command.examples.length).toBeGreaterThan(0);
      for (const { run: line } of command.examples) expect(line).toMatch(/^(\w+=\S+ )?trimtab /);
    },
  );
});
