import { COMMANDS } from "./commands/registry.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { run } from "./run.ts";

const LINGER_MS = 1000;

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
    setTimeout(endLingering, LINGER_MS).unref();
  }
}

/** A connection that still retries after the answer was given holds up nobody; output that is not written yet does. */
function endLingering(): void {
  const isWriting = process.stdout.writableLength > 0 || process.stderr.writableLength > 0;
  if (isWriting) setTimeout(endLingering, LINGER_MS).unref();
  else process.exit();
}

/** A reader such as `head` may leave early; what it did not want is no error. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}
