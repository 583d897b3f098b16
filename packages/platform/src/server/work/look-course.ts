import type { Instant } from "@trimtab/domain";

export interface Look {
  readonly at: Instant;
  /** Null: no data. */
  readonly value: number | null;
}

/** What a guardrail said from the first look on: evenly spaced, and never more than so many. */
export interface LookCourse {
  add(look: Look): void;
  /** Oldest first; the newest is always the last. */
  readonly looks: readonly Look[];
}

export const createLookCourse = (most = 120): LookCourse => {
  let kept: Look[] = [];
  let newest: Look | undefined;
  /** Every so many looks one is kept; doubled when there are too many. */
  let every = 1;
  let seen = 0;
  return {
    add: (look) => {
      newest = look;
      if (seen++ % every === 0) kept.push(look);
      if (kept.length < most) return;
      kept = kept.filter((_, index) => index % 2 === 0);
      every *= 2;
    },
    get looks() {
      return newest === undefined || kept.at(-1) === newest ? kept : [...kept, newest];
    },
  };
};
