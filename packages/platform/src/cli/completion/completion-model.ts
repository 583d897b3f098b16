import type { Commands, OptionSpec } from "../command.ts";
import { GLOBAL_OPTIONS } from "../global-options.ts";

/** What a shell needs to know of one command, without running the program again. */
export interface CompletedCommand {
  /** As it is typed, words apart. */
  readonly words: readonly string[];
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  /** Fixed words that can follow, instead of files. */
  readonly choices: readonly string[];
}

export interface CompletedOption {
  /** With its dashes. */
  readonly flags: readonly string[];
  readonly summary: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
  /** Whether its value is a path. */
  readonly isPath: boolean;
}

const PATH_PLACEHOLDERS = new Set(["DIR", "FILE", "FOLDER", "PATH"]);

/** Loads every command once: the scripts hold all of it, so that a press of the tab key starts no program. */
export async function completionModel(commands: Commands): Promise<readonly CompletedCommand[]> {
  return await Promise.all(
    Object.entries(commands).map(async ([name, { summary, load }]) => {
      const { options = [], args = [] } = await load();
      return {
        words: name.split(" "),
        summary,
        options: [...options, ...GLOBAL_OPTIONS].map(completedOption),
        choices: args.flatMap((argument) => argument.choices ?? []),
      };
    }),
  );
}

function completedOption({
  name,
  short,
  description,
  value,
  valueOptional,
  choices = [],
}: OptionSpec): CompletedOption {
  return {
    flags: [`--${name}`, ...(short === undefined ? [] : [`-${short}`])],
    summary: description,
    takesValue: value !== undefined && !valueOptional,
    choices,
    isPath: value !== undefined && PATH_PLACEHOLDERS.has(value),
  };
}
