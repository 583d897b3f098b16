import { type ChildProcess, execFile, spawn } from "node:child_process";
import { createServer } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const START_MS = 60_000;
const ASK_EVERY_MS = 200;

/** Where servers are kept that tests install; `TRIMTAB_TEST_CACHE` says otherwise. */
export const serverCache = (): string =>
  process.env.TRIMTAB_TEST_CACHE ||
  join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "trimtab-test-servers");

/** Output of a program, or undefined where it is not there or fails. */
export const outputOf = async (program: string, args: readonly string[]): Promise<string | undefined> => {
  try {
    return (await promisify(execFile)(program, [...args], { timeout: 600_000 })).stdout;
  } catch {
    return undefined;
  }
};

export const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
};

/** Starts a program and waits until it answers at `url`. */
export const startServer = async (
  program: string,
  args: readonly string[],
  { url, env = {} }: { readonly url: string; readonly env?: Readonly<Record<string, string>> },
): Promise<{ stop(): Promise<void> }> => {
  const child = spawn(program, [...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said = `${said}${chunk}`.slice(-2000);
  });
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    const isUp = await fetch(url).then(
      () => true,
      () => false,
    );
    if (isUp) return { stop: () => stop(child) };
    await sleep(ASK_EVERY_MS);
  }
  await stop(child);
  throw new Error(`${program} ${args.join(" ")} did not start: ${said}`);
};

const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill();
  const force = setTimeout(() => child.kill("SIGKILL"), 5000);
  await ended;
  clearTimeout(force);
};
