import { type Instant, instantOf } from "@trimtab/domain";
import { stateErrors } from "./errors.ts";
import type { State } from "./state.ts";

/** A browser that somebody is signed in with, without what would let anybody sign in. */
export interface Session {
  readonly id: string;
  readonly address: string | null;
  readonly browser: string | null;
  readonly since: Instant;
  readonly expiresAt: Instant;
}

/** Those of a person that have not run out, the newest first. */
export const listSessions = (state: State, personId: string): Promise<readonly Session[]> =>
  state.read((db) =>
    db
      .selectFrom("sessions")
      .select(["id", "ipAddress as address", "userAgent as browser", "createdAt as since", "expiresAt"])
      .where("personId", "=", personId)
      .where("expiresAt", ">", instantOf(state.clock()))
      .orderBy("createdAt", "desc")
      .orderBy("id")
      .execute(),
  );

/** Ends a session of one's own: the next request that comes by it is nobody's. @throws STATE_NOT_FOUND */
export const endSession = (
  state: State,
  actor: string,
  { id, personId }: { readonly id: string; readonly personId: string },
): Promise<void> =>
  state.write(actor, async ({ db, note }) => {
    const { numDeletedRows } = await db
      .deleteFrom("sessions")
      .where("id", "=", id)
      .where("personId", "=", personId)
      .executeTakeFirst();
    if (numDeletedRows === 0n)
      throw stateErrors.create("STATE_NOT_FOUND", { kind: "session of yours", id: id.slice(0, 100) });
    note({ action: "person.session-ended", subject: `person ${personId}`, details: { session: id } });
  });
