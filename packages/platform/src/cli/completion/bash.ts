import type { CompletedCommand } from "./completion-model.ts";
import { quoteShell } from "./quote-shell.ts";

/** Completion for bash 3.2 and newer, without the bash-completion package. */
export function bashScript(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ words }) => words.join(" "));
  const firstWords = [...new Set(commands.map(({ words }) => words[0] ?? ""))];
  const cases = commands.map((command) => {
    const flags = command.options.flatMap(({ flags }) => flags);
    const second = names.flatMap((name) => {
      const [first, next] = name.split(" ");
      return next !== undefined && first === command.words.join(" ") ? [next] : [];
    });
    return [
      `    ${quoteShell(command.words.join(" "))})`,
      `      flags=${quoteShell(flags.join(" "))}`,
      `      words=${quoteShell([...command.choices, ...second].join(" "))} ;;`,
    ].join("\n");
  });
  const groups = firstWords.filter((word) => !names.includes(word));
  for (const group of groups) {
    const next = names.flatMap((name) =>
      name.startsWith(`${group} `) ? [name.slice(group.length + 1)] : [],
    );
    cases.push(`    ${quoteShell(group)})\n      words=${quoteShell(next.join(" "))} ;;`);
  }
  return `# Completion of trimtab for bash. Put this line into ~/.bashrc:
#   source <(trimtab completion bash)
_trimtab() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local flags='' words='' command='' index word
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    word="\${COMP_WORDS[index]}"
    [[ "$word" == -* ]] && continue
    if [[ -z "$command" ]]; then
      command="$word"
    else
      case "$command $word" in
        ${
          names
            .filter((name) => name.includes(" "))
            .map(quoteShell)
            .join(" | ") || "''"
        }) command="$command $word" ;;
      esac
      break
    fi
  done
  case "$command" in
${cases.join("\n")}
    *) words=${quoteShell(firstWords.join(" "))} ;;
  esac
  case "$command:$previous" in
${valueCases(commands).join("\n")}
  esac
  if [[ "$current" == -* ]]; then
    COMPREPLY=($(compgen -W "$flags" -- "$current"))
  elif [[ -n "$words" ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  fi
}
complete -o default -o bashdefault -F _trimtab trimtab
`;
}

/** What can follow an option that takes a value. */
function valueCases(commands: readonly CompletedCommand[]): string[] {
  return commands.flatMap(({ words, options }) =>
    options.flatMap(({ flags, takesValue, choices, isPath }) => {
      if (!takesValue) return [];
      const patterns = flags.map((flag) => quoteShell(`${words.join(" ")}:${flag}`)).join(" | ");
      if (choices.length > 0) {
        return [
          `    ${patterns}) COMPREPLY=($(compgen -W ${quoteShell(choices.join(" "))} -- "$current")); return ;;`,
        ];
      }
      return isPath
        ? [`    ${patterns}) COMPREPLY=($(compgen -f -- "$current")); return ;;`]
        : [`    ${patterns}) return ;;`];
    }),
  );
}
