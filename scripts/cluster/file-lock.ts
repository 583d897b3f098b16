import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { identify, isRunning, type ProcessIdentity } from "./process-identity.ts";

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;

/** Whether the owner that a lock file names still runs; a file that names none counts as abandoned. */
const isHeld = async (text: string): Promise<boolean> => {
  const [pid, ...started] = text.split(" ");
  const owner: ProcessIdentity = { pid: Number(pid), started: started.join(" ") };
  return Number.isInteger(owner.pid) && owner.pid > 0 && (await isRunning(owner));
};

/** Takes an abandoned lock away; if another process was faster, its lock is put back. */
const removeAbandoned = async (path: string, judged: string): Promise<void> => {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return;
    throw error;
  }
  if ((await readFile(aside, "utf8")) !== judged) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
};

/** Runs `work` while no other process runs work under the same lock; `onWait` is told once if it has to wait. */
export const withLock = async <T>(
  path: string,
  work: () => Promise<T>,
  onWait: (owner: string) => void = () => undefined,
): Promise<T> => {
  await mkdir(dirname(path), { recursive: true });
  const own = await identify(process.pid);
  const offered = `${path}.${randomUUID()}`;
  await writeFile(offered, `${process.pid} ${own?.started ?? ""}`, { flag: "wx" });
  let told = false;
  try {
    while (!(await tryLink(offered, path))) {
      const text = await readFile(path, "utf8").catch(() => undefined);
      if (text === undefined) continue;
      if (!(await isHeld(text))) {
        await removeAbandoned(path, text);
        continue;
      }
      if (!told) onWait(text.split(" ")[0] ?? "");
      told = true;
      await sleep(250);
    }
  } finally {
    await rm(offered, { force: true });
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
};

const tryLink = async (from: string, to: string): Promise<boolean> => {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
};
