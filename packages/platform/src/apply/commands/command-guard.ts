// Runs a program for the process that started this one, and ends it when that process is gone: a command that outlived a
// killed run could still change the cloud after a resumed run had looked at it. `command-guard TIMEOUT_MS TOOL ARGS…`
import { spawn } from "node:child_process";

/** How the guard itself says what happened; programs of their own exit with less. */
export const GUARD_EXIT = { missing: 240, timedOut: 241, failed: 242 } as const;

const GRACE_MS = 5000;

const guard = (timeoutMs: number, tool: string, args: readonly string[]): void => {
  const child = spawn(tool, args, { stdio: ["ignore", "inherit", "inherit"], detached: true });
  const end = (signal: NodeJS.Signals): void => {
    // The whole group: gcloud and aws are scripts that start an interpreter.
    if (child.pid !== undefined) {
      try {
        process.kill(-child.pid, signal);
      } catch {
        // it has ended already
      }
    }
  };
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    end("SIGTERM");
    setTimeout(() => end("SIGKILL"), GRACE_MS).unref();
  }, timeoutMs);
  // The pipe closes when the process that started this one ends, however it ends.
  process.stdin.on("end", () => {
    end("SIGKILL");
    process.exit(GUARD_EXIT.failed);
  });
  process.stdin.on("error", () => undefined).resume();
  // Ctrl-C reaches the whole foreground; a change that is under way is finished first.
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => end("SIGTERM"));
  child.on("error", (error: NodeJS.ErrnoException) => {
    clearTimeout(timer);
    process.exit(error.code === "ENOENT" ? GUARD_EXIT.missing : GUARD_EXIT.failed);
  });
  child.on("close", (code) => {
    clearTimeout(timer);
    process.exit(isLate ? GUARD_EXIT.timedOut : (code ?? GUARD_EXIT.failed));
  });
};

if (process.argv[1] === import.meta.filename) {
  const [timeout = "0", tool = "", ...args] = process.argv.slice(2);
  guard(Number(timeout), tool, args);
}
