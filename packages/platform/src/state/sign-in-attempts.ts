import { type Instant, instantOf } from "@trimtab/domain";
import type { State } from "./state.ts";

/** How many attempts are free, and how long the next ones then have to wait: twice as long each time. */
export interface AttemptLimit {
  readonly key: string;
  readonly free: number;
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
}

/** After so long without an attempt, counting begins anew. */
const FORGOTTEN_MS = 24 * 3600_000;

export type AttemptAnswer =
  | { readonly status: "allowed" }
  | { readonly status: "blocked"; readonly until: Instant };

/**
 * Counts an attempt before it is made, so that a thousand at once count as a thousand. Nothing is counted while one of
 * the keys is blocked: who waits is not made to wait longer.
 */
export const beginAttempt = (state: State, limits: readonly AttemptLimit[]): Promise<AttemptAnswer> =>
  state.write("sign-in", async ({ db, at }) => {
    const keys = limits.map(({ key }) => key);
    const rows = await db.selectFrom("signInAttempts").selectAll().where("key", "in", keys).execute();
    const until = rows.map(({ blockedUntil }) => blockedUntil).reduce((a, b) => (a > b ? a : b), at);
    if (until > at) return { status: "blocked", until };
    for (const limit of limits) {
      const row = rows.find(({ key }) => key === limit.key);
      const isOld = row === undefined || Date.parse(at) - Date.parse(row.lastAt) > FORGOTTEN_MS;
      const attempts = isOld ? 1 : row.attempts + 1;
      const blockedUntil = instantOf(new Date(Date.parse(at) + waitMs(limit, attempts)));
      const values = { attempts, lastAt: at, blockedUntil };
      await db
        .insertInto("signInAttempts")
        .values({ key: limit.key, ...values })
        .onConflict((conflict) => conflict.column("key").doUpdateSet(values))
        .execute();
    }
    await db
      .deleteFrom("signInAttempts")
      .where("lastAt", "<", instantOf(new Date(Date.parse(at) - FORGOTTEN_MS)))
      .execute();
    return { status: "allowed" };
  });

const waitMs = ({ free, firstWaitMs, longestWaitMs }: AttemptLimit, attempts: number): number =>
  attempts < free ? 0 : Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(attempts - free, 30));

/** Who signed in has not guessed. */
export const forgetAttempts = (state: State, keys: readonly string[]): Promise<void> =>
  state.write("sign-in", async ({ db }) => {
    await db.deleteFrom("signInAttempts").where("key", "in", keys).execute();
  });
