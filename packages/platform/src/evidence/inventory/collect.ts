import { type ResourceKind, TrimtabError } from "@trimtab/domain";
import type { Collection } from "./inventory-store.ts";

/** A kind, of AWS in one region, that could not be read: what is known of it stays. */
export interface CollectFailure {
  readonly kind: ResourceKind;
  readonly region: string;
  readonly code: string;
  readonly reason: string;
}

export interface Collected {
  readonly collections: readonly Collection[];
  readonly failures: readonly CollectFailure[];
}

/** One thing to ask. */
export interface CollectTask {
  readonly kind: ResourceKind;
  readonly region: string;
  readonly read: () => Promise<Collection>;
}

const AT_ONCE = 4;

/**
 * Runs all tasks, a few at once. What one is denied does not hold up the others; without credentials none can be done.
 * @throws EVIDENCE_CREDENTIALS
 */
export const collectAll = async (
  tasks: readonly CollectTask[],
  onProgress: (done: number, of: number) => void = () => undefined,
): Promise<Collected> => {
  const collections: Collection[] = [];
  const failures: CollectFailure[] = [];
  const queue = [...tasks];
  let done = 0;
  const work = async (): Promise<void> => {
    for (let task = queue.shift(); task !== undefined; task = queue.shift()) {
      const { kind, region, read } = task;
      try {
        collections.push(await read());
      } catch (error) {
        if (!(error instanceof TrimtabError) || error.code === "EVIDENCE_CREDENTIALS") {
          queue.length = 0;
          throw error;
        }
        failures.push({ kind, region, code: error.code, reason: error.message });
      }
      done += 1;
      onProgress(done, tasks.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { collections, failures };
};
