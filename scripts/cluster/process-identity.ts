import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A process and when it started: the number alone may belong to another process by now. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly started: string;
}

/** Fields after the name, which stands in parentheses and may itself hold spaces and parentheses. */
const statFields = (stat: string): readonly string[] =>
  stat
    .slice(stat.lastIndexOf(")") + 1)
    .trim()
    .split(/\s+/);

const linuxStart = async (pid: number): Promise<string | undefined> => {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  if (stat === undefined) return undefined;
  const fields = statFields(stat);
  const [state, ticks] = [fields[0], fields[19]];
  // A zombie has ended; only its parent has not asked yet.
  if (state === "Z" || state === "X" || ticks === undefined) return undefined;
  const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => "");
  return `${boot.trim()}:${ticks}`;
};

const otherStart = async (pid: number): Promise<string | undefined> => {
  const { stdout } = await run("ps", ["-o", "stat=,lstart=", "-p", String(pid)]).catch(() => ({
    stdout: "",
  }));
  const [state = "", ...start] = stdout.trim().split(/\s+/);
  return state === "" || state.startsWith("Z") ? undefined : start.join(" ");
};

/** When the process started, in the system's own terms; undefined when no such process runs. */
const startOf = (pid: number): Promise<string | undefined> =>
  process.platform === "linux" ? linuxStart(pid) : otherStart(pid);

/** The identity of a process that runs now; undefined when it does not. */
export const identify = async (pid: number): Promise<ProcessIdentity | undefined> => {
  const started = await startOf(pid);
  return started === undefined ? undefined : { pid, started };
};

/** Whether exactly this process still runs. */
export const isRunning = async ({ pid, started }: ProcessIdentity): Promise<boolean> =>
  (await startOf(pid)) === started;

const signal = async (identity: ProcessIdentity, name: NodeJS.Signals): Promise<void> => {
  if (!(await isRunning(identity))) return;
  try {
    process.kill(identity.pid, name);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
};

const waitForEnd = async (identity: ProcessIdentity, waitMs: number): Promise<boolean> => {
  const end = performance.now() + waitMs;
  while (await isRunning(identity)) {
    if (performance.now() > end) return false;
    await sleep(50);
  }
  return true;
};

/** Ends exactly this process at once. */
export const killProcess = async (identity: ProcessIdentity): Promise<void> => {
  await signal(identity, "SIGKILL");
  await waitForEnd(identity, 10_000);
};

/** Ends exactly this process, asking first; another one that got its number is left alone. */
export const endProcess = async (identity: ProcessIdentity, graceMs: number): Promise<void> => {
  await signal(identity, "SIGTERM");
  if (!(await waitForEnd(identity, graceMs))) await killProcess(identity);
};
