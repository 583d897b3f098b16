import type { CompletedCommand } from "./completion-model.ts";
import { quoteShell } from "./quote-shell.ts";

/** Completion for fish 3 and newer, with descriptions. */
export function fishScript(commands: readonly CompletedCommand[]): string {
  const byFirst = Map.groupBy(commands, ({ words }) => words[0] ?? "");
  const lines = [...byFirst].flatMap(([first, own]) => {
    const plain = own.find(({ words }) => words.length === 1);
    const summary = plain?.summary ?? `commands of ${first}`;
    return [
      `complete -c trimtab -n __fish_use_subcommand -f -a ${quoteShell(first)} -d ${quoteShell(summary)}`,
      ...own.flatMap((command) => commandLines(command, own)),
    ];
  });
  return `# Completion of trimtab for fish. Once:
#   trimtab completion fish > ~/.config/fish/completions/trimtab.fish
function __trimtab_seen
    set -l words (commandline -opc)
    set -e words[1]
    set -l plain (string match -v -- '-*' $words)
    set -l length (count $argv)
    test (count $plain) -ge $length; or return 1
    test "$plain[1..$length]" = "$argv"
end
${lines.join("\n")}
`;
}

function commandLines(command: CompletedCommand, siblings: readonly CompletedCommand[]): string[] {
  const { words, summary, options, choices } = command;
  const condition = quoteShell(`__trimtab_seen ${words.join(" ")}`);
  const lines = options.map((option) => {
    const flags = option.flags.map((flag) =>
      flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`,
    );
    const value = !option.takesValue
      ? ""
      : option.choices.length > 0
        ? ` -x -a ${quoteShell(option.choices.join(" "))}`
        : option.isPath
          ? " -r -F"
          : " -x";
    return `complete -c trimtab -n ${condition} ${flags.join(" ")}${value} -d ${quoteShell(option.summary)}`;
  });
  if (choices.length > 0)
    lines.push(`complete -c trimtab -n ${condition} -f -a ${quoteShell(choices.join(" "))}`);
  const [first, second] = words;
  if (second !== undefined) {
    const others = siblings.flatMap(({ words: [, other] }) => (other === undefined ? [] : [other]));
    const isNext = `__trimtab_seen ${first}; and not __fish_seen_subcommand_from ${others.join(" ")}`;
    lines.push(
      `complete -c trimtab -n ${quoteShell(isNext)} -f -a ${quoteShell(second)} -d ${quoteShell(summary)}`,
    );
  }
  return lines;
}
