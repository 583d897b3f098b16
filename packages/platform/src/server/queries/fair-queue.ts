/** Runs so many pieces of work at a time; of those that wait, each owner has its turn. */
export interface FairQueue {
  /**
   * Runs the work when it is its owner's turn.
   * @throws the reason of `signal` where it aborts before the turn has come, and what `work` throws
   */
  run<T>(owner: string, work: () => Promise<T>, signal: AbortSignal): Promise<T>;
  readonly running: number;
  readonly waiting: number;
}

/**
 * Owners take turns, however much each of them asks for: whoever opens a page of twenty charts does not keep the others
 * waiting for all of them. Within an owner, first come, first served.
 */
export const createFairQueue = (atOnce: number): FairQueue => {
  /** In the order of their next turns; an owner without anything waiting is not in it. */
  const lines = new Map<string, (() => void)[]>();
  let running = 0;
  let waiting = 0;

  const next = (): void => {
    const [turn] = lines;
    if (turn === undefined) return;
    const [owner, line] = turn;
    const start = line.shift();
    // Whoever had a turn goes behind all others.
    lines.delete(owner);
    if (line.length > 0) lines.set(owner, line);
    start?.();
  };

  const turnOf = (owner: string, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const line = lines.get(owner) ?? [];
      const start = (): void => {
        signal.removeEventListener("abort", leave);
        waiting -= 1;
        running += 1;
        resolve();
      };
      const leave = (): void => {
        line.splice(line.indexOf(start), 1);
        if (line.length === 0) lines.delete(owner);
        waiting -= 1;
        reject(signal.reason);
      };
      line.push(start);
      lines.set(owner, line);
      waiting += 1;
      signal.addEventListener("abort", leave, { once: true });
    });

  return {
    get running() {
      return running;
    },
    get waiting() {
      return waiting;
    },
    run: async (owner, work, signal) => {
      signal.throwIfAborted();
      if (running < atOnce) running += 1;
      else await turnOf(owner, signal);
      try {
        return await work();
      } finally {
        running -= 1;
        if (running < atOnce) next();
      }
    },
  };
};
