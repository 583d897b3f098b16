import type { PlanCommand } from "@trimtab/domain";

export type CommandOutcome =
  | { readonly status: "ended"; readonly exitCode: number; readonly stdout: string; readonly stderr: string }
  /** It had not ended in time and was stopped; whether it did its work, only the live system knows. */
  | { readonly status: "timed-out"; readonly stderr: string };

/** Runs one command to its end. What it says of errors holds no secrets; what it prints is read and not kept. @throws APPLY_TOOL_MISSING */
export type CommandRunner = (
  command: PlanCommand,
  options: { readonly timeoutMs: number; readonly signal: AbortSignal },
) => Promise<CommandOutcome>;

/** For a person to read; never to be run by a shell. */
export const commandText = ({ tool, args, lookups = {} }: PlanCommand): string => {
  const words = args.map((arg) => {
    const lookup = Object.hasOwn(lookups, arg) ? lookups[arg] : undefined;
    return lookup === undefined ? quoted(arg) : `"$(${commandText(lookup)})"`;
  });
  return [quoted(tool), ...words].join(" ");
};

const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
