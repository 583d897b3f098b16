import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { didYouMean } from "../query/text/nearest-name.ts";
import type { ArgumentSpec, Command, CommandInput, OptionSpec } from "./command.ts";
import { cliErrors } from "./errors.ts";
import { GLOBAL_OPTIONS, type GlobalValues } from "./global-options.ts";

type OptionValue = string | boolean | readonly string[] | undefined;

interface FoundCommand {
  /** Undefined: no word of the command line names a command. */
  readonly name: string | undefined;
  /** The first word where a command was expected, known or not. */
  readonly word: string | undefined;
  /** The word after it, not counting options and their values. */
  readonly next: string | undefined;
  readonly rest: readonly string[];
  readonly wantsHelp: boolean;
  readonly wantsVersion: boolean;
}

/** Finds which command is meant; options of the program may stand before it. Longer names win: `lake diff` over `lake`. */
export function findCommand(argv: readonly string[], names: ReadonlySet<string>): FoundCommand {
  const tokens = tokenize(argv, GLOBAL_OPTIONS);
  const words = tokens.filter((token) => token.kind === "positional");
  const given = (name: string) => tokens.some((token) => token.kind === "option" && token.name === name);
  const wantsHelp = given("help");
  const wantsVersion = given("version") || given("V");
  const [first, second] = words;
  const asked = { next: second?.value, wantsHelp, wantsVersion };
  if (first === undefined) return { name: undefined, word: undefined, rest: argv, ...asked };
  const without = (...indexes: readonly number[]) => argv.filter((_, index) => !indexes.includes(index));
  if (second !== undefined) {
    const name = `${first.value} ${second.value}`;
    if (names.has(name)) return { name, word: name, rest: without(first.index, second.index), ...asked };
  }
  const name = names.has(first.value) ? first.value : undefined;
  return { name, word: first.value, rest: without(first.index), ...asked };
}

/**
 * Reads the words after a command's name.
 * @throws CLI_OPTION_UNKNOWN, CLI_OPTION_VALUE_MISSING, CLI_OPTION_TAKES_NO_VALUE, CLI_OPTION_CHOICE_INVALID,
 *   CLI_ARGUMENT_MISSING, CLI_ARGUMENT_UNEXPECTED, CLI_OPTIONS_CONFLICT
 */
export function parseCommandLine(
  command: Command,
  words: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  subCommands: readonly string[] = [],
): { readonly input: CommandInput; readonly globals: GlobalValues } {
  const specs = [...(command.options ?? []), ...GLOBAL_OPTIONS];
  const values = new Map<string, OptionValue>();
  const positionals: string[] = [];
  for (const token of tokenize(words, specs)) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const spec = specs.find(({ name }) => name === token.name);
    if (spec === undefined) throw unknownOption(command, token.rawName, specs);
    const value = optionValue(spec, token.value, token.inlineValue === true);
    values.set(spec.name, spec.repeatable ? [...listOf(values.get(spec.name)), String(value)] : value);
  }
  for (const spec of specs) if (!values.has(spec.name)) values.set(spec.name, fallbackValue(spec, env));
  const globalNames = new Set(GLOBAL_OPTIONS.map(({ name }) => name));
  const own = [...values].filter(([name]) => !globalNames.has(name));
  return {
    input: { args: matchArguments(command, positionals, subCommands), options: Object.fromEntries(own) },
    globals: globalValues(values),
  };
}

/** `trimtab lake diff [options] <from> [to]` */
export function usageOf(command: Command): string {
  const placeholder = ({ name, required, variadic }: ArgumentSpec) => {
    const label = variadic ? `${name}…` : name;
    return required ? `<${label}>` : `[${label}]`;
  };
  return ["trimtab", command.name, "[options]", ...(command.args ?? []).map(placeholder)].join(" ");
}

function tokenize(argv: readonly string[], specs: readonly OptionSpec[]) {
  const options: ParseArgsOptionsConfig = {};
  for (const { name, value, valueOptional, short } of specs) {
    const type = value !== undefined && !valueOptional ? "string" : "boolean";
    options[name] = { type, ...(short === undefined ? {} : { short }) };
  }
  return parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true }).tokens;
}

