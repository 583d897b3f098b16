import type { Services } from "../compose.ts";
import type { Document } from "./output/document.ts";

export interface ArgumentSpec {
  readonly name: string;
  readonly description: string;
  readonly required?: boolean;
  readonly variadic?: boolean;
}

export interface OptionSpec {
  /** Long name without dashes, e.g. `from`. */
  readonly name: string;
  readonly description: string;
  /** Placeholder of its value, e.g. `DAY`; absent: a switch. */
  readonly value?: string;
  readonly repeatable?: boolean;
  readonly choices?: readonly string[];
  readonly default?: string;
}

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
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/** What a command answers. `json` is printed by `--json` (default: the document itself); tables by `--csv`. */
export interface CommandResult {
  readonly document: Document;
  readonly json?: unknown;
  /** 0 ok, 1 the answer is "no" (off, wrong, not conformant), 2 bad input; see docs/reference/exit-codes.md. */
  readonly exitCode?: number;
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly group: "observe" | "ask" | "prove" | "lake" | "help";
  readonly examples: readonly { readonly run: string; readonly does: string }[];
  readonly args?: readonly ArgumentSpec[];
  readonly options?: readonly OptionSpec[];
  run(context: CommandContext, input: CommandInput): Promise<CommandResult>;
}

/** Gives the literal its type; global options (`--lake`, `--json`, `--csv`, `--no-color`) are added to every command. */
export const defineCommand = (command: Command): Command => command;
