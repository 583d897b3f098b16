// Writes the reference pages that follow from code: `npm run docs`; with `-- --check` it only says whether they do.
import { globSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ErrorCatalogue } from "../packages/domain/src/index.ts";
import type { Command, CommandGroup, OptionSpec } from "../packages/platform/src/cli/command.ts";
import { COMMANDS } from "../packages/platform/src/cli/commands/registry.ts";
import { EXIT_CODES } from "../packages/platform/src/cli/exit-codes.ts";
import { GLOBAL_OPTIONS } from "../packages/platform/src/cli/global-options.ts";
import { GROUP_TITLES, optionLabel, optionText, sentence } from "../packages/platform/src/cli/help.ts";
import { usageOf } from "../packages/platform/src/cli/parse-arguments.ts";
import { accessSections } from "./access-page.ts";

const repository = dirname(import.meta.dirname);
const generated = "<!-- Made by `npm run docs` from the code; edit that, not this page. -->";

/** The reference pages by path from the root, as the code says they should be. */
export async function generatePages(): Promise<Readonly<Record<string, string>>> {
  return {
    "docs/reference/cli.md": await cliPage(),
    "docs/reference/errors.md": await errorPage(),
    "docs/reference/exit-codes.md": exitCodePage(),
    "docs/reference/access.md": page("Access", accessSections(table)),
  };
}

async function cliPage(): Promise<string> {
  const commands = await Promise.all(Object.values(COMMANDS).map(({ load }) => load()));
  const groups = Object.entries(GROUP_TITLES) as [CommandGroup, string][];
  const overview = groups.flatMap(([group, title]) => {
    const own = commands.filter((command) => command.group === group);
    if (own.length === 0) return [];
    const lines = own.map(
      ({ name, summary }) => `- [\`trimtab ${name}\`](#${anchor(name)}): ${cell(summary)}`,
    );
    return [`**${title}**`, lines.join("\n")];
  });
  return page("Command line", [
    "Every command prints tables for a person, `--json` for a program, and `--csv` for a spreadsheet. What it exits with is in [Exit codes](exit-codes.md), what it may say in [Errors](errors.md).",
    ...overview,
    "## Options of every command",
    optionTable(GLOBAL_OPTIONS),
    ...commands.flatMap(commandSection),
  ]);
}

function commandSection(command: Command): string[] {
  const { name, summary, details = [], args = [], options = [], examples } = command;
  const argumentLines = args.map((argument) => `- \`${argument.name}\`: ${cell(argument.description)}`);
  return [
    `## trimtab ${name}`,
    cell(sentence(summary)),
    ...details.map(cell),
    fence(usageOf(command)),
    ...(argumentLines.length === 0 ? [] : [argumentLines.join("\n")]),
    ...(options.length === 0 ? [] : [optionTable(options)]),
    fence(examples.map(({ run, does }) => `# ${does}\n${run}`).join("\n\n")),
  ];
}

function optionTable(options: readonly OptionSpec[]): string {
  return table(
    ["Option", "What it does"],
    options.map((option) => [`\`${optionLabel(option)}\``, optionText(option)]),
  );
}

async function errorPage(): Promise<string> {
  const catalogues = await Promise.all(errorFiles().map(readCatalogues));
  const entries = catalogues.flat().flatMap((catalogue) => Object.entries(catalogue));
  const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
  const sections = sorted.flatMap(([code, { message, why, hint, exitCode }]) => [
    `## ${code}`,
    cell(placeholders(message)),
    ...(why === undefined ? [] : [`Why: ${cell(placeholders(why))}`]),
    `What to do: ${cell(placeholders(hint))}`,
    `Exit code: ${exitCode ?? EXIT_CODES.badInput.code}`,
  ]);
  return page("Errors", [
    'Every error has a permanent code, what happened, often why, and what to do about it. `--json` gives `{"error": {"code", "message", "why", "hint", "details"}}` on the error stream. What stands in *italics* is filled in.',
    ...sections,
  ]);
}

/** One `errors.ts` a room, or `<name>-errors.ts`. */
function errorFiles(): string[] {
  return globSync(["packages/*/src/**/errors.ts", "packages/*/src/**/*-errors.ts"], {
    cwd: repository,
  }).toSorted();
}

async function readCatalogues(path: string): Promise<ErrorCatalogue[]> {
  const module: Record<string, unknown> = await import(pathToFileURL(join(repository, path)).href);
  return Object.values(module).flatMap((exported) =>
    typeof exported === "object" && exported !== null && "catalogue" in exported
      ? [exported.catalogue as ErrorCatalogue]
      : [],
  );
}

function exitCodePage(): string {
  return page("Exit codes", [
    table(
      ["Code", "Meaning"],
      Object.values(EXIT_CODES).map(({ code, meaning }) => [String(code), meaning]),
    ),
    "A reader that stops early, such as `head`, changes nothing: the code is that of the command.",
  ]);
}

const page = (title: string, parts: readonly string[]): string =>
  `${[`# ${title}`, generated, ...parts].join("\n\n")}\n`;

const fence = (text: string): string => `\`\`\`sh\n${text}\n\`\`\``;

const anchor = (name: string): string => `trimtab-${name.replaceAll(" ", "-")}`;

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Text that Markdown shows as it is, outside of code. */
function cell(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part, index) =>
      index % 2 === 1 ? part : part.replace(/[<>]/g, (c) => (c === "<" ? "&lt;" : "&gt;")),
    )
    .join("")
    .replaceAll("|", "\\|");
}

const placeholders = (text: string): string => text.replace(/\{(\w+)\}/g, "*$1*");

async function main(isCheck: boolean): Promise<void> {
  for (const [path, text] of Object.entries(await generatePages())) {
    const file = join(repository, path);
    const current = await readFile(file, "utf8").catch(() => "");
    if (current === text) continue;
    if (isCheck) {
      process.stderr.write(`${path} is not what the code says: run \`npm run docs\`.\n`);
      process.exitCode = 1;
    } else {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
      process.stdout.write(`${path} written\n`);
    }
  }
}

if (import.meta.main) await main(process.argv.includes("--check"));
