/** Answers by key, the least recently used given up first where they pass a number of bytes. */
export interface AnswerCache {
  get(key: string): object | undefined;
  /** An answer larger than a quarter of the cache is not kept: it would push out all others. */
  put(key: string, answer: object, bytes: number): void;
  readonly bytes: number;
  readonly entries: number;
}

const LARGEST_SHARE = 4;

export const createAnswerCache = (maxBytes: number): AnswerCache => {
  /** Oldest use first. */
  const kept = new Map<string, { readonly answer: object; readonly bytes: number }>();
  let total = 0;
  const drop = (key: string): void => {
    total -= kept.get(key)?.bytes ?? 0;
    kept.delete(key);
  };
  return {
    get bytes() {
      return total;
    },
    get entries() {
      return kept.size;
    },
    get: (key) => {
      const found = kept.get(key);
      if (found === undefined) return undefined;
      kept.delete(key);
      kept.set(key, found);
      return found.answer;
    },
    put: (key, answer, bytes) => {
      drop(key);
      if (bytes > maxBytes / LARGEST_SHARE) return;
      kept.set(key, { answer, bytes });
      total += bytes;
      for (const oldest of kept.keys()) {
        if (total <= maxBytes) return;
        drop(oldest);
      }
    },
  };
};
