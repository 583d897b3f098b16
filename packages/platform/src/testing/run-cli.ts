import { COMMANDS } from "../cli/commands/registry.ts";
import { run } from "../cli/run.ts";

export interface CliOutcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line within this process, at 120 columns and on 2026-07-01 unless said otherwise. */
export async function runCli(
  argv: readonly string[],
  options: {
    readonly env?: Readonly<Record<string, string>>;
    readonly cwd?: string;
    readonly now?: string;
    readonly columns?: number;
  } = {},
): Promise<CliOutcome> {
  let out = "";
  let err = "";
  const code = await run(
    argv,
    {
      stdout: { write: (text) => (out += text), columns: options.columns ?? 120 },
      stderr: { write: (text) => (err += text) },
      env: { HOME: "/nonexistent", PATH: process.env.PATH ?? "", ...options.env },
      cwd: options.cwd ?? process.cwd(),
      clock: () => new Date(options.now ?? "2026-07-01T00:00:00Z"),
      signal: new AbortController().signal,
    },
    COMMANDS,
  );
  return { code, out, err };
}
