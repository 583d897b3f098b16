import { COMMANDS } from "./commands/registry.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { run } from "./run.ts";

/**
 * Runs the command line and sets `process.exitCode` (see `docs/reference/exit-codes.md`).
 *
 * The first Ctrl-C asks the command to stop cleanly, the second ends the process at once.
 */
export async function main(argv: readonly string[]): Promise<void> {
  const controller = new AbortController();
  const stop = (name: "SIGINT" | "SIGTERM") => {
    const { code } = name === "SIGTERM" ? EXIT_CODES.terminated : EXIT_CODES.interrupted;
    if (controller.signal.aborted) process.exit(code);
    controller.abort(name);
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  for (const stream of [process.stdout, process.stderr]) stream.on("error", ignoreClosedPipe);
  try {
    process.exitCode = await run(
      argv,
      {
        stdout: process.stdout,
        stderr: process.stderr,
        env: process.env,
        cwd: process.cwd(),
        clock: () => new Date(),
        signal: controller.signal,
      },
      COMMANDS,
    );
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}

/** A reader such as `head` may leave early; what it did not want is no error. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}
