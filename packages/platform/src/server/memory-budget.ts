import { readFile } from "node:fs/promises";
import { totalmem } from "node:os";

const MIB = 1024 ** 2;

/** What of the budget the engine may take; Node's heap, its buffers and thread stacks have the rest. */
const ENGINE_SHARE = 0.6;

/** Without a limit of its own the process is one of many on the machine. */
const MACHINE_SHARE = 0.5;

/** Below this the engine spills for nearly everything. */
const LEAST_MB = 256;

/** Memory that this process may use in MiB: what was asked for, what its container has, or half of the machine's. */
export const memoryBudgetMb = async (askedMb: number | undefined): Promise<number> => {
  if (askedMb !== undefined) return askedMb;
  const container = await containerLimitMb();
  return container ?? Math.floor((totalmem() / MIB) * MACHINE_SHARE);
};

/** The engine's own limit within a budget. */
export const engineMemoryMb = (budgetMb: number): number =>
  Math.max(LEAST_MB, Math.floor(budgetMb * ENGINE_SHARE));

/** Of control groups, version 2 or 1; undefined: none, or none that is less than the machine. */
const containerLimitMb = async (): Promise<number | undefined> => {
  for (const path of ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"]) {
    const text = await readFile(path, "utf8").catch(() => "");
    const bytes = Number(text.trim());
    if (Number.isFinite(bytes) && bytes > 0 && bytes < totalmem()) return Math.floor(bytes / MIB);
  }
  return undefined;
};
