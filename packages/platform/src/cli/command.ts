import type { CurrencyCode } from "@trimtab/domain";
import type { Services } from "../compose.ts";
import type { Document, Table } from "./output/document.ts";

export interface ArgumentSpec {
  readonly name: string;
  readonly description: string;
  readonly required?: boolean;
  readonly variadic?: boolean;
  /** The only words it can be; the others are refused. */
  readonly choices?: readonly string[];
}

export interface OptionSpec {
  /** Long name without dashes, e.g. `from`. */
  readonly name: string;
  readonly description: string;
  /** One letter, without its dash. */
  readonly short?: string;
  /** Placeholder of its value, e.g. `DAY`; absent: a switch. */
  readonly value?: string;
  /** The value may be left out; if given it is written `--name=VALUE`. */
  readonly valueOptional?: boolean;
  readonly repeatable?: boolean;
  readonly choices?: readonly string[];
  readonly default?: string;
  /** Environment variable that stands in when the option is not given. */
  readonly env?: string;
}

/** What was typed. An option with `repeatable` and an argument with `variadic` are always arrays, empty if not given. */
export interface CommandInput {
  readonly args: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly options: Readonly<Record<string, string | readonly string[] | boolean | undefined>>;
}

/** Reports work that takes over a second; a terminal shows a bar with rate and remaining time. */
export interface Progress {
  step(label: string, done: number, total?: number, unit?: string): void;
}

export interface CommandContext {
  readonly services: Services;
  readonly progress: Progress;
  /** Says one line on the error stream before the answer is there; silent with `--quiet`. */
  notify(line: string): void;
  /** Aborted by the first Ctrl-C; hand it to everything that takes time. */
  readonly signal: AbortSignal;
  /** `--currency`, checked; absent: the command decides by what the lake holds. */
  readonly currency?: CurrencyCode;
  /** `--time-zone`, an IANA name; UTC unless asked otherwise. */
  readonly timeZone: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Every command there is, this one included. */
  readonly commands: Commands;
}

/** What a command answers. `json` is printed by `--json` (default: the document itself); tables by `--csv`. */
export interface CommandResult {
  readonly document: Document;
  readonly json?: unknown;
  /** Tables for `--csv` where the page shows them in another shape; default: those of the document. */
  readonly csv?: readonly Table[];
  /** Text for another program (SQL, a script), printed as it is where the document would be. */
  readonly raw?: string;
  /** 0 ok, 1 the answer is "no" (off, wrong, not conformant), 2 bad input; see docs/reference/exit-codes.md. */
  readonly exitCode?: number;
}

export type CommandGroup =
  | "observe"
  | "ask"
  | "prove"
  | "advise"
  | "change"
  | "deliver"
  | "lake"
  | "state"
  | "help";

export interface Command {
  /** As it is typed; a space makes a sub-command, e.g. `lake history`. */
  readonly name: string;
  readonly summary: string;
  readonly group: CommandGroup;
  /** What the summary leaves out, for its help page: one paragraph an entry. */
  readonly details?: readonly string[];
  readonly examples: readonly { readonly run: string; readonly does: string }[];
  readonly args?: readonly ArgumentSpec[];
  readonly options?: readonly OptionSpec[];
  run(context: CommandContext, input: CommandInput): Promise<CommandResult>;
}

/** What `trimtab --help` shows of a command without loading it; a test compares it with the command itself. */
export interface CommandEntry {
  readonly group: CommandGroup;
  readonly summary: string;
  load(): Promise<Command>;
}

/** Commands by name, in the order of the help page. */
export type Commands = Readonly<Record<string, CommandEntry>>;

/** Gives the literal its type; the options of `cli/global-options.ts` are added to every command. */
export const defineCommand = (command: Command): Command => command;
