import type { Clock } from "@trimtab/domain";
import type { Services } from "../compose.ts";
import type { Command, CommandContext, CommandInput, Commands } from "./command.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import type { GlobalValues } from "./global-options.ts";
import { commandHelp, programHelp } from "./help.ts";
import { createStyle, type Style, usesColour } from "./output/style.ts";
import { findCommand, parseCommandLine } from "./parse-arguments.ts";

export interface OutputStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** All that the program touches of its process, so that a test can be one. */
export interface Io {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Runs one command line from words to output; answers the exit code and never throws. */
export async function run(argv: readonly string[], io: Io, commands: Commands): Promise<number> {
  try {
    return await dispatch(argv, io, commands);
  } catch (thrown) {
    return await fail(thrown, argv, io);
  }
}

async function dispatch(argv: readonly string[], io: Io, commands: Commands): Promise<number> {
  const found = findCommand(argv, new Set(Object.keys(commands)));
  const style = createStyle(usesColour(io.env, io.stdout.isTTY === true, argv.includes("--no-color")));
  const layout = { style, width: pageWidth(io) };
  const entry = found.name === undefined ? undefined : commands[found.name];
  if (entry === undefined || found.name === undefined) {
    if (found.wantsVersion) return await dispatch(["version"], io, commands);
    const under = groupOf(found, commands);
    if (found.word !== undefined && under === undefined) throw await unknownCommand(found, commands);
    io.stdout.write(programHelp(commands, layout, under));
    return EXIT_CODES.ok.code;
  }
  const command = await entry.load();
  const subCommands = Object.entries(commands).filter(([name]) => name.startsWith(`${command.name} `));
  if (found.wantsHelp) {
    const summaries = subCommands.map(([name, { summary }]) => [name, summary] as const);
    io.stdout.write(commandHelp(command, summaries, layout));
    return EXIT_CODES.ok.code;
  }
  const names = subCommands.map(([name]) => name);
  const { input, globals } = parseCommandLine(command, found.rest, io.env, names);
  return await execute(command, input, globals, { io, style, commands });
}

async function execute(
  command: Command,
  input: CommandInput,
  globals: GlobalValues,
  { io, style, commands }: { readonly io: Io; readonly style: Style; readonly commands: Commands },
): Promise<number> {
  const { checkedGlobals } = await import("./check-globals.ts");
  const { createProgress } = await import("./output/progress.ts");
  const { createServices } = await import("../compose.ts");
  const checked = checkedGlobals(globals);
  const progress = createProgress({ stream: io.stderr, clock: io.clock, isQuiet: globals.quiet });
  const services: Services = createServices({
    env: io.env,
    cwd: io.cwd,
    clock: io.clock,
    ...(globals.lake === undefined ? {} : { lake: globals.lake }),
    ...(globals.state === undefined ? {} : { state: globals.state }),
  });
  const context: CommandContext = {
    services,
    progress,
    notify: progress.notify,
    signal: io.signal,
    ...checked,
    env: io.env,
    cwd: io.cwd,
    commands,
  };
  try {
    const result = await command.run(context, input);
    progress.end();
    const { printResult } = await import("./output/print-result.ts");
    printResult(result, globals, { stdout: io.stdout, stderr: io.stderr, env: io.env, style });
    return result.exitCode ?? EXIT_CODES.ok.code;
  } finally {
    progress.end();
    await services.close();
  }
}

type Words = Pick<ReturnType<typeof findCommand>, "word" | "next">;

const isGroup = (word: string, commands: Commands): boolean =>
  Object.keys(commands).some((name) => name.startsWith(`${word} `));

/** `lake` is no command, but its sub-commands have a page. */
function groupOf({ word, next }: Words, commands: Commands): string | undefined {
  return word !== undefined && next === undefined && isGroup(word, commands) ? word : undefined;
}

async function unknownCommand({ word = "", next }: Words, commands: Commands): Promise<Error> {
  const { cliErrors } = await import("./errors.ts");
  const { didYouMean } = await import("../query/text/nearest-name.ts");
  const typed = next !== undefined && isGroup(word, commands) ? `${word} ${next}` : word;
  return cliErrors.create("CLI_COMMAND_UNKNOWN", {
    command: typed,
    suggestion: didYouMean(typed, Object.keys(commands)),
  });
}

async function fail(thrown: unknown, argv: readonly string[], io: Io): Promise<number> {
  const style = createStyle(usesColour(io.env, io.stderr.isTTY === true, argv.includes("--no-color")));
  if (io.signal.aborted) {
    io.stderr.write(`${style("yellow", "Interrupted.")} No load is left half done.\n`);
    return io.signal.reason === "SIGTERM" ? EXIT_CODES.terminated.code : EXIT_CODES.interrupted.code;
  }
  const { formatError, formatErrorJson, formatStack, reportError } = await import("./print-error.ts");
  const report = reportError(thrown);
  io.stderr.write(argv.includes("--json") ? formatErrorJson(report) : formatError(report, style));
  if (io.env.TRIMTAB_DEBUG) io.stderr.write(formatStack(thrown));
  return report.exitCode;
}

/** Columns of the page: the terminal's, else COLUMNS, else enough for prose. */
function pageWidth({ stdout, env }: Io): number {
  const fromEnvironment = Number(env.COLUMNS);
  return stdout.columns ?? (fromEnvironment > 0 ? fromEnvironment : 100);
}
