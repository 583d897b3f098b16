/** Runs so many pieces of work at a time; of those that wait, each owner has its turn. */
export interface FairQueue {
  /**
   * Runs the work when it is its owner's turn.
   * @param isSmall may run where no more large work may
   * @throws the reason of `signal` where it aborts before the turn has come, and what `work` throws
   */
  run<T>(owner: string, isSmall: boolean, work: () => Promise<T>, signal: AbortSignal): Promise<T>;
  readonly running: number;
  readonly waiting: number;
}

interface Waiting {
  readonly isSmall: boolean;
  readonly start: () => void;
}

/**
 * Owners take turns, however much each of them asks for: whoever opens a page of twenty charts does not keep the others
 * waiting for all of them. Within an owner, first come, first served. One place is kept for small work, which passes what is
 * large wherever that has to wait for another place: what takes a moment does not wait for what takes seconds.
 */
export const createFairQueue = (atOnce: number): FairQueue => {
  const atOnceLarge = Math.max(1, atOnce - 1);
  /** In the order of their next turns; an owner without anything waiting is not in it. */
  const lines = new Map<string, Waiting[]>();
  const running = { small: 0, large: 0 };
  let waiting = 0;

  const isFree = (isSmall: boolean): boolean =>
    running.small + running.large < atOnce && (isSmall || running.large < atOnceLarge);

  const next = (): void => {
    for (const [owner, line] of lines) {
      const at = line.findIndex(({ isSmall }) => isFree(isSmall));
      const [found] = at < 0 ? [] : line.splice(at, 1);
      if (found === undefined) continue;
      // Whoever had a turn goes behind all others.
      lines.delete(owner);
      if (line.length > 0) lines.set(owner, line);
      found.start();
      return;
    }
  };

  const turnOf = (owner: string, isSmall: boolean, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const line = lines.get(owner) ?? [];
      const start = (): void => {
        signal.removeEventListener("abort", leave);
        waiting -= 1;
        begin(isSmall);
        resolve();
      };
      const own: Waiting = { isSmall, start };
      const leave = (): void => {
        line.splice(line.indexOf(own), 1);
        if (line.length === 0) lines.delete(owner);
        waiting -= 1;
        reject(signal.reason);
      };
      line.push(own);
      lines.set(owner, line);
      waiting += 1;
      signal.addEventListener("abort", leave, { once: true });
    });

  const begin = (isSmall: boolean): void => {
    running[isSmall ? "small" : "large"] += 1;
  };
  const end = (isSmall: boolean): void => {
    running[isSmall ? "small" : "large"] -= 1;
    next();
  };

  return {
    get running() {
      return running.small + running.large;
    },
    get waiting() {
      return waiting;
    },
    run: async (owner, isSmall, work, signal) => {
      signal.throwIfAborted();
      if (isFree(isSmall)) begin(isSmall);
      else await turnOf(owner, isSmall, signal);
      try {
        return await work();
      } finally {
        end(isSmall);
      }
    },
  };
};
