import type { CompletedCommand, CompletedOption } from "./completion-model.ts";
import { quoteShell } from "./quote-shell.ts";

/** Completion for zsh with descriptions. */
export function zshScript(commands: readonly CompletedCommand[]): string {
  const byFirst = Map.groupBy(commands, ({ words }) => words[0] ?? "");
  const first = [...byFirst].map(([word, own]) => described(word, summaryOf(word, own)));
  const cases = [...byFirst].map(([word, own]) => firstWordCase(word, own));
  return `#compdef trimtab
# Completion of trimtab for zsh. Put this line into ~/.zshrc, after compinit:
#   source <(trimtab completion zsh)
_trimtab() {
  local -a commands
  commands=(
    ${first.join("\n    ")}
  )
  if (( CURRENT == 2 )); then
    _describe -t commands 'command' commands
    return
  fi
  local -a options
  case "$words[2]" in
${cases.join("\n")}
  esac
}
if [[ "$funcstack[1]" == _trimtab ]]; then _trimtab "$@"; else compdef _trimtab trimtab; fi
`;
}

function firstWordCase(word: string, own: readonly CompletedCommand[]): string {
  const plain = own.find(({ words }) => words.length === 1);
  const subs = own.filter(({ words }) => words.length > 1);
  const lines = [`    ${quoteShell(word)})`];
  if (subs.length > 0) {
    const entries = subs.map(({ words, summary }) => described(words.slice(1).join(" "), summary));
    lines.push(
      "      if (( CURRENT == 3 )); then",
      `        commands=(${entries.join(" ")})`,
      "        _describe -t commands 'command' commands",
      ...(plain === undefined ? ["        return"] : []),
      "      fi",
      `      case "$words[3]" in`,
      ...subs.map(
        (sub) => `        ${quoteShell(sub.words.slice(1).join(" "))}) ${argumentsCall(sub, 2)}; return ;;`,
      ),
      "      esac",
    );
  }
  if (plain !== undefined) lines.push(`      ${argumentsCall(plain, 1)}`);
  lines.push("      ;;");
  return lines.join("\n");
}

/** `_arguments` counts from the last word of the command. */
function argumentsCall({ options, choices }: CompletedCommand, depth: number): string {
  const specs = options.flatMap((option) => optionSpecs(option));
  const rest = choices.length > 0 ? `*:word:(${choices.join(" ")})` : "*:file:_files";
  const shift = depth === 1 ? "" : `shift ${depth - 1} words; (( CURRENT -= ${depth - 1} )); `;
  return `shift words; (( CURRENT -= 1 )); ${shift}_arguments ${[...specs, rest].map(quoteShell).join(" ")}`;
}

function optionSpecs({ flags, summary, takesValue, choices, isPath }: CompletedOption): string[] {
  const text = summary.replace(/[[\]\\:]/g, (character) => `\\${character}`);
  const value = !takesValue
    ? ""
    : choices.length > 0
      ? `:value:(${choices.join(" ")})`
      : isPath
        ? ":path:_files"
        : ":value:";
  return flags.map((flag) => `${flag}[${text}]${value}`);
}

const described = (name: string, summary: string): string =>
  quoteShell(`${name.replaceAll(":", "\\:")}:${summary}`);

const summaryOf = (word: string, own: readonly CompletedCommand[]): string =>
  own.find(({ words }) => words.length === 1)?.summary ?? `commands of ${word}`;
