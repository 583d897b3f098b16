import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { engineMemoryMb, memoryBudgetMb } from "../../packages/platform/src/server/memory-budget.ts";

/** Of the server's process, its engine included. */
export interface Memory {
  readonly rssMiB: number;
  readonly peakMiB: number;
}

/** A server in a process of its own. */
export interface BenchServer {
  readonly address: string;
  memory(): Promise<Memory>;
  stop(): Promise<void>;
}

export const startServer = async (lake: string): Promise<BenchServer> => {
  const folder = mkdtempSync(join(tmpdir(), "trimtab-bench-web-"));
  const child = fork(
    resolve(import.meta.dirname, "../steps/api-server.ts"),
    [lake, join(folder, "state.db"), join(folder, "uploads")],
    {
      env: {
        ...process.env,
        UV_THREADPOOL_SIZE: "16",
        TRIMTAB_MEMORY_MB: String(engineMemoryMb(await memoryBudgetMb(undefined))),
      },
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    },
  );
  const { address } = (await told(child)) as { readonly address: string };
  return {
    address,
    memory: async () => {
      child.send("memory");
      return (await told(child)) as Memory;
    },
    stop: async () => {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** @throws Error where the process ends without a word */
const told = async (child: ChildProcess): Promise<unknown> => {
  const [message] = await Promise.race([
    once(child, "message"),
    once(child, "exit").then(([code]) => Promise.reject(new Error(`The server ended with ${code}`))),
  ]);
  return message;
};
