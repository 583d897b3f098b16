import type { State } from "./state.ts";

/** What was read from the state database, kept until the database changes. */
export interface KeptReads<T> {
  /** What is kept under the key, else what `read` reads; who asks meanwhile shares it. Failures are not kept. */
  get(key: string, read: () => Promise<T>): Promise<T>;
  /** Everything is read anew: after changes that went around `State.write`. */
  forget(): void;
}

export interface KeptReadsOptions<T> {
  /** Whether a value is to be read again although nothing has changed: because its time is over. */
  readonly isOver?: (value: T) => boolean;
}

/** With a database that tells of every change, this is but a belt beside the braces. */
const KEPT_MS = 60_000;
/** With one that does not: how long a change made by another process may stay unseen; see docs/guides/server.md. */
const UNTOLD_KEPT_MS = 2000;
const MOST_KEPT = 5000;

interface Kept<T> {
  readonly answer: Promise<T>;
  readonly untilMs: number;
  /** Absent: still being read. */
  settled?: { readonly value: T };
}

/**
 * Keeps reads of the state database. A change by this process ends all of them at once; one by another process does, too,
 * where the database tells of it, and else within two seconds.
 */
export const keepReads = <T>(
  state: Pick<State, "changeMark" | "tellsOthersChanges">,
  { isOver = () => false }: KeptReadsOptions<T> = {},
): KeptReads<T> => {
  const kept = new Map<string, Kept<T>>();
  const keptMs = state.tellsOthersChanges ? KEPT_MS : UNTOLD_KEPT_MS;
  let mark = "";
  const isGood = ({ untilMs, settled }: Kept<T>): boolean =>
    performance.now() < untilMs && (settled === undefined || !isOver(settled.value));
  const readAnew = (key: string, read: () => Promise<T>): Promise<T> => {
    const answer = read();
    const own: Kept<T> = { answer, untilMs: performance.now() + keptMs };
    const drop = () => {
      if (kept.get(key) === own) kept.delete(key);
    };
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, own);
    answer.then((value) => {
      own.settled = { value };
      if (isOver(value)) drop();
    }, drop);
    return answer;
  };
  return {
    get: (key, read) => {
      // Looked at before the read: what changes while it runs makes it one of the past.
      const now = state.changeMark();
      if (now !== mark) kept.clear();
      mark = now;
      const found = kept.get(key);
      return found !== undefined && isGood(found) ? found.answer : readAnew(key, read);
    },
    forget: () => kept.clear(),
  };
};
