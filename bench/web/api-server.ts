import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { engineMemoryMb, memoryBudgetMb } from "../../packages/platform/src/server/memory-budget.ts";

/** A server in a process of its own. */
export interface BenchServer {
  readonly address: string;
  /** Of people who are signed in, one each. */
  readonly cookies: readonly string[];
  /** What its process has taken. */
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

export interface Usage {
  /** Of the process, its engine included. */
  readonly rssMiB: number;
  readonly peakMiB: number;
  /** Of all its threads since its start. */
  readonly cpuMs: number;
}

export const startServer = async (lake: string, people: number): Promise<BenchServer> => {
  const folder = mkdtempSync(join(tmpdir(), "trimtab-bench-web-"));
  const log = join(folder, "server.log");
  const child = fork(
    resolve(import.meta.dirname, "../steps/api-server.ts"),
    [lake, join(folder, "state.db"), join(folder, "uploads"), String(people)],
    {
      env: {
        ...process.env,
        UV_THREADPOOL_SIZE: "16",
        TRIMTAB_MEMORY_MB: String(engineMemoryMb(await memoryBudgetMb(undefined))),
      },
      stdio: ["ignore", "inherit", openSync(log, "w"), "ipc"],
    },
  );
  const { address, cookies } = (await told(child, log)) as Pick<BenchServer, "address" | "cookies">;
  let asked = 0;
  return {
    address,
    cookies,
    usage: () => {
      asked += 1;
      const id = asked;
      child.send(id);
      return new Promise((done) => {
        const hear = (message: unknown) => {
          const { id: of, ...usage } = message as Usage & { readonly id: number };
          if (of !== id) return;
          child.off("message", hear);
          done(usage);
        };
        child.on("message", hear);
      });
    },
    stop: async () => {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** @throws Error with the end of its log where the process ends without a word */
const told = async (child: ChildProcess, log: string): Promise<unknown> => {
  const [message] = await Promise.race([
    once(child, "message"),
    once(child, "exit").then(([code]) => {
      throw new Error(`The server ended with ${code}: ${readFileSync(log, "utf8").slice(-2000)}`);
    }),
  ]);
  return message;
};
