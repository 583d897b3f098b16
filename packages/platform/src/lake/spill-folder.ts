import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { isAbandoned, machineName, temporaryName } from "./own-folder.ts";

/**
 * Makes the folder that an engine of this process spills into, and removes those of processes that died: what they had
 * spilled is of no use to anybody. Each user of the machine has folders of their own.
 */
export const makeSpillFolder = async (parent: string): Promise<string> => {
  await mkdir(parent, { recursive: true });
  const all = join(parent, `trimtab-spill-${userName()}`);
  const name = temporaryName(randomBytes(6).toString("hex"), process.pid, await machineName());
  const own = join(all, name);
  try {
    await mkdir(own, { recursive: true, mode: 0o700 });
    await sweep(all);
    return own;
  } catch {
    // Somebody else's folder may be in the way; spilling into one of no fixed name always works.
    return await mkdtemp(join(parent, "trimtab-spill-"));
  }
};

const sweep = async (all: string): Promise<void> => {
  const now = new Date();
  for (const name of await readdir(all))
    if (await isAbandoned(all, name, now)) await rm(join(all, name), { recursive: true, force: true });
};

/** A user without a name has a number. */
const userName = (): string => {
  try {
    return userInfo().username.replace(/[^\w-]/g, "_");
  } catch {
    return String(process.getuid?.() ?? "user");
  }
};