function optionValue(spec: OptionSpec, given: string | undefined, isInline: boolean): string | boolean {
  const option = `--${spec.name}`;
  if (spec.value === undefined) {
    if (given !== undefined) throw cliErrors.create("CLI_OPTION_TAKES_NO_VALUE", { option });
    return true;
  }
  if (given === undefined || (!isInline && /^--./.test(given))) {
    if (spec.valueOptional) return true;
    throw cliErrors.create("CLI_OPTION_VALUE_MISSING", { option, value: spec.value });
  }
  if (spec.choices !== undefined && !spec.choices.includes(given)) {
    throw cliErrors.create("CLI_OPTION_CHOICE_INVALID", {
      option,
      value: given,
      suggestion: didYouMean(given, spec.choices),
      choices: spec.choices.join(", "),
    });
  }
  return given;
}

function fallbackValue(spec: OptionSpec, env: Readonly<Record<string, string | undefined>>): OptionValue {
  const fromEnvironment = spec.env === undefined ? undefined : env[spec.env] || undefined;
  const value = fromEnvironment ?? spec.default;
  if (spec.repeatable) return listOf(value);
  return value ?? (spec.value === undefined || spec.valueOptional ? false : undefined);
}

const listOf = (value: OptionValue): readonly string[] =>
  Array.isArray(value) ? value : typeof value === "string" ? [value] : [];

function matchArguments(
  command: Command,
  words: readonly string[],
  subCommands: readonly string[],
): CommandInput["args"] {
  const left = [...words];
  const args: Record<string, string | readonly string[] | undefined> = {};
  for (const spec of command.args ?? []) {
    if (spec.required && left.length === 0) {
      throw cliErrors.create("CLI_ARGUMENT_MISSING", {
        command: command.name,
        argument: `<${spec.name}>, ${spec.description}`,
        usage: usageOf(command),
      });
    }
    const taken = left.splice(0, spec.variadic ? left.length : 1);
    for (const word of taken) requireChoice(spec, word);
    args[spec.name] = spec.variadic ? taken : taken[0];
  }
  const [unexpected] = left;
  if (unexpected !== undefined) {
    throw cliErrors.create("CLI_ARGUMENT_UNEXPECTED", {
      command: command.name,
      argument: unexpected,
      usage: usageOf(command),
      suggestion: didYouMean(`${command.name} ${unexpected}`, subCommands),
    });
  }
  return args;
}

function requireChoice({ name, choices }: ArgumentSpec, value: string): void {
  if (choices === undefined || choices.includes(value)) return;
  throw cliErrors.create("CLI_ARGUMENT_CHOICE_INVALID", {
    argument: `<${name}>`,
    value,
    suggestion: didYouMean(value, choices),
    choices: choices.join(", "),
  });
}

function globalValues(values: ReadonlyMap<string, OptionValue>): GlobalValues {
  const text = (name: string) => {
    const value = values.get(name);
    return typeof value === "string" ? value : undefined;
  };
  const csv = values.get("csv");
  const globals = {
    lake: text("lake"),
    state: text("state"),
    json: values.get("json") === true,
    csv: typeof csv === "string" ? csv : csv === true,
    currency: text("currency"),
    timeZone: text("time-zone") ?? "UTC",
    quiet: values.get("quiet") === true,
    noColor: values.get("no-color") === true,
  };
  if (globals.json && globals.csv !== false) {
    throw cliErrors.create("CLI_OPTIONS_CONFLICT", { first: "--json", second: "--csv" });
  }
  return globals;
}

function unknownOption(command: Command, option: string, specs: readonly OptionSpec[]) {
  return cliErrors.create("CLI_OPTION_UNKNOWN", {
    command: command.name,
    option,
    suggestion: didYouMean(
      option.replace(/^-+/, ""),
      specs.map(({ name }) => name),
      "--",
    ),
  });
}
