import type { Command, CommandGroup, Commands, OptionSpec } from "./command.ts";
import { GLOBAL_OPTIONS } from "./global-options.ts";
import type { Style } from "./output/style.ts";
import { wrapWords } from "./output/wrap.ts";
import { usageOf } from "./parse-arguments.ts";

export const GROUP_TITLES: Readonly<Record<CommandGroup, string>> = {
  observe: "Bring bills in",
  ask: "Ask",
  advise: "Decide what to change",
  change: "Change",
  prove: "Prove",
  deliver: "Send, and run at set times",
  lake: "Look after the lake",
  state: "Look after what people decided",
  help: "Help",
};

interface HelpLayout {
  readonly style: Style;
  /** Columns of the terminal. */
  readonly width: number;
}

/** The page of `trimtab --help`; with a group such as `lake`, only its sub-commands. */
export function programHelp(commands: Commands, layout: HelpLayout, under?: string): string {
  const { style } = layout;
  const shown = Object.entries(commands).filter(([name]) => !under || name.startsWith(`${under} `));
  const nameWidth = Math.max(...shown.map(([name]) => name.length), 8);
  const groups = Object.entries(GROUP_TITLES).flatMap(([group, title]) => {
    const rows = shown.filter(([, entry]) => entry.group === group);
    if (rows.length === 0) return [];
    const lines = rows.map(([name, { summary }]) => entryLine(name, summary, nameWidth, layout, "cyan"));
    return [[style("bold", title), ...lines].join("\n")];
  });
  const command = under === undefined ? "<command>" : `${under} <command>`;
  const intro =
    "Reads what a company spends, finds what to change, and proves on the bill what the change saved.";
  return `${[
    `Usage: trimtab ${command} [options]`,
    ...(under === undefined ? [wrap(intro, layout.width, 0)] : []),
    ...groups,
    optionSection("Options of every command", GLOBAL_OPTIONS, layout),
    `Help and examples of a command: ${style("cyan", `trimtab ${command} --help`)}`,
  ].join("\n\n")}\n`;
}

/** The page of `trimtab <command> --help`. */
export function commandHelp(
  command: Command,
  subCommands: readonly (readonly [string, string])[],
  layout: HelpLayout,
): string {
  const { style } = layout;
  const nameWidth = (names: readonly string[]) => Math.max(...names.map((name) => name.length));
  const section = (title: string, rows: readonly (readonly [string, string])[]) => {
    if (rows.length === 0) return [];
    const width = nameWidth(rows.map(([name]) => name));
    return [
      [
        style("bold", title),
        ...rows.map(([name, text]) => entryLine(name, text, width, layout, "cyan")),
      ].join("\n"),
    ];
  };
  const args = (command.args ?? []).map(({ name, description }) => [name, description] as const);
  const examples = command.examples.map(
    ({ run, does }) => `  ${style("cyan", run)}\n${wrap(does, layout.width, 6)}`,
  );
  return `${[
    `Usage: ${usageOf(command)}`,
    wrap(sentence(command.summary), layout.width, 0),
    ...(command.details ?? []).map((text) => wrap(text, layout.width, 0)),
    ...section("Arguments", args),
    ...(command.options?.length ? [optionSection("Options", command.options, layout)] : []),
    ...section("Sub-commands", subCommands),
    [style("bold", "Examples"), ...examples].join("\n"),
    optionSection("Options of every command", GLOBAL_OPTIONS, layout),
  ].join("\n\n")}\n`;
}

/** `-q, --quiet` or `--csv[=TABLE]` */
export function optionLabel({ name, short, value, valueOptional }: OptionSpec): string {
  const placeholder = value === undefined ? "" : valueOptional ? `[=${value}]` : ` ${value}`;
  return `${short === undefined ? "" : `-${short}, `}--${name}${placeholder}`;
}

/** The description with what the other fields of the option add. */
export function optionText({ description, choices, default: fallback, env, repeatable }: OptionSpec): string {
  const notes = [
    ...(choices === undefined ? [] : [`one of ${choices.join(", ")}`]),
    ...(fallback === undefined ? [] : [`default ${fallback}`]),
    ...(env === undefined ? [] : [`or ${env}`]),
    ...(repeatable ? ["can be repeated"] : []),
  ];
  return notes.length === 0 ? description : `${description} [${notes.join("; ")}]`;
}

/** The summary as a sentence of its own. */
export function sentence(summary: string): string {
  const text = summary.charAt(0).toUpperCase() + summary.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function optionSection(title: string, options: readonly OptionSpec[], layout: HelpLayout): string {
  const label = (option: OptionSpec) =>
    option.short === undefined ? `    ${optionLabel(option)}` : optionLabel(option);
  const width = Math.max(...options.map((option) => label(option).length));
  const lines = options.map((option) => entryLine(label(option), optionText(option), width, layout, "cyan"));
  return [layout.style("bold", title), ...lines].join("\n");
}

function entryLine(
  name: string,
  text: string,
  nameWidth: number,
  { style, width }: HelpLayout,
  format: "cyan",
): string {
  const indent = nameWidth + 4;
  const body = wrap(text, width, indent).slice(indent);
  return `  ${style(format, name)}${" ".repeat(nameWidth - name.length)}  ${body}`;
}

/** Plain text in lines that fit the page, each indented. */
function wrap(text: string, width: number, indent: number): string {
  const room = Math.max(24, Math.min(width, 100) - indent);
  return wrapWords(text, room)
    .map((line) => " ".repeat(indent) + line)
    .join("\n");
}
