import type { PlanCommand } from "@trimtab/domain";

export type CommandOutcome =
  | { readonly status: "ended"; readonly exitCode: number; readonly stdout: string; readonly stderr: string }
  /** It had not ended in time and was stopped; whether it did its work, only the live system knows. */
  | { readonly status: "timed-out"; readonly stderr: string };

/** Runs one command to its end. Output holds no secrets. @throws APPLY_TOOL_MISSING */
export type CommandRunner = (
  command: PlanCommand,
  options: { readonly timeoutMs: number; readonly signal: AbortSignal },
) => Promise<CommandOutcome>;

/** For a person to read; never to be run by a shell. */
export const commandText = ({ tool, args }: PlanCommand): string => [tool, ...args].map(quoted).join(" ");

const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
