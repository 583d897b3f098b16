import { createHash } from "node:crypto";
import { readlink, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";

/** A folder of another machine is left alone for this long. */
const FOREIGN_MAX_AGE_MS = 24 * 3_600_000;

/** Where a process id means something: the same host name in another container is another machine. */
export const machineName = async (): Promise<string> => {
  const space = await readlink("/proc/self/ns/pid").catch(() => "");
  return createHash("sha256").update(`${hostname()} ${space}`).digest("hex").slice(0, 12);
};

/** Says whose it is from the moment that it is there. */
export const temporaryName = (id: string, pid: number, machine: string): string => `${id}.${pid}.${machine}`;

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
};

/** Whether the owner of a folder named by {@link temporaryName} is dead, and has been for `patienceMs`. */
export const isAbandoned = async (
  parent: string,
  name: string,
  now: Date,
  patienceMs = 0,
): Promise<boolean> => {
  const [, pid, machine] = name.split(".");
  const isOwn = machine === (await machineName());
  if (isOwn && (isAlive(Number(pid)) || patienceMs === 0)) return !isAlive(Number(pid));
  const info = await stat(join(parent, name)).catch(() => undefined);
  return info !== undefined && now.getTime() - info.mtimeMs > (isOwn ? patienceMs : FOREIGN_MAX_AGE_MS);
};
